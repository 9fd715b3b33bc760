"""Cutting a report into passages: the units that are found, cited and linked.

A passage is one paragraph or item, the body of one note, or one table row. Long paragraphs are
cut at sentence ends; no passage crosses a section. The letterhead, the title and the closing
are one passage each.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.layout import Layout
from indexer.models import Footnote, Passage, PassageKind, RawBlock, RawNote, Span, Table
from indexer.roles import Entry, Role
from indexer.sections import Outline
from indexer.tables import lay_out_tables
from indexer.text.segment import split_sentences

MAX_WORDS = 120
_MERGED = (Role.FRONT, Role.TITLE, Role.CLOSING)


@dataclass(frozen=True, slots=True)
class Parts:
    """A report as its outline step saw it: blocks, their roles, their places, their sections."""

    blocks: Sequence[RawBlock]
    entries: Sequence[Entry]
    layout: Layout
    outline: Outline
    notes: Sequence[RawNote] = ()


def cut_passages(
    parts: Parts, footnotes: Sequence[Footnote], document_id: str
) -> tuple[tuple[Passage, ...], tuple[Table, ...]]:
    """Return the passages in reading order, note bodies last, and the tables."""
    drafts = list(_body(parts))
    rows, tables = lay_out_tables(parts.blocks, parts.entries, parts.layout, parts.outline)
    drafts = sorted([*drafts, *rows], key=lambda passage: passage.span)
    drafts = _with_calls(drafts, footnotes, parts.layout.body_end)
    bodies = _note_bodies(drafts, footnotes, parts.layout.body_end)
    drafts += _with_pages(bodies, parts)
    passages = tuple(
        replace(passage, id=f"{document_id}:p{at:04d}")
        for at, passage in enumerate(drafts, start=1)
    )
    ids = {passage.span: passage.id for passage in passages if passage.table}
    named = tuple(
        Table(table.number, table.title, table.headings, tuple(ids[span] for span in table.rows))
        for table in tables
    )
    return passages, named


def _body(parts: Parts) -> Iterator[Passage]:
    indexes = range(len(parts.blocks))
    headings = {section.id: section.heading for section in parts.outline.sections}
    for role, group in groupby(indexes, key=lambda at: _group_key(parts.entries[at].role, at)):
        members = list(group)
        entry = parts.entries[members[0]]
        if role in _MERGED:
            yield from _merged(parts, members)
        elif entry.role is Role.HEADING:
            yield _heading(parts, members[0], headings)
        elif entry.role in (Role.BODY, Role.LEAD):
            yield from _paragraph(parts, members[0])


def _group_key(role: Role, at: int) -> object:
    return role if role in _MERGED else at


def _merged(parts: Parts, members: list[int]) -> Iterator[Passage]:
    span = Span(parts.layout.blocks[members[0]].start, parts.layout.blocks[members[-1]].end)
    if any(letter.isalnum() for letter in span.of(parts.layout.text)):
        yield Passage("", PassageKind.BODY, span, page=parts.blocks[members[0]].page)


def _heading(parts: Parts, at: int, headings: Mapping[str, Span]) -> Passage:
    section = parts.outline.of_block[at]
    assert section is not None
    sure = parts.entries[at].sure
    page = parts.blocks[at].page
    return Passage("", PassageKind.BODY, headings[section], section, heading=sure, page=page)


def _paragraph(parts: Parts, at: int) -> Iterator[Passage]:
    block = parts.layout.blocks[at]
    for span in cut_long(block.of(parts.layout.text)):
        yield Passage(
            "",
            PassageKind.BODY,
            span.shift(block.start),
            parts.outline.of_block[at],
            page=parts.blocks[at].page,
        )


def cut_long(text: str, limit: int = MAX_WORDS) -> tuple[Span, ...]:
    """Return the spans of the pieces of a paragraph, cut at sentence ends near `limit` words.

    A single sentence longer than the limit stays whole: half a sentence is no quotation.

    >>> cut_long("Một câu. Hai câu.", limit=2)
    (Span(start=0, end=8), Span(start=9, end=17))
    """
    if len(text.split()) <= limit:
        return (Span(0, len(text)),)
    pieces: list[Span] = []
    words = 0
    for sentence in split_sentences(text):
        length = len(sentence.of(text).split())
        if pieces and words + length <= limit:
            pieces[-1] = Span(pieces[-1].start, sentence.end)
            words += length
        else:
            pieces.append(sentence)
            words = length
    return tuple(pieces) or (Span(0, len(text)),)


def _with_calls(
    passages: Sequence[Passage], footnotes: Sequence[Footnote], body_end: int
) -> list[Passage]:
    """Give every mark to the one passage that calls it."""
    if not passages:
        return []
    numbers: dict[int, dict[int, None]] = {}
    starts = [passage.span.start for passage in passages]
    first_with = _first_with_context(passages)
    for footnote in footnotes:
        for mark in footnote.marks:
            if mark.start > body_end:
                continue
            at = _caller(passages, starts, first_with, mark.start)
            numbers.setdefault(at, {})[footnote.number] = None
    return [
        replace(passage, footnotes=tuple(numbers[at])) if at in numbers else passage
        for at, passage in enumerate(passages)
    ]


def _caller(
    passages: Sequence[Passage], starts: Sequence[int], first_with: _Contexts, place: int
) -> int:
    """Return the index of the passage that a mark stands in, at the end of, or right after.

    A mark between two pieces of a paragraph belongs to the one that it ends; one in the heading
    row of a table to the first row under it.
    """
    at = max(bisect_left(starts, place) - 1, 0)
    if passages[at].span.end < place and at + 1 < len(starts) and starts[at + 1] == place:
        return at + 1
    if passages[at].span.start <= place <= passages[at].span.end:
        return at
    return first_with.at(place, at)


class _Contexts:
    """The spans that passages name as their context, and the first passage that names each."""

    def __init__(self, first: Mapping[Span, int]) -> None:
        self._spans = sorted(first)
        self._first = first

    def at(self, place: int, otherwise: int) -> int:
        """Return the first passage whose context holds a place."""
        below = bisect_right(self._spans, Span(place, sys.maxsize)) - 1
        if below >= 0 and self._spans[below].end >= place:
            return self._first[self._spans[below]]
        return otherwise


def _first_with_context(passages: Sequence[Passage]) -> _Contexts:
    first: dict[Span, int] = {}
    for at, passage in enumerate(passages):
        for span in passage.context:
            first.setdefault(span, at)
    return _Contexts(first)


def _note_bodies(
    passages: Sequence[Passage], footnotes: Sequence[Footnote], body_end: int
) -> list[Passage]:
    sections = {number: passage.section_id for passage in passages for number in passage.footnotes}
    by_number = {footnote.number: footnote for footnote in footnotes}
    called = _called_in_notes(footnotes, body_end)
    return [
        Passage(
            "",
            PassageKind.FOOTNOTE,
            footnote.body,
            sections.get(_outermost(footnote, by_number)),
            footnotes=tuple(called.get(footnote.body, ())),
            footnote=footnote.number,
        )
        for footnote in footnotes
        if footnote.body is not None
    ]


def _with_pages(bodies: Sequence[Passage], parts: Parts) -> Iterator[Passage]:
    """Give every note body the page on which its note begins."""
    pages = dict(zip(parts.layout.notes, (note.page for note in parts.notes), strict=False))
    for body in bodies:
        yield replace(body, page=pages.get(body.span))


def _called_in_notes(
    footnotes: Sequence[Footnote], body_end: int
) -> Mapping[Span, Mapping[int, None]]:
    """Return for each note body the numbers of the notes called in it, in order."""
    bodies = sorted(footnote.body for footnote in footnotes if footnote.body is not None)
    starts = [body.start for body in bodies]
    called: dict[Span, dict[int, None]] = {}
    for footnote in footnotes:
        for mark in footnote.marks:
            at = bisect_right(starts, mark.start) - 1
            if mark.start > body_end and at >= 0:
                called.setdefault(bodies[at], {})[footnote.number] = None
    return called


def _outermost(footnote: Footnote, by_number: Mapping[int, Footnote]) -> int:
    """Return the number of the note in the report itself that a nested note hangs on."""
    seen: set[int] = set()
    while footnote.parent is not None and footnote.number not in seen:
        seen.add(footnote.number)
        footnote = by_number[footnote.parent]
    return footnote.number
