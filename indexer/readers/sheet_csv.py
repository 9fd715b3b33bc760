"""Tables in plain text (.csv, .tsv): which sign parts the columns is found in the text.

A quotation mark that is opened and not closed would swallow the rows after it; such a line is
read as it stands, and told.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath

from indexer.errors import UnreadableFile
from indexer.readers.sheet_grid import MAX_COLUMNS, MAX_ROWS, GridCell, Sheet

_SIGNS = ("\t", ";", ",", "|")
_LOOKED_AT = 200
_DECLARED = re.compile(r"sep=([^\w\s\"]|\t)\s*\n", re.I)
_NUMBER = re.compile(r"[-+(]?\s*+\d[\d.,\s]*+\)?\s*%?")
_MAX_CELL = 1_000_000
# A cell of more lines is a quotation mark that is not closed.
_MAX_CELL_LINES = 200
# After so many of them, quotation marks are letters in this file.
_MAX_BROKEN = 50
# So many whole rows in one cell are no text of a cell.
_ROWS_IN_CELL = 5


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a table is read: its first rows with any text, and their first columns."""

    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS


class _Rows:
    """The rows of a text; `broken` are the lines, counted from 1, with a stray quotation mark."""

    def __init__(self, lines: Sequence[str], sign: str) -> None:
        self._lines = lines
        self._sign = sign
        self._at = 0
        self._width = 0
        self.broken: list[int] = []

    def __iter__(self) -> Iterator[list[str]]:
        while self._at < len(self._lines):
            row = self._row()
            self._width = len(row)
            yield row

    def _row(self) -> list[str]:
        line = self._lines[self._at]
        if '"' not in line or len(self.broken) >= _MAX_BROKEN:
            self._at += 1
            return self._literal(line)
        reader = csv.reader(
            islice(self._lines, self._at, self._at + _MAX_CELL_LINES), delimiter=self._sign
        )
        cells = next(reader)
        used = self._lines[self._at : self._at + reader.line_num]
        is_last = self._at + len(used) >= len(self._lines)
        if (len(used) > 1 or is_last) and not self._is_sound(used, cells):
            self.broken.append(self._at + 1)
            self._at += 1
            return self._literal(line)
        self._at += len(used)
        return cells

    def _literal(self, line: str) -> list[str]:
        row: Iterator[list[str]] = csv.reader((line,), delimiter=self._sign, quoting=csv.QUOTE_NONE)
        return next(row, [])

    def _is_sound(self, used: Sequence[str], cells: Sequence[str]) -> bool:
        """Say whether the quotation marks of these lines are in order."""
        if len(used) >= _MAX_CELL_LINES:
            return False
        try:
            list(csv.reader(used, delimiter=self._sign, strict=True))
        except csv.Error:
            return False
        rows = all(line.count(self._sign) == self._width - 1 for line in used)
        # A comma stands in the text of cells too, the other signs hardly ever do.
        swallowed = len(cells) < self._width or len(used) >= _ROWS_IN_CELL or self._sign != ","
        return not (self._width > 1 and len(used) > 1 and rows and swallowed)


def read_csv(text: str, name: str, extent: Extent | None = None) -> Sheet:
    """Return the table of the text of a file, as much of it as `extent` says.

    Raises UnreadableFile when a cell is too long.

    >>> read_csv("Năm;Tôm\\n2020;1,5", "a.csv").row(1)[1].text
    '1,5'
    """
    declared = _DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    lines = list(io.StringIO(text, newline=""))
    # Before anything is read: Python's own limit is far lower.
    csv.field_size_limit(_MAX_CELL)
    try:
        sign = declared[1] if declared else _separator(lines, PurePath(name).suffix.lower())
        rows = _Rows(lines, sign)
        return _sheet(rows, 2 if declared else 1, extent or Extent())
    except csv.Error as error:
        raise UnreadableFile(
            f"Không đọc được `{name}`: có ô dài hơn {_MAX_CELL} ký tự.",
            "Hãy mở tệp bằng Excel hoặc LibreOffice, xem lại ô đó, lưu lại rồi thử lại.",
        ) from error


def _sheet(rows: _Rows, first_line: int, extent: Extent) -> Sheet:
    sheet = Sheet("")
    for at, cells in enumerate(rows):
        if at > MAX_ROWS or len(sheet.rows) >= extent.rows:
            sheet.cut = True
            break
        sheet.cut = sheet.cut or any(map(str.strip, cells[extent.columns :]))
        for column, cell in enumerate(cells[: extent.columns]):
            sheet.put(at, column, GridCell(cell, number=bool(_NUMBER.fullmatch(cell.strip()))))
    sheet.stray_quotes = [line + first_line - 1 for line in rows.broken]
    return sheet


def _separator(lines: Sequence[str], suffix: str) -> str:
    """Return the sign that parts the columns: the one that gives rows of one width."""
    if suffix == ".tsv":
        return "\t"
    return max(_SIGNS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: Sequence[str], sign: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in islice(_Rows(lines, sign), _LOOKED_AT) if any(row))
    wide = {width: rows for width, rows in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width, rows = max(wide.items(), key=lambda found: (found[1], found[0]))
    return (rows / sum(widths.values()), width)
