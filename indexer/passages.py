"""Cutting a report into passages: the units that are found, cited and linked.

A passage is one paragraph or item, the body of one note, or one table row. Long paragraphs are
cut at sentence ends; no passage crosses a section. The letterhead, the title and the closing
are one passage each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.layout import Layout
from indexer.models import Footnote, Passage, PassageKind, RawBlock, Section, Span, Table
from indexer.outline import Entry, Role
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


def cut_passages(
    parts: Parts, footnotes: Sequence[Footnote], document_id: str
) -> tuple[tuple[Passage, ...], tuple[Table, ...]]:
    """Return the passages in reading order, note bodies last, and the tables."""
    drafts = list(_body(parts))
    rows, tables = lay_out_tables(parts.blocks, parts.entries, parts.layout, parts.outline)
    drafts = sorted([*drafts, *rows], key=lambda passage: passage.span)
    drafts = [_with_calls(passage, footnotes) for passage in drafts]
    drafts = _without_double_calls(drafts)
    drafts += _note_bodies(drafts, footnotes)
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
    for role, group in groupby(indexes, key=lambda at: _group_key(parts.entries[at].role, at)):
        members = list(group)
        entry = parts.entries[members[0]]
        if role in _MERGED:
            yield from _merged(parts, members)
        elif entry.role is Role.HEADING:
            yield _heading(parts, members[0])
        elif entry.role in (Role.BODY, Role.LEAD):
            yield from _paragraph(parts, members[0])


def _group_key(role: Role, at: int) -> object:
    return role if role in _MERGED else at


def _merged(parts: Parts, members: list[int]) -> Iterator[Passage]:
    span = Span(parts.layout.blocks[members[0]].start, parts.layout.blocks[members[-1]].end)
    if any(letter.isalnum() for letter in span.of(parts.layout.text)):
        yield Passage("", PassageKind.BODY, span, page=parts.blocks[members[0]].page)


def _heading(parts: Parts, at: int) -> Passage:
    section = parts.outline.of_block[at]
    span = _section(parts.outline.sections, section).heading
    sure = parts.entries[at].sure
    return Passage("", PassageKind.BODY, span, section, heading=sure, page=parts.blocks[at].page)


def _section(sections: Sequence[Section], section_id: str | None) -> Section:
    return next(section for section in sections if section.id == section_id)


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


def _with_calls(passage: Passage, footnotes: Sequence[Footnote]) -> Passage:
    numbers = tuple(
        dict.fromkeys(
            footnote.number
            for footnote in footnotes
            for mark in footnote.marks
            if passage.span.start <= mark.start <= passage.span.end
        )
    )
    return replace(passage, footnotes=numbers)


def _without_double_calls(passages: Sequence[Passage]) -> list[Passage]:
    """Give a mark on the border of two pieces of a paragraph to the piece that it ends."""
    result: list[Passage] = []
    for passage in passages:
        before = result[-1] if result else None
        if before is not None and before.span.end == passage.span.start:
            kept = tuple(n for n in passage.footnotes if n not in before.footnotes)
            passage = replace(passage, footnotes=kept)
        result.append(passage)
    return result


def _note_bodies(passages: Sequence[Passage], footnotes: Sequence[Footnote]) -> list[Passage]:
    bodies: list[Passage] = []
    calls = {
        number: passage.section_id for passage in passages for number in reversed(passage.footnotes)
    }
    for footnote in footnotes:
        if footnote.body is None or footnote.body.start == footnote.body.end:
            continue
        called_at = footnote.number if footnote.parent is None else footnote.parent
        bodies.append(
            Passage(
                "",
                PassageKind.FOOTNOTE,
                footnote.body,
                calls.get(called_at),
                footnotes=tuple(f.number for f in footnotes if f.parent == footnote.number),
                footnote=footnote.number,
            )
        )
    return bodies
