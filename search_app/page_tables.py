"""Tables of the reading page: rows of passages as a grid with wide and merged cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.models import Document, Passage, Span
from search_app.page import Piece, clipped, note_marks, pieces, shifted
from search_app.page_hits import HitPlace, Marked
from search_app.page_places import PassagePlace, passage_place

_NAMED_WITHIN = 3
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\s*[-–+<>≤≥]?\s*\d[\d.,/\s]*(?:%|‰)?\s*")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell that reaches over some columns and rows; `is_name` says what its row is about."""

    pieces: list[Piece]
    columns: int
    rows: int
    is_number: bool
    is_name: bool = False


class _Place(NamedTuple):
    column: int
    columns: int
    rows: int
    is_name: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A table row: the passage it is, the cells that begin in it, which hit it is.

    `page` is the page of the file that begins with it.
    """

    place: PassagePlace
    cells: tuple[GridCell, ...]
    hit: HitPlace | None = None
    page: int | None = None


def table_rows(
    document: Document,
    rows: Sequence[Passage],
    marked: Marked,
    *,
    hits: Mapping[str, HitPlace],
    pages: Mapping[str, int | None],
) -> tuple[GridRow, ...]:
    """Return the rows of one table; `pages` says which page begins with which passage."""
    grid = [passage.cells for passage in rows]
    names = name_column(document, rows)
    return tuple(
        GridRow(
            place=passage_place(document, passage),
            cells=tuple(
                _cell(document, passage, _place(grid, at, column, names), marked)
                for column in range(len(passage.cells))
                if _begins(grid, at, column)
            ),
            hit=hits.get(passage.id),
            page=pages.get(passage.id),
        )
        for at, passage in enumerate(rows)
    )


def _begins(grid: Sequence[Sequence[Span]], row: int, column: int) -> bool:
    span = grid[row][column]
    if column and grid[row][column - 1] == span:
        return False
    return not (row and column < len(grid[row - 1]) and grid[row - 1][column] == span)


def name_column(document: Document, rows: Sequence[Passage]) -> int:
    """Return the first column that has more words than numbers, -1 when there is none.

    It says what a row is about; before it often stands the number of the row.
    """
    widest = max((len(passage.cells) for passage in rows), default=0)
    for column in range(min(widest, _NAMED_WITHIN)):
        texts = [p.cells[column].of(document.text) for p in rows if column < len(p.cells)]
        words = sum(len(_WORD.findall(text)) > 1 for text in texts)
        if 2 * words > len(texts):
            return column
    return -1


def _place(grid: Sequence[Sequence[Span]], row: int, column: int, names: int) -> _Place:
    """Return over how many columns and rows a cell reaches, and whether it names its row."""
    span = grid[row][column]
    width = 1
    while column + width < len(grid[row]) and grid[row][column + width] == span:
        width += 1
    height = 1
    while row + height < len(grid) and column < len(grid[row + height]):
        if grid[row + height][column] != span:
            break
        height += 1
    is_name = column == names and width == height == 1
    return _Place(column, width, height, is_name)


def _cell(document: Document, passage: Passage, place: _Place, marked: Marked) -> GridCell:
    cell = passage.cells[place.column]
    inside = cell.shift(-passage.span.start)
    text = cell.of(document.text)
    marks = shifted(note_marks(document, passage), inside)
    found = pieces(text, clipped(marked.of(passage), inside), marks)
    return GridCell(
        pieces=found,
        columns=place.columns,
        rows=place.rows,
        is_number=_NUMBER.fullmatch(text) is not None,
        is_name=place.is_name,
    )
