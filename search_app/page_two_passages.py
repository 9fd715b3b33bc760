"""The page of two passages side by side, with the words or at least the figures that differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.facts.quantities import find_quantities
from indexer.models import Document, Passage, Span
from indexer.text.diff import WORD, word_forms
from indexer.text.normalise import match_form
from search_app.cite import cite_quote
from search_app.citing.records import Record, record
from search_app.differences import Side, changed_words
from search_app.page import Piece, note_marks, pieces
from search_app.page_cards import fragment
from search_app.page_differences import short_names
from search_app.page_sections import NoteText
from search_app.search import Library

# An address of a passage, a permanent link to it, or its id alone.
_PASSAGE = re.compile(r"(?<![0-9a-f])([0-9a-f]{12})(?:/passages/|[^#\s]*#|:)(p\d{1,6})(?!\d)")
_LONGEST = 2_000
# Passages with less in common are two texts: marking every word would say nothing.
_ONE_TEXT = 0.5


@dataclass(frozen=True, slots=True)
class PassageSide:
    """A passage with what differs in it marked; `calling` are the sentences that call a note."""

    document_id: str
    name: str
    heading: str
    fragment: str
    calling: tuple[str, ...]
    pieces: tuple[Piece, ...]
    notes: tuple[NoteText, ...]
    record: Record


@dataclass(frozen=True, slots=True)
class TwoPassages:
    """Two passages; `figures` are the numbers that only one of them has.

    `is_one_text` says that they are so alike that all words that differ are marked.
    """

    sides: tuple[PassageSide, PassageSide]
    figures: tuple[tuple[str, ...], tuple[str, ...]]
    is_one_text: bool
    is_same: bool


def read_passage_id(typed: str) -> str:
    """Return the passage that a link or an id means; empty when it means none.

    >>> read_passage_id("https://vi.example/documents/00aa11bb22cc/passages/p0042?v=1f")
    '00aa11bb22cc:p0042'
    >>> read_passage_id(" 00aa11bb22cc:p0042 "), read_passage_id("p0042")
    ('00aa11bb22cc:p0042', '')
    """
    found = _PASSAGE.search(typed[:_LONGEST])
    return f"{found[1]}:{found[2]}" if found else ""


def compare_passages(library: Library, left_id: str, right_id: str) -> TwoPassages:
    """Return two passages side by side. Raises NotFound."""
    found = [library.passage(passage_id) for passage_id in (left_id, right_id)]
    left, right = ((one.document, one.passage) for one in found)
    ours, theirs = _paragraph(*left), _paragraph(*right)
    words = [word_forms(side.text) for side in (ours, theirs)]
    is_one_text = _share(*words) >= _ONE_TEXT
    changed = changed_words(ours, theirs)
    figures = _figures(ours.text, theirs.text), _figures(theirs.text, ours.text)
    if is_one_text and changed.left and changed.right:
        marks = (
            _with_units(ours.text, changed.left.changed),
            _with_units(theirs.text, changed.right.changed),
        )
    else:
        marks = figures
    names = short_names(left[0], right[0]) if left[0].id != right[0].id else ("", "")
    return TwoPassages(
        sides=(_side(*left, names[0], marks[0]), _side(*right, names[1], marks[1])),
        figures=(_written(ours.text, figures[0]), _written(theirs.text, figures[1])),
        is_one_text=is_one_text,
        is_same=words[0] == words[1],
    )


def _paragraph(document: Document, passage: Passage) -> Side:
    return Side(passage, passage.span, passage.span.of(document.text))


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    both = (Counter(one) & Counter(other)).total()
    return 2 * both / max(1, len(one) + len(other))


def _figures(text: str, other: str) -> tuple[Span, ...]:
    """Return where a text has numbers that the other does not have, or not as often.

    Each comes with its unit.
    """
    there = Counter(form for form in word_forms(other) if _is_number(form))
    found = []
    for word in WORD.finditer(text):
        form = match_form(word[0])
        if not _is_number(form):
            continue
        if there[form]:
            there[form] -= 1
        else:
            found.append(Span(word.start(), word.end()))
    return _with_units(text, found)


def _with_units(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans that end in a number with its unit added, those that then touch as one."""
    quantities = find_quantities(text)
    found: list[Span] = []
    for span in spans:
        ends = (one.span.end for one in quantities if one.number.start < span.end <= one.span.end)
        end = max((span.end, *ends))
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(span.start, end))
    return tuple(found)


def _is_number(form: str) -> bool:
    return any(letter.isdigit() for letter in form)


def _written(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(span.of(text) for span in spans)


def _side(document: Document, passage: Passage, name: str, marks: Sequence[Span]) -> PassageSide:
    citation = cite_quote(document, passage, passage.span)
    marked = pieces(citation.quote, marks, note_marks(document, passage))
    heading = citation.path[-1].title if citation.path else ""
    in_body = bool(citation.anchors)
    return PassageSide(
        document_id=document.id,
        name=name,
        heading=heading,
        fragment=fragment(passage, has_place=in_body),
        calling=tuple(anchor.span.of(document.text) for anchor in citation.anchors),
        pieces=tuple(marked),
        notes=tuple(_notes(document, passage)),
        record=record(citation),
    )


def _notes(document: Document, passage: Passage) -> list[NoteText]:
    bodies = {p.footnote: p for p in document.passages if p.footnote is not None}
    inside = passage.footnotes or tuple(
        note.number
        for note in document.footnotes
        if passage.footnote is not None and note.parent == passage.footnote
    )
    return [
        NoteText(note.number, note.label, tuple(_note_pieces(document, bodies[note.number])))
        for note in document.footnotes
        if note.number in inside and note.number in bodies
    ]


def _note_pieces(document: Document, body: Passage) -> list[Piece]:
    return pieces(body.span.of(document.text), (), note_marks(document, body))
