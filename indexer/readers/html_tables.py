"""The tables of a web page as rows of cells; tables that only place things are no tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.readers.docx_lines import Line, join_lines
from indexer.readers.docx_tables import Cell, Row
from indexer.readers.docx_xml import to_number
from indexer.readers.html_source import Element
from indexer.readers.html_styles import Styles

MAX_COLUMNS = 1000
MAX_ROWS = 100_000
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_LONG_CELL = 4
_PARAGRAPHS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6")
_NO_BORDER = frozenset({"0", "0px", "none", ""})


@dataclass(slots=True)
class _Reaching:
    """A cell of an earlier row that goes on in the following ones."""

    cell: Cell
    rows: int


def is_data(table: Element, styles: Styles) -> bool:
    """Say whether a table holds data; else it places running text on the page.

    Offices and web sites wrap whole reports in tables without lines.
    """
    if table.get("role", "").lower() in {"presentation", "none"}:
        return False
    if _has_lines(table, styles):
        return True
    rows = list(row_elements(table))
    if all(len(list(_cell_elements(row))) < 2 for row in rows):
        return False
    if next(table.iterdescendants("table", "h1", "h2", "h3"), None) is not None:
        return False
    cells = (cell for row in rows for cell in _cell_elements(row))
    return not any(_is_long(cell) for cell in cells)


def read_rows(
    table: Element, styles: Styles, read_cell: Callable[[Element], Line]
) -> tuple[list[Row], bool]:
    """Return the rows of a table, and whether it goes on beyond what is read.

    Cells that reach down continue in the rows below.
    """
    reaching: dict[int, _Reaching] = {}
    rows: list[Row] = []
    found = list(row_elements(table))
    elements = found[:MAX_ROWS]
    cut = len(found) > MAX_ROWS
    for at, element in enumerate(elements):
        cells = list(_cells(element, styles, read_cell, reaching, rows_left=len(elements) - at))
        cut |= sum(not cell.continues for cell in cells) < sum(1 for _ in _cell_elements(element))
        rows.append(Row(tuple(cells), header=_is_header(element)))
    return rows, cut


def with_heading(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, no more than the leading ones being headings."""
    ended = False
    result = []
    for row in rows:
        ended = ended or not row.header
        result.append(replace(row, header=row.header and not ended))
    return [replace(row, header=False) for row in result] if not ended else result


def row_elements(table: Element) -> Iterator[Element]:
    """Yield the rows of this table, not those of tables in it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from (row for row in child if row.tag == "tr")


def caption(table: Element) -> Element | None:
    """Return the caption of a table."""
    return next((child for child in table if child.tag == "caption"), None)


def _cell_elements(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _is_header(row: Element) -> bool:
    parent = row.getparent()
    if parent is not None and parent.tag == "thead":
        return True
    cells = list(_cell_elements(row))
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _cells(
    row: Element,
    styles: Styles,
    read_cell: Callable[[Element], Line],
    reaching: dict[int, _Reaching],
    *,
    rows_left: int,
) -> Iterator[Cell]:
    column = 0
    for element in _cell_elements(row):
        while column in reaching:
            cell = _go_on(reaching, column)
            yield cell
            column += cell.columns
        columns = _span(element, "colspan")
        cell = Cell(read_cell(element), columns, continues=False, shaded=_shaded(element, styles))
        rows = min(_span(element, "rowspan", rows_left), rows_left)
        if rows > 1:
            reaching[column] = _Reaching(replace(cell, line=Line(), continues=True), rows - 1)
        yield cell
        column += columns
        if column > MAX_COLUMNS:
            break
    while column in reaching:
        cell = _go_on(reaching, column)
        yield cell
        column += cell.columns
    _skip(reaching, column)


def _go_on(reaching: dict[int, _Reaching], column: int) -> Cell:
    found = reaching[column]
    found.rows -= 1
    if not found.rows:
        del reaching[column]
    return found.cell


def _skip(reaching: dict[int, _Reaching], column: int) -> None:
    # A row too short to reach them: they go on below it all the same.
    for at in [at for at in reaching if at > column]:
        _go_on(reaching, at)


def _span(cell: Element, name: str, everything: int = 1) -> int:
    number = to_number(cell.get(name))
    if number == 0:
        return everything
    return max(1, min(number or 1, MAX_COLUMNS))


def _shaded(cell: Element, styles: Styles) -> bool:
    settings = styles.settings(cell)
    colour = settings.get("background", settings.get("background-color", cell.get("bgcolor", "")))
    return colour.lower() not in {"", "white", "#ffffff", "#fff", "transparent", "none"}


def _has_lines(table: Element, styles: Styles) -> bool:
    if table.get("border", "0").strip().lower() not in _NO_BORDER:
        return True
    cells = (cell for row in row_elements(table) for cell in _cell_elements(row))
    first = next(cells, None)
    return any(
        name.startswith("border") and value.split()[:1] and _is_line(value)
        for element in (table, first)
        if element is not None
        for name, value in styles.settings(element).items()
        if name in ("border", "border-top", "border-bottom", "border-left", "border-right")
    )


def _is_line(value: str) -> bool:
    return not _NO_BORDER.intersection(value.lower().split()) and "0in" not in value


def _is_long(cell: Element) -> bool:
    return sum(1 for _ in cell.iterdescendants(*_PARAGRAPHS)) >= _LONG_CELL


def nested_line(title: Line, rows: Sequence[Row]) -> Line:
    """Return a table that stands in a cell as one line, its title first."""
    parted = (join_lines(" | ", (cell.line for cell in row.cells)) for row in rows)
    return join_lines("; ", (title, *parted))
