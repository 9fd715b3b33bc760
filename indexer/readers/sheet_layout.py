"""From the grid of a sheet to blocks: its name, title lines, tables with heading rows, notes.

A blank row parts two tables when the next one begins with a title or with headings of its own;
lines of a single cell above a table are its title, those below it are notes or signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count, groupby

from indexer.models import BlockKind, NoteKind, RawBlock, RawCell, RawMark, RawNote, Span
from indexer.readers.sheet_grid import MAX_CELLS, MAX_COLUMNS, Merge, Sheet, cell_name
from indexer.readers.sheet_heads import find_heads, heading_rows, regions
from indexer.text.normalise import fold_characters

_DEFAULT_NAME = re.compile(r"(?:sheet|trang[ _]?tính|bảng[ _]?tính)\s*\d*", re.I)
_SPACES = re.compile(r"\s+")


def comments(sheet: Sheet) -> Iterator[RawNote]:
    """Yield the comments of a sheet as notes, in the order of their cells."""
    for (row, column), text in sorted(sheet.comments.items()):
        label = f"ô {cell_name(row, column)}"
        body = fold_characters(text).strip()
        yield RawNote(_key(sheet, row, column), body, label, NoteKind.COMMENT)


class Layout:
    """Lays out the sheets of one file, counting its tables."""

    def __init__(self) -> None:
        self._tables = count(1)

    def blocks(self, sheet: Sheet, *, named: bool) -> Iterator[RawBlock]:
        """Yield the blocks of a sheet; `named`: its name stands above it as a heading."""
        if not sheet.rows and not sheet.drawn:
            return
        if sheet.name and (named or not _DEFAULT_NAME.fullmatch(sheet.name)):
            yield RawBlock(BlockKind.HEADING, fold_characters(sheet.name).strip(), level=0)
        merges = {(merge.top, merge.left): merge for merge in sheet.merges}
        first = min(sheet.rows, default=0)
        yield from (_drawn(text) for row, text in sheet.drawn if row <= first)
        for region in regions(sheet, merges):
            yield from self._region(sheet, region, merges)
        yield from (_drawn(text) for row, text in sheet.drawn if row > first)

    def _region(
        self, sheet: Sheet, rows: Sequence[int], merges: dict[tuple[int, int], Merge]
    ) -> Iterator[RawBlock]:
        heads = find_heads(sheet, rows, merges)
        if heads is None:
            yield from (_line(sheet, row) for row in rows)
            return
        last = max(at for at, row in enumerate(rows) if len(sheet.row(row)) > 1) + 1
        for is_wide, lines in groupby(rows[: heads.start], key=lambda row: len(sheet.row(row)) > 1):
            if is_wide:
                yield from self._table(sheet, list(lines), 0, merges)
            else:
                yield from (_line(sheet, row) for row in lines)
        table = rows[heads.start : last]
        found = heading_rows(sheet, table, rows[heads.last], merges)
        yield from self._table(sheet, table, found, merges)
        yield from (_line(sheet, row) for row in rows[last:])

    def _table(
        self, sheet: Sheet, rows: Sequence[int], heads: int, merges: dict[tuple[int, int], Merge]
    ) -> Iterator[RawBlock]:
        left = min(min(sheet.row(row)) for row in rows)
        right = max(_right(sheet, row, merges) for row in rows)
        covered = _covered(sheet.merges, rows)
        number = next(self._tables)
        # One wide row would make all of a long table as wide: each then ends with its own cells.
        is_even = len(rows) * (right + 1 - left) <= MAX_CELLS
        laid = 0
        for at, row in enumerate(rows):
            last = right if is_even else _right(sheet, row, merges)
            cells = tuple(_cells(sheet, row, range(left, last + 1), (merges, covered)))
            laid += len(cells)
            if laid > MAX_CELLS:
                sheet.cut = True
                return
            bold = all(cell.bold for cell in sheet.row(row).values())
            yield RawBlock(
                BlockKind.TABLE_ROW, "", bold=bold, table=number, cells=cells, header=at < heads
            )


def _drawn(text: str) -> RawBlock:
    return RawBlock(BlockKind.PARAGRAPH, _text(text))


def _line(sheet: Sheet, row: int) -> RawBlock:
    (cell,) = sheet.row(row).values()
    text = _text(cell.text)
    marks = _marks(sheet, row, range(MAX_COLUMNS), text)
    return RawBlock(BlockKind.PARAGRAPH, text, bold=cell.bold, marks=marks)


def _marks(sheet: Sheet, row: int, columns: range, text: str) -> tuple[RawMark, ...]:
    """Return the marks of the comments on these cells of a row, behind their text."""
    if not sheet.comments:
        return ()
    end = Span(len(text), len(text))
    return tuple(
        RawMark(end, _key(sheet, row, column))
        for column in columns
        if (row, column) in sheet.comments
    )


def _key(sheet: Sheet, row: int, column: int) -> str:
    return f"{sheet.name}!{cell_name(row, column)}"


def _text(text: str) -> str:
    return _SPACES.sub(" ", fold_characters(text)).strip()


def _right(sheet: Sheet, row: int, merges: dict[tuple[int, int], Merge]) -> int:
    column = max(sheet.row(row))
    merge = merges.get((row, column))
    return max(column, merge.right) if merge else column


def _covered(merges: Sequence[Merge], rows: Sequence[int]) -> dict[tuple[int, int], Merge]:
    """Return the places below the first row of a merged range, by row and first column."""
    shown = set(rows)
    return {
        (row, merge.left): merge
        for merge in merges
        for row in range(merge.top + 1, merge.bottom + 1)
        if row in shown
    }


def _cells(
    sheet: Sheet,
    row: int,
    columns: range,
    merged: tuple[dict[tuple[int, int], Merge], dict[tuple[int, int], Merge]],
) -> Iterator[RawCell]:
    starting, covered = merged
    at = columns.start
    filled = sheet.row(row)
    while at < columns.stop:
        merge = covered.get((row, at)) or starting.get((row, at))
        wide = min(merge.right + 1, columns.stop) - at if merge else 1
        continues = (row, at) in covered
        cell = None if continues else filled.get(at)
        text = _text(cell.text) if cell else ""
        marks = _marks(sheet, row, range(at, at + wide), text)
        value = cell.value if cell else ""
        yield RawCell(text, columns=wide, continues=continues, marks=marks, value=value)
        at += wide
