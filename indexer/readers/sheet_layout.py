"""From the grid of a sheet to blocks: its name, title lines, tables with heading rows, notes.

A blank row parts two tables when the next one begins with a title or with headings of its own;
lines of a single cell above a table are its title, those below it are notes or signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from indexer.models import BlockKind, NoteKind, RawBlock, RawCell, RawMark, RawNote, Span
from indexer.readers.sheet_grid import MAX_COLUMNS, Merge, Sheet, cell_name
from indexer.text.normalise import fold_characters

_DEFAULT_NAME = re.compile(r"(?:sheet|trang[ _]?tính|bảng[ _]?tính)\s*\d*", re.I)
_NUMBERING = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z])\s*(?:=.*)?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
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
        if not sheet.rows:
            return
        if sheet.name and (named or not _DEFAULT_NAME.fullmatch(sheet.name)):
            yield RawBlock(BlockKind.HEADING, fold_characters(sheet.name).strip(), level=0)
        merges = {(merge.top, merge.left): merge for merge in sheet.merges}
        for region in _regions(sheet):
            yield from self._region(sheet, region, merges)

    def _region(
        self, sheet: Sheet, rows: Sequence[int], merges: dict[tuple[int, int], Merge]
    ) -> Iterator[RawBlock]:
        wide = [at for at, row in enumerate(rows) if len(sheet.row(row)) > 1]
        first, last = (wide[0], wide[-1] + 1) if wide else (len(rows), len(rows))
        yield from (_line(sheet, row) for row in rows[:first])
        if wide:
            table = rows[first:last]
            left = min(min(sheet.row(row)) for row in table)
            right = max(_right(sheet, row, merges) for row in table)
            heads = _heading_rows(sheet, table, merges)
            covered = _covered(sheet.merges, table)
            number = next(self._tables)
            for at, row in enumerate(table):
                cells = tuple(_cells(sheet, row, range(left, right + 1), (merges, covered)))
                bold = all(cell.bold for cell in sheet.row(row).values())
                yield RawBlock(
                    BlockKind.TABLE_ROW, "", bold=bold, table=number, cells=cells, header=at < heads
                )
        yield from (_line(sheet, row) for row in rows[last:])


def _regions(sheet: Sheet) -> Iterator[list[int]]:
    """Yield runs of filled rows; a blank row parts them only before titles or headings."""
    region: list[int] = []
    for row in sorted(sheet.rows):
        if region and row > region[-1] + 1 and _begins_anew(sheet, row):
            yield region
            region = []
        region.append(row)
    if region:
        yield region


def _begins_anew(sheet: Sheet, row: int) -> bool:
    cells = sheet.row(row).values()
    return len(cells) == 1 or (len(cells) > 1 and not any(cell.number for cell in cells))


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


def _heading_rows(sheet: Sheet, rows: Sequence[int], merges: dict[tuple[int, int], Merge]) -> int:
    """Return how many rows at the top are headings: words, and what hangs under merged ones."""
    if not _is_words(sheet, rows[0]) or len(rows) < 2:
        return 0
    end = rows[0]
    heads = 0
    while heads < len(rows) and (rows[heads] <= end or _is_numbering(sheet, rows[heads])):
        for column in sheet.row(rows[heads]):
            merge = merges.get((rows[heads], column))
            if merge is not None and rows[heads] <= end:
                below = merge.bottom + (merge.right > merge.left)
                end = max(end, below if _is_words(sheet, below) else merge.bottom)
        heads += 1
    return heads if heads < len(rows) else 1


def _is_words(sheet: Sheet, row: int) -> bool:
    """Say whether a row holds no figures but years."""
    cells = sheet.row(row).values()
    return bool(cells) and all(not c.number or _YEAR.fullmatch(c.text.strip()) for c in cells)


def _is_numbering(sheet: Sheet, row: int) -> bool:
    """Say whether a row numbers the columns: A, B, 1, 2, 3 or (1), (2), (3)=(2)/(1)."""
    cells = [cell.text.strip() for _, cell in sorted(sheet.row(row).items())]
    figures = [text.strip("()") for text in cells if text.strip("()").isdigit()]
    counted = [int(text) for text in figures] == list(range(1, len(figures) + 1))
    return len(cells) > 2 and counted and all(_NUMBERING.fullmatch(text) for text in cells)


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
        yield RawCell(text, columns=wide, continues=continues, marks=marks)
        at += wide
