"""Tables of the reading page: rows of passages as a grid with wide and merged cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from indexer.models import Document, Passage, Span
from search_app.page import Piece, clipped, note_marks, pieces, shifted


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell that reaches over some columns and rows."""

    pieces: list[Piece]
    columns: int
    rows: int
    is_number: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A table row: the passage it is, the cells that begin in it, which hit it is."""

    name: str
    cells: tuple[GridCell, ...]
    hit: object


def table_rows(
    document: Document,
    number: int,
    highlights: Callable[[Passage], tuple[Span, ...]],
    hits: Mapping[str, object],
) -> tuple[tuple[str, ...], tuple[GridRow, ...]]:
    """Return the column headings and the rows of one table."""
    rows = [passage for passage in document.passages if passage.table == number]
    table = next(table for table in document.tables if table.number == number)
    grid = [passage.cells for passage in rows]
    found = []
    for at, passage in enumerate(rows):
        marked = highlights(passage)
        cells = tuple(
            _cell(document, passage, marked, grid, at, column)
            for column in range(len(passage.cells))
            if _begins(grid, at, column)
        )
        found.append(GridRow(passage.id.partition(":")[2], cells, hits.get(passage.id)))
    return table.headings, tuple(found)


def _begins(grid: Sequence[Sequence[Span]], row: int, column: int) -> bool:
    span = grid[row][column]
    if column and grid[row][column - 1] == span:
        return False
    return not (row and column < len(grid[row - 1]) and grid[row - 1][column] == span)


def _cell(
    document: Document,
    passage: Passage,
    highlights: tuple[Span, ...],
    grid: Sequence[Sequence[Span]],
    row: int,
    column: int,
) -> GridCell:
    span = grid[row][column]
    width = 1
    while column + width < len(grid[row]) and grid[row][column + width] == span:
        width += 1
    height = 1
    while row + height < len(grid) and column < len(grid[row + height]):
        if grid[row + height][column] != span:
            break
        height += 1
    inside = span.shift(-passage.span.start)
    text = span.of(document.text)
    marks = shifted(note_marks(document, passage), inside)
    found = pieces(text, clipped(highlights, inside), marks)
    return GridCell(found, width, height, text[:1].isdigit())
