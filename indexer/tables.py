"""Tables of a report: their titles, heading rows, merged cells, and rows as passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.layout import Layout
from indexer.models import BlockKind, Passage, PassageKind, RawBlock, Span
from indexer.roles import Entry, Role
from indexer.sections import Outline

_CAPTION = re.compile(r"(?:bảng|biểu|phụ lục|danh mục|sơ đồ)\b", re.I)
_UNIT = re.compile(r"\(?\s*(?:đơn vị(?: tính)?|đvt)\s*:", re.I)
_MAX_CAPTION_WORDS = 45
_NUMBER_CELL = re.compile(r"[\d.,/%\s+–-]*\d[\d.,/%\s+–-]*")


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table before its rows have ids: title, column headings, spans of its row passages."""

    number: int
    title: Span | None
    headings: tuple[str, ...]
    rows: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    index: int
    grid: tuple[Span, ...]
    filled: tuple[Span, ...]


def lay_out_tables(
    blocks: Sequence[RawBlock], entries: Sequence[Entry], layout: Layout, outline: Outline
) -> tuple[list[Passage], list[TableDraft]]:
    """Return the row passages (without ids) and the tables, in order.

    A row passage knows the table's title, its heading rows, the row that groups it and the
    merged cells that reach into it, all as spans.
    """
    passages: list[Passage] = []
    tables: list[TableDraft] = []
    headings_of = {section.id: section.heading for section in outline.sections}
    rows = [at for at, entry in enumerate(entries) if entry.role is Role.ROW]
    for number, group in groupby(rows, key=lambda at: blocks[at].table):
        members = list(group)
        grid = list(_grid(blocks, layout, members))
        heading = headings_of.get(outline.of_block[members[0]] or "")
        title = _title(blocks, entries, layout, heading, members[0])
        found, headings = _rows(blocks, layout, outline, grid, title)
        passages += found
        name = title[0] if title else None
        tables.append(TableDraft(number, name, headings, tuple(p.span for p in found)))
    return passages, tables


def _grid(blocks: Sequence[RawBlock], layout: Layout, members: Sequence[int]) -> Iterator[_Row]:
    """Yield the rows with one span a column: wide cells repeat, merged cells come from above."""
    above: tuple[Span, ...] = ()
    for at in members:
        columns: list[Span] = []
        filled: list[Span] = []
        for cell, span in zip(blocks[at].cells, layout.cells[at], strict=True):
            column = len(columns)
            origin = above[column] if cell.continues and column < len(above) else span
            columns += [origin] * cell.columns
            if cell.text.strip():
                filled.append(span)
        above = tuple(columns)
        yield _Row(at, above, tuple(filled))


def _rows(
    blocks: Sequence[RawBlock],
    layout: Layout,
    outline: Outline,
    grid: Sequence[_Row],
    title: tuple[Span, ...],
) -> tuple[list[Passage], tuple[str, ...]]:
    heads = _heading_rows(blocks, layout, grid)
    if not any(row.filled for row in grid[heads:]):
        # Headings and nothing under them: they are all that can be found.
        heads = 0
    context = (*title, *(span for row in grid[:heads] for span in row.filled))
    headings = _headings(layout, grid[:heads])
    group: tuple[Span, ...] = ()
    passages: list[Passage] = []
    for row in grid[heads:]:
        if not row.filled:
            continue
        merged = tuple(dict.fromkeys(s for s in row.grid if not layout.blocks[row.index].holds(s)))
        passages.append(_passage(row, blocks, layout, outline, (*context, *group, *merged)))
        if _is_group(row, layout):
            group = row.filled
    return passages, headings


def _passage(
    row: _Row,
    blocks: Sequence[RawBlock],
    layout: Layout,
    outline: Outline,
    context: tuple[Span, ...],
) -> Passage:
    return Passage(
        "",
        PassageKind.TABLE,
        layout.blocks[row.index],
        outline.of_block[row.index],
        context=context,
        cells=row.grid,
        table=blocks[row.index].table,
        page=blocks[row.index].page,
    )


def _heading_rows(blocks: Sequence[RawBlock], layout: Layout, grid: Sequence[_Row]) -> int:
    """Return how many rows on top hold headings: those the file declares, or rows of words."""
    declared = 0
    while declared < len(grid) and blocks[grid[declared].index].header:
        declared += 1
    if declared:
        return declared
    first = grid[0]
    wordy = all(not _NUMBER_CELL.fullmatch(span.of(layout.text)) for span in first.filled)
    return 1 if len(grid) > 1 and len(first.filled) > 1 and wordy else 0


def _headings(layout: Layout, rows: Sequence[_Row]) -> tuple[str, ...]:
    width = max((len(row.grid) for row in rows), default=0)
    columns: list[str] = []
    for column in range(width):
        parts = [row.grid[column].of(layout.text) for row in rows if column < len(row.grid)]
        columns.append(" / ".join(dict.fromkeys(part for part in parts if part)))
    return tuple(columns)


def _is_group(row: _Row, layout: Layout) -> bool:
    """Say whether a row only names the rows under it: `I. KINH TẾ`, with no figure."""
    words = [span.of(layout.text) for span in row.filled]
    named = [word for word in words if not _NUMBER_CELL.fullmatch(word)]
    return len(row.filled) <= 2 and len(named) == len(words) and len(row.grid) > 2


def _title(
    blocks: Sequence[RawBlock],
    entries: Sequence[Entry],
    layout: Layout,
    heading: Span | None,
    first: int,
) -> tuple[Span, ...]:
    """Return the spans of the lines over a table that name it, and its unit of measure."""
    spans: list[Span] = []
    for at in range(first - 1, max(first - 4, -1), -1):
        if blocks[at].kind is BlockKind.TABLE_ROW:
            break
        text = blocks[at].text
        if _UNIT.match(text):
            spans.append(layout.blocks[at])
        elif _CAPTION.match(text) and len(text.split()) <= _MAX_CAPTION_WORDS:
            return (layout.blocks[at], *spans)
        elif entries[at].role is not Role.ORNAMENT:
            break
    return ((heading,) if heading else ()) + tuple(spans)
