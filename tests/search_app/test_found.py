from __future__ import annotations

from dataclasses import replace

from indexer.models import Hit
from search_app.found import FoundPassage, apart, fold, show
from search_app.highlight import Highlighter
from search_app.understand import Knowledge, understand
from tests.factories.documents import make_document

CALLING = 4


def found(source: str = "a.txt", **changes: str) -> FoundPassage:
    document = make_document(source, **changes)
    passage = document.passages[CALLING]
    return show(document, passage, None, Hit(passage.id, 2.5, complete=True))


def test_a_shown_passage_has_its_headings_its_notes_and_its_citation():
    one = found()
    assert one.text == one.passage.span.of(one.document.text)
    assert [section.id for section in one.path] == ["s1", "s2"]
    assert [link.link.number for link in one.linked] == [1, 3]
    assert one.document.metadata.place in one.citation
    assert (one.score, one.complete, one.highlights) == (2.5, True, ())


def test_the_words_of_the_question_are_marked_in_the_passage_and_in_its_notes():
    document = make_document()
    passage = document.passages[CALLING]
    words = passage.span.of(document.text).split()[:2]
    marked = show(document, passage, Highlighter(understand(" ".join(words), Knowledge())))
    assert [span.of(marked.text) for span in marked.highlights][0].startswith(words[0])


def test_what_another_draft_of_the_place_repeats_is_folded():
    first, draft = found("a.txt"), found("b.txt")
    other = found("c.txt", place="xã An Hòa")
    folded = fold([first, draft, other], frozenset())
    assert folded == (replace(first, similar=(draft.passage.id,)), other)


def test_drafts_that_would_be_cited_the_same_are_told_apart():
    one, other = apart([found("a.txt"), found("b.txt")])
    assert one.citation != other.citation
    assert "a.txt" in one.citation
