"""Workbooks of Excel 97 to 2003 (.xls), through xlrd, which is fenced in: it trusts its input."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

from indexer.readers.bounded_zip import RefusedZip
from indexer.readers.legacy_runs import RunDecoder
from indexer.readers.sheet_grid import MAX_CELLS, GridCell, Merge, Sheet
from indexer.readers.sheet_merges import uncover
from indexer.readers.sheet_numbers import exact, general, printed

_NUMBER, _DATE, _BOOLEAN, _ERROR = 2, 3, 4, 5
_BOLD = 600


def read_xls(path: Path, decoder: RunDecoder) -> list[Sheet]:
    """Return the sheets of a workbook.

    Raises RefusedZip, as a damaged .xlsx does, when it is damaged, locked or too large.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=path.read_bytes(), formatting_info=True, logfile=io.StringIO()
        )
        return [_sheet(book, book.sheet_by_index(at), decoder) for at in range(book.nsheets)]
    except (RefusedZip, MemoryError):
        raise
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise RefusedZip("tệp được bảo vệ bằng mật khẩu", locked=True) from error
        raise RefusedZip("tệp bị hỏng hoặc không phải bảng tính Excel") from error
    except Exception as error:  # noqa: BLE001 - xlrd asserts and indexes its way through damage
        raise RefusedZip("tệp bị hỏng hoặc chưa tải về đủ") from error


def _sheet(book: Any, source: Any, decoder: RunDecoder) -> Sheet:
    sheet = Sheet(source.name)
    sheet.hidden = source.visibility != 0
    if source.nrows * source.ncols > 20 * MAX_CELLS:
        raise RefusedZip(f"bên trong có hơn {MAX_CELLS} ô")
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            sheet.put(row, column, _cell(book, source.cell(row, column), decoder))
    # xlrd counts the ends one too far.
    sheet.merges = [
        Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells
    ]
    uncover(sheet)
    filled = {column for row in sheet.rows.values() for column in row}
    sheet.hidden_rows = sum(
        bool(info.hidden) for row, info in source.rowinfo_map.items() if row in sheet.rows
    )
    sheet.hidden_columns = sum(
        bool(info.hidden) for column, info in source.colinfo_map.items() if column in filled
    )
    for (row, column), note in source.cell_note_map.items():
        sheet.comment(row, column, decoder.decode(str(note.text), ""))
    return sheet


def _cell(book: Any, cell: Any, decoder: RunDecoder) -> GridCell:
    import xlrd

    style = book.xf_list[cell.xf_index]
    font = book.font_list[style.font_index]
    bold = bool(font.bold) or font.weight >= _BOLD
    if cell.ctype in (_NUMBER, _DATE) and math.isfinite(cell.value):
        code = book.format_map[style.format_key].format_str
        text = printed(cell.value, _own_code(code), since_1904=bool(book.datemode))
        value = exact(cell.value, code) if text else ""
        return GridCell(text or general(cell.value), number=True, bold=bold, value=value)
    if cell.ctype == _BOOLEAN:
        return GridCell("TRUE" if cell.value else "FALSE", bold=bold)
    if cell.ctype == _ERROR:
        return GridCell(xlrd.error_text_from_code.get(cell.value, "#N/A"), bold=bold)
    return GridCell(decoder.decode(str(cell.value), font.name), bold=bold)


def _own_code(code: str) -> str:
    # Format 14 is the short date of whoever looks at it: here in Vietnam.
    return "dd/mm/yyyy" if code.lower() in {"m/d/yy", "mm-dd-yy", "m/d/yyyy"} else code
