"""Tables for other programs: CSV and XLSX, the same bytes for the same rows.

Numbers and dates are written as such; a text is never taken for a formula, whatever it begins
with.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from math import isfinite
from typing import TYPE_CHECKING

from indexer.errors import UsageError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# The media type of each format.
TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# What Excel and LibreOffice compute when a cell of a CSV file begins with it.
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
# Limits of the XLSX format.
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079

_NARROWEST, _WIDEST = 8, 60
_MOST_DECIMALS = 6
# When a file says that it was made: always then, so that equal rows give equal files.
_MADE = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a cell shows and leads to."""

    address: str


Cell = str | Decimal | int | date | Link | None
Row = Sequence[Cell]


def table_csv(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV in UTF-8; the first row are the headings.

    The byte order mark tells Excel the encoding. Cells are parted by commas and quoted where need
    be, as RFC 4180 has it: that is what programs expect, and who works in Excel takes XLSX, which
    knows no such question. Numbers have a decimal dot, dates are ISO 8601. A text that would be
    taken for a formula gets an apostrophe in front.

    >>> table_csv([["Chỉ tiêu", "Giá trị"], ["=A1", Decimal("-2.5")]]).decode("utf-8-sig")
    "Chỉ tiêu,Giá trị\\r\\n'=A1,-2.5\\r\\n"
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return str(cell)
    words = cell.address if isinstance(cell, Link) else cell
    return f"'{words}" if _FORMULA.match(words) else words


def table_xlsx(rows: Iterable[Row], name: str = "Số liệu") -> bytes:
    """Return rows as a workbook with one sheet of this name; the first row are the headings.

    Raises UsageError for more rows than a sheet can have.
    """
    # Here, for lists are printed far more often than they are written to a sheet.
    from xlsxwriter import Workbook

    content = [tuple(row) for row in rows]
    if len(content) > _MOST_ROWS:
        raise UsageError(
            f"Bảng có {len(content)} dòng, quá giới hạn {_MOST_ROWS} dòng của một trang tính.",
            "Hãy lọc bớt, hoặc xuất ra CSV.",
        )
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    book.set_properties({"created": _MADE})
    _Sheet(book, book.add_worksheet(name)).write(content)
    book.close()
    return file.getvalue()


class _Sheet:
    """A sheet that is written cell by cell, each by its type."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet
        self.links = 0
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        self.blue = book.add_format({"font_color": "blue", "underline": 1, "valign": "top"})
        self.numbers: dict[int, Format] = {}

    def write(self, rows: Sequence[Row]) -> None:
        """Write all rows; the headings stay in sight and can be filtered by."""
        if not rows:
            return
        bold = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for column, heading in enumerate(rows[0]):
            self.sheet.write_string(0, column, _shown(heading), bold)
            cells = (row[column] for row in rows)
            width = max(min(len(_shown(cell)) + 2, _WIDEST) for cell in cells)
            self.sheet.set_column(column, column, max(width, _NARROWEST))
        for number, row in enumerate(rows[1:], start=1):
            for column, cell in enumerate(row):
                self._write(number, column, cell)
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)

    def _write(self, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Decimal | int) and _fits_a_sheet(cell):
            self.sheet.write_number(row, column, cell, self._number_format(Decimal(cell)))
        elif isinstance(cell, date):
            self.sheet.write_datetime(row, column, cell, self.day)
        elif isinstance(cell, Link) and self._may_link(cell):
            self.links += 1
            self.sheet.write_url(row, column, cell.address, self.blue)
        elif cell:
            # Never `write`, which would make a formula of what begins with "=".
            self.sheet.write_string(row, column, _shown(cell), self.plain)

    def _may_link(self, link: Link) -> bool:
        whole = link.address.startswith(("http://", "https://"))
        return whole and self.links < _MOST_LINKS and len(link.address) <= _LONGEST_LINK

    def _number_format(self, number: Decimal) -> Format:
        """Return the format that shows thousands and as many decimals as the report has.

        Which signs part them is the reader's own setting: in Vietnamese `1.234,5`.
        """
        exponent = number.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        decimals = min(decimals, _MOST_DECIMALS)
        if decimals not in self.numbers:
            shown = "#,##0" + ("." + "0" * decimals if decimals else "")
            self.numbers[decimals] = self.book.add_format({"num_format": shown, "valign": "top"})
        return self.numbers[decimals]


def _fits_a_sheet(number: Decimal | int) -> bool:
    """Say whether a sheet can hold a number as such: it computes with floats."""
    try:
        return isfinite(float(number))
    except (OverflowError, ValueError):
        # An integer beyond the largest float; a signalling NaN.
        return False


def _shown(cell: Cell) -> str:
    """Return a cell as text that a sheet can hold."""
    if cell is None:
        return ""
    words = cell.address if isinstance(cell, Link) else str(cell)
    words = words.encode("utf-8", "replace").decode()
    return words if len(words) <= _MOST_CHARACTERS else words[: _MOST_CHARACTERS - 1] + "…"
