"""The rows and cells of a Word table: merged cells, heading rows, deleted rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.models import BlockKind, RawBlock, RawCell
from indexer.readers.docx_lines import Line, join_lines, settle
from indexer.readers.docx_xml import (
    CELL,
    ROW,
    WORD,
    Element,
    below,
    children,
    number,
    switch,
)

# Word itself allows 63 columns; a larger number is damage.
_MAX_COLUMNS = 63
_PLAIN_FILLS = frozenset({"", "auto", "FFFFFF"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as read: its text, its width, and whether the cell above goes on in it."""

    line: Line
    columns: int
    continues: bool
    shaded: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read; `header` says that the file declares it as a heading row."""

    cells: tuple[Cell, ...]
    header: bool

    @property
    def holds_anything(self) -> bool:
        """Whether there is text in the row, or a cell that goes on from above."""
        return any(cell.continues or cell.line.text.strip() for cell in self.cells)

    @property
    def bold(self) -> bool:
        """Whether all text of the row is bold."""
        bolds = [cell.line.bold for cell in self.cells if cell.line.bold is not None]
        return bool(bolds) and all(bolds)

    @property
    def shaded(self) -> bool:
        """Whether every cell of the row has a background of its own."""
        return all(cell.shaded for cell in self.cells)


def read_rows(table: Element, read_cell: Callable[[Element], Line]) -> list[Row]:
    """Return the rows of a table that are printed; `read_cell` reads what is in a cell."""
    rows = [_row(element, read_cell) for element in children(table) if _is_printed_row(element)]
    covered = any(cell.continues and cell.line.text for row in rows for cell in row.cells)
    return _uncovered(rows) if covered else rows


def _uncovered(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with what stands in covered cells moved to the cells that cover them."""
    found = [list(row.cells) for row in rows]
    origins: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(rows):
        column = 0
        for place, cell in enumerate(row.cells):
            if not cell.continues:
                origins[column] = at, place
            elif column in origins:
                up, across = origins[column]
                if cell.line.text.strip() != rows[up].cells[across].line.text.strip():
                    found[up][across] = _joined(found[up][across], cell)
                found[at][place] = replace(cell, line=Line())
            column += cell.columns
    return [replace(row, cells=tuple(cells)) for row, cells in zip(rows, found, strict=True)]


def _joined(cell: Cell, covered: Cell) -> Cell:
    return replace(cell, line=join_lines(" ", (cell.line, covered.line)))


def row_blocks(rows: Sequence[Row], number: int) -> Iterator[RawBlock]:
    """Yield the rows of a table as blocks; a row that holds nothing is none."""
    by_look = is_header_by_look(rows)
    for at, row in enumerate(rows):
        if row.holds_anything:
            yield RawBlock(
                kind=BlockKind.TABLE_ROW,
                text="",
                bold=row.bold,
                table=number,
                cells=tuple(raw_cell(cell) for cell in row.cells),
                header=row.header or (by_look and at == 0),
            )


def is_header_by_look(rows: Sequence[Row]) -> bool:
    """Say whether the first row looks like a heading in a table that declares none.

    It does when all its text is bold, or all its cells shaded, and the second row is not so.
    """
    if len(rows) < 2 or len(rows[0].cells) < 2 or any(row.header for row in rows):
        return False
    first, second = rows[0], rows[1]
    return (first.bold and not second.bold) or (first.shaded and not second.shaded)


def raw_cell(cell: Cell) -> RawCell:
    """Return the cell as it travels on: one line of folded text with its marks."""
    if cell.continues:
        return RawCell("", columns=cell.columns, continues=True)
    text, marks = settle(cell.line)
    # A line break is one character, and so is a space: no mark moves.
    return RawCell(text.replace("\n", " "), columns=cell.columns, marks=marks)


def _is_printed_row(element: Element) -> bool:
    return element.tag == ROW and below(element, "trPr/del") is None


def _row(element: Element, read_cell: Callable[[Element], Line]) -> Row:
    return Row(
        cells=tuple(_cells(element, read_cell)),
        header=switch(element, "trPr/tblHeader") or False,
    )


def _cells(row: Element, read_cell: Callable[[Element], Line]) -> Iterator[Cell]:
    skipped = number(row, "trPr/gridBefore") or 0
    if skipped > 0:
        yield Cell(Line(), min(skipped, _MAX_COLUMNS), continues=False, shaded=True)
    for element in children(row):
        if element.tag == CELL and below(element, "tcPr/cellDel") is None:
            yield _cell(element, read_cell)


def _cell(element: Element, read_cell: Callable[[Element], Line]) -> Cell:
    properties = below(element, "tcPr")
    merge = below(properties, "vMerge")
    continues = merge is not None and merge.get(WORD + "val", "continue") == "continue"
    columns = number(properties, "gridSpan") or 1
    return Cell(
        # Nothing is counted in an empty one: its list number is not printed.
        line=Line() if continues and not _holds_text(element) else read_cell(element),
        columns=max(1, min(columns, _MAX_COLUMNS)),
        continues=continues,
        shaded=_fill(properties) not in _PLAIN_FILLS,
    )


def _holds_text(cell: Element) -> bool:
    return any((text.text or "").strip() for text in cell.iter(WORD + "t"))


def _fill(properties: Element | None) -> str:
    shading = below(properties, "shd")
    return "" if shading is None else shading.get(WORD + "fill", "")
