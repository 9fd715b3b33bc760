"""A sheet as its file holds it: cells on a grid, merged ranges, what is hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.readers.drawn_text import unread_warning

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its text as printed, whether it holds a number, whether it is bold.

    `value` is the number with all its digits where not all of them are printed.
    """

    text: str
    number: bool = False
    bold: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A range shown as one cell: first row and column, last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet. `rows`: row → column → cell, counted from 0; `state` is "" or "hidden".

    `formulas` counts formulas without a stored result; `comments`: (row, column) → what hangs on
    a cell; `stray_quotes` are the lines of a plain text whose quotation marks part no cells.
    `drawn`: row → text in a shape; `unread` counts what is drawn and holds no such text.
    """

    name: str
    rows: dict[int, dict[int, GridCell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: int = 0
    hidden_columns: int = 0
    formulas: int = 0
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    cut: bool = False
    stray_quotes: list[int] = field(default_factory=list)
    drawn: list[tuple[int, str]] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)

    def put(self, row: int, column: int, cell: GridCell) -> None:
        """Keep a cell that holds text and lies within the limits."""
        if not cell.text.strip():
            return
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            self.cut = True
            return
        self.rows.setdefault(row, {})[column] = cell

    def comment(self, row: int, column: int, text: str) -> None:
        """Keep what hangs on a cell when there is any text in it."""
        lines = (" ".join(line.split()) for line in text.splitlines())
        kept = "\n".join(filter(None, lines))
        if kept:
            self.comments[row, column] = kept

    def row(self, at: int) -> Mapping[int, GridCell]:
        """Return the filled cells of a row by column."""
        return self.rows.get(at, {})


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell whose row and column are counted from 0.

    >>> cell_name(2, 1), cell_name(0, 27)
    ('B3', 'AB1')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def warnings(sheet: Sheet) -> list[str]:
    """Return in Vietnamese what is odd about a sheet."""
    called = f"Trang tính “{sheet.name}”" if sheet.name else "Bảng"
    told = (
        (sheet.hidden, f"{called} bị ẩn trong tệp; vẫn được đọc."),
        (
            sheet.hidden_rows or sheet.hidden_columns,
            f"{called} có {sheet.hidden_rows} dòng và {sheet.hidden_columns} cột "
            "bị ẩn; vẫn được đọc.",
        ),
        (
            sheet.formulas,
            f"{called} có {sheet.formulas} công thức chưa lưu kết quả nên không "
            "có số; hãy mở tệp bằng Excel, lưu lại rồi đọc lại.",
        ),
        (
            sheet.comments,
            f"{called} có {len(sheet.comments)} lời bình (comment); mỗi lời bình "
            "được đọc như chú thích của ô.",
        ),
        (
            sheet.cut,
            f"{called} dài quá {MAX_ROWS} dòng, rộng quá {MAX_COLUMNS} cột hoặc có bảng quá "
            f"{MAX_CELLS} ô; phần vượt quá không được đọc.",
        ),
        (
            sheet.stray_quotes,
            f"{called} có {len(sheet.stray_quotes)} dòng có dấu ngoặc kép mở mà không đóng (dòng "
            f"đầu tiên: {min(sheet.stray_quotes, default=0)}); các dòng đó được đọc nguyên văn, "
            "hãy kiểm tra lại.",
        ),
    )
    unread = unread_warning(called, sheet.unread)
    return [*(message for holds, message in told if holds), *filter(None, (unread,))]
