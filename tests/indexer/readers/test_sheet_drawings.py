"""Text boxes of a sheet are read; pictures and charts are told."""

from __future__ import annotations

import base64
import io

import xlsxwriter

from indexer.models import BlockKind, RawDocument
from indexer.readers.sheet_reader import SheetReader

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def read(tmp_path, *, table: bool = True) -> RawDocument:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Biểu 1")
    if table:
        for row, cells in enumerate((["Tên", "Số"], ["Tôm", 5]), start=3):
            sheet.write_row(row, 0, cells)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Biểu 1'!$B$5:$B$5"})
        sheet.insert_chart("H2", chart)
        sheet.insert_image("H20", "a.png", {"image_data": io.BytesIO(_PIXEL)})
    sheet.insert_textbox("A1", "PHỤ LỤC TÔM CÁ\nNăm 2020")
    sheet.insert_textbox("A20", "Số liệu của Trạm Ao Sen")
    book.close()
    return SheetReader().read(path)


def test_text_boxes_stand_over_and_under_the_table(tmp_path):
    blocks = read(tmp_path).blocks
    lines = [block.text if block.kind is not BlockKind.TABLE_ROW else "…" for block in blocks]
    assert lines == ["Biểu 1", "PHỤ LỤC TÔM CÁ", "Năm 2020", "…", "…", "Số liệu của Trạm Ao Sen"]


def test_pictures_and_charts_are_told_in_one_warning(tmp_path):
    assert read(tmp_path).warnings == (
        "Trang tính “Biểu 1” có 1 hình, 1 biểu đồ không đọc được chữ bên trong; hãy xem chúng "
        "trong tệp gốc.",
    )


def test_a_sheet_of_text_boxes_only_is_read(tmp_path):
    assert [block.text for block in read(tmp_path, table=False).blocks][1] == "PHỤ LỤC TÔM CÁ"
