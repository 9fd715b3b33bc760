"""Tables over several pages: heads that are printed again, rows that a page end cut in two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.readers.pdf_paragraphs import Paragraph
from indexer.readers.pdf_tables import Cell, TableRow

_SAME_PLACE = 4.0
# Between the text of a cell and its ruled line, in sizes.
_PADDING = 1.2


class RowJoiner:
    """Gives every row the number of its table in the file, which may go on on the next page."""

    def __init__(self) -> None:
        self._tables = 0
        self._last: TableRow | None = None
        self._first: tuple[str, ...] = ()
        self._held: TableRow | None = None

    def of(self, items: Iterable[Paragraph | TableRow]) -> Iterator[Paragraph | TableRow]:
        """Yield paragraphs and rows in order; rows without any text do not come back."""
        for item in items:
            if isinstance(item, Paragraph):
                yield from self._release()
                self._last = None
                yield item
            elif any(_texts(item)):
                yield from self._row(item)
        yield from self._release()

    def _row(self, row: TableRow) -> Iterator[TableRow]:
        last, held = self._last, self._held
        goes_on = last is not None and _goes_on(last, row)
        self._last = row
        printed_again = goes_on and last is not None and last.page != row.page
        if printed_again and _texts(row) == self._first:
            return
        if goes_on and held is not None and held.page != row.page and _is_rest(held, row):
            self._held = _joined(held, row)
            return
        yield from self._release()
        if not goes_on:
            self._tables += 1
            self._first = _texts(row)
        self._held = replace(row, table=self._tables)

    def _release(self) -> Iterator[TableRow]:
        if self._held is not None:
            yield self._held
            self._held = None


def _texts(row: TableRow) -> tuple[str, ...]:
    return tuple(" ".join(line.text for line in cell.lines).strip() for cell in row.cells)


def _goes_on(last: TableRow, row: TableRow) -> bool:
    if last.ruled != row.ruled:
        return False
    if last.page == row.page:
        return last.table == row.table
    pairs = zip(last.columns, row.columns, strict=False)
    same = len(last.columns) == len(row.columns)
    return same and all(abs(one - other) <= _SAME_PLACE for one, other in pairs)


def _is_rest(above: TableRow, row: TableRow) -> bool:
    """Say whether a row goes on with the one on the page before: all it holds begins small.

    And where it goes on, the text above had no room for the next word in its cell.
    """
    if not row.ruled or [cell.columns for cell in above.cells] != [c.columns for c in row.cells]:
        return False
    pairs = list(zip(above.cells, row.cells, strict=True))
    left_empty = any(cell.lines and not rest.lines for cell, rest in pairs)
    ends = _ends(row)
    return left_empty and all(
        _goes_on_in(cell, rest, end)
        for (cell, rest), end in zip(pairs, ends, strict=True)
        if rest.lines
    )


def _ends(row: TableRow) -> list[float]:
    """Return where each cell of a row ends, from the left."""
    ends, column = [], 0
    for cell in row.cells:
        column += cell.columns
        ends.append(row.columns[min(column, len(row.columns) - 1)])
    return ends


def _goes_on_in(cell: Cell, rest: Cell, end: float) -> bool:
    if not cell.lines or not rest.lines[0].plain.lstrip()[:1].islower():
        return False
    last, first = cell.lines[-1], rest.lines[0]
    return end - last.right < first.first + _PADDING * last.size


def _joined(above: TableRow, row: TableRow) -> TableRow:
    cells = (
        replace(cell, lines=(*cell.lines, *rest.lines))
        for cell, rest in zip(above.cells, row.cells, strict=True)
    )
    return replace(above, cells=tuple(cells))
