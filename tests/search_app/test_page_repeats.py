"""A note and its sentence are shown once on a page."""

from __future__ import annotations

from dataclasses import replace

from indexer.models import Span
from search_app.found import FoundLink, FoundPassage, show
from search_app.page_repeats import notes_above, repeats
from tests.factories.documents import make_document

DOCUMENT = make_document()
BODY = next(p for p in DOCUMENT.passages if p.footnotes and p.footnote is None)
NUMBER = BODY.footnotes[0]
NOTE = next(p for p in DOCUMENT.passages if p.footnote == NUMBER)


def body(*, highlights: tuple[Span, ...] = (), notes: tuple[int, ...] = (NUMBER,)) -> FoundPassage:
    """Return the sentence as a hit; words were found in its notes of these numbers."""
    found = show(DOCUMENT, BODY)
    linked = tuple(
        FoundLink(one.link, one.text, (Span(0, 2),) if one.link.number in notes else ())
        for one in found.linked
    )
    return replace(found, highlights=highlights, linked=linked)


def note() -> FoundPassage:
    return replace(show(DOCUMENT, NOTE), highlights=(Span(0, 2),))


def calling() -> Span:
    """Return where the sentence that calls the note stands in its passage."""
    link = note().linked[0].link
    return link.span.shift(-BODY.span.start)


def test_a_note_under_its_sentence_above_is_not_shown_again():
    assert repeats([body(), note()]) == (None, 0)


def test_a_sentence_whose_note_showed_it_is_not_shown_again():
    found = Span(calling().start, calling().start + 2)
    assert repeats([note(), body(highlights=(found,))]) == (None, 0)


def test_a_passage_that_shows_more_than_the_note_did_is_shown():
    beyond = Span(calling().end, calling().end + 2)
    assert repeats([note(), body(highlights=(beyond,))]) == (None, None)
    assert repeats([note(), body()]) == (None, None)


def test_a_passage_with_words_in_another_note_is_shown():
    assert len(BODY.footnotes) > 1
    found = Span(calling().start, calling().start + 2)
    both = body(highlights=(found,), notes=BODY.footnotes)
    assert repeats([note(), both]) == (None, None)


def test_a_note_that_stays_folded_above_is_shown():
    assert repeats([body(notes=()), note()]) == (None, None)


def test_reports_do_not_repeat_each_other():
    other = replace(note(), document=replace(DOCUMENT, id="f" * 12))
    assert repeats([body(), other]) == (None, None)


def test_notes_that_were_shown_open_are_known_further_down():
    assert notes_above([body(), note(), body()]) == (
        frozenset(),
        frozenset({NOTE.id}),
        frozenset({NOTE.id}),
    )
