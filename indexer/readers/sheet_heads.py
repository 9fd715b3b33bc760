"""Where in a sheet a table begins, and which of its rows are headings.

Headings are words that stand over the figures of the first row that has any. What only looks like
one is told apart by that: a letterhead or a title over the table, a group row ("II | Tổng chi")
behind a blank row inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeAlias

from indexer.readers.sheet_grid import GridCell, Merge, Sheet

Starts: TypeAlias = Mapping[tuple[int, int], Merge]

_NUMBERING = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z])\s*(?:=.*)?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMING = re.compile(r"[^\W\d_]{2}|%|^\s*(?:19|20)\d\d\s*$")
_ITEM = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|[a-zđ]|\d+(?:\.\d+)*|[-+•*])\s*[.)]?")
_TITLE = re.compile(r"(?:bảng|biểu|phụ lục|phụ biểu|danh mục|mẫu)\b", re.I)
_LETTERHEAD_CELLS = 2
# Rows looked at behind a blank one until the first with figures: titles, units, headings.
_AHEAD = 12
# Rows of a region among which its headings are looked for.
_FRONT = 40


@dataclass(frozen=True, slots=True)
class Heads:
    """The first row of a table, and the last one known to be a heading, as places in its region."""

    start: int
    last: int


def regions(sheet: Sheet, merges: Starts) -> Iterator[list[int]]:
    """Yield runs of filled rows; a blank row parts them only before a table or notes."""
    rows = sorted(sheet.rows)
    region: list[int] = []
    for at, row in enumerate(rows):
        after_blank = bool(region) and row > region[-1] + 1
        if after_blank and _begins_anew(sheet, rows[at : at + _AHEAD], merges):
            yield region
            region = []
        region.append(row)
    if region:
        yield region


def find_heads(sheet: Sheet, rows: Sequence[int], merges: Starts) -> Heads | None:
    """Return where the table of a region begins; None when no row has two cells."""
    wide = [at for at, row in enumerate(rows) if len(sheet.row(row)) > 1]
    if not wide:
        return None
    data = next((at for at in wide if not is_words(sheet, rows[at])), None)
    end = min(len(rows) if data is None else data, wide[0] + _FRONT)
    needed = _needed(sheet, _widest(sheet, rows) if data is None else rows[data])
    naming = {
        at: len(sheet.row(rows[at]))
        for at in wide
        if at < end and _names(sheet, rows[at], needed, merges)
    }
    # Without figures to go by, only a line between tells a letterhead from the table.
    lines = None if data is not None else [at for at in range(end) if len(sheet.row(rows[at])) == 1]
    named = next((at for at in naming if not _is_letterhead(naming, at, lines)), None)
    if named is None:
        return Heads(wide[0], wide[0])
    start = named
    while start and _is_upper_head(sheet, (rows[start - 1], rows[start]), needed, merges):
        start -= 1
    return Heads(start, named)


def heading_rows(sheet: Sheet, rows: Sequence[int], last: int, merges: Starts) -> int:
    """Return how many rows at the top are headings: words, and what hangs under merged ones.

    `last` is the last row that is known to be one.
    """
    if not is_words(sheet, rows[0]) or len(rows) < 2:
        return 0
    end = last
    heads = 0
    while heads < len(rows) and (rows[heads] <= end or _is_numbering(sheet, rows[heads])):
        for column in sheet.row(rows[heads]):
            merge = merges.get((rows[heads], column))
            if merge is not None and rows[heads] <= end:
                below = merge.bottom + (merge.right > merge.left)
                end = max(end, below if is_words(sheet, below) else merge.bottom)
        heads += 1
    return heads if heads < len(rows) else 1


def is_words(sheet: Sheet, row: int) -> bool:
    """Say whether a row holds no figures but years."""
    cells = sheet.row(row).values()
    return bool(cells) and all(not c.number or _YEAR.fullmatch(c.text.strip()) for c in cells)


def _begins_anew(sheet: Sheet, ahead: Sequence[int], merges: Starts) -> bool:
    """Say whether the first of these rows, which stands behind a blank one, begins a table."""
    cells = sheet.row(ahead[0])
    if not is_words(sheet, ahead[0]) or _is_year_of_data(cells):
        return False
    first = cells[min(cells)].text.strip()
    if len(cells) == 1 and _TITLE.match(first):
        return True
    data = next((row for row in ahead if _is_data(sheet, row)), None)
    if len(cells) > 1 and _ITEM.fullmatch(first):
        return False
    if data is None:
        goes_on = len(ahead) > 1 and ahead[1] == ahead[0] + 1
        return len(cells) == 1 or not goes_on or len(sheet.row(ahead[1])) <= len(cells)
    needed = _needed(sheet, data)
    before = takewhile(lambda row: row < data, ahead)
    return any(_names(sheet, row, needed, merges) for row in before)


def _is_year_of_data(cells: Mapping[int, GridCell]) -> bool:
    """Say whether the figures of a row are no row of years: 1990 may count anything."""
    years = [int(cell.text) for _, cell in sorted(cells.items()) if cell.number]
    return bool(years) and (len(years) < 2 or years != sorted(set(years)))


def _is_data(sheet: Sheet, row: int) -> bool:
    return len(sheet.row(row)) > 1 and not is_words(sheet, row)


def _needed(sheet: Sheet, data: int) -> list[int]:
    """Return the columns of a row of data that need headings: its figures, not its number."""
    cells = sheet.row(data)
    figures = sorted(column for column, cell in cells.items() if cell.number)
    if figures and figures[0] == min(cells) and len(cells) > 1:
        del figures[0]
    return figures or sorted(cells)


def _widest(sheet: Sheet, rows: Sequence[int]) -> int:
    return max(rows, key=lambda row: len(sheet.row(row)))


def _names(sheet: Sheet, row: int, needed: Sequence[int], merges: Starts) -> bool:
    """Say whether words of a row stand over most of the columns that need headings."""
    if not is_words(sheet, row):
        return False
    named = set(_spread(sheet, row, merges))
    return 2 * sum(column in named for column in needed) > len(needed)


def _spread(sheet: Sheet, row: int, merges: Starts) -> Iterator[int]:
    """Yield the columns over which the words of a row stand."""
    for column, cell in sheet.row(row).items():
        if _NAMING.search(cell.text):
            merge = merges.get((row, column))
            yield from range(column, (merge.right if merge else column) + 1)


def _is_letterhead(widths: Mapping[int, int], at: int, lines: Sequence[int] | None) -> bool:
    """Say whether a row of two cells stands over the real, longer heading row.

    `widths` are the cells of each row that could be it; one of `lines` must stand between.
    """
    if widths[at] != _LETTERHEAD_CELLS:
        return False
    longer = [each for each, width in widths.items() if each > at and width > _LETTERHEAD_CELLS]
    if lines is None:
        return bool(longer)
    return any(at < line < each for each in longer for line in lines)


def _is_upper_head(
    sheet: Sheet, pair: tuple[int, int], needed: Sequence[int], merges: Starts
) -> bool:
    """Say whether the first of two rows is a heading over the second one.

    It is when it fills columns that the second leaves empty, or stands over figures only.
    """
    above, row = pair
    cells = sheet.row(above)
    if above != row - 1 or len(cells) < 2 or not is_words(sheet, above):
        return False
    filled = set(_spread(sheet, row, merges))
    inside = range(min(sheet.row(row)), max(needed) + 1)
    leaves = min(cells) < inside.start and min(cells) not in filled
    gaps = any(column in inside and column not in filled for column in cells)
    return leaves or gaps or all(column in needed for column in cells)


def _is_numbering(sheet: Sheet, row: int) -> bool:
    """Say whether a row numbers the columns: A, B, 1, 2, 3 or (1), (2), (3)=(2)/(1)."""
    cells = [cell.text.strip() for _, cell in sorted(sheet.row(row).items())]
    figures = [text.strip("()") for text in cells if text.strip("()").isdecimal()]
    counted = [int(text) for text in figures] == list(range(1, len(figures) + 1))
    return len(cells) > 2 and counted and all(_NUMBERING.fullmatch(text) for text in cells)
