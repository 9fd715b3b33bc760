"""Plain tables whose quotation marks are not in order."""

from __future__ import annotations

import csv
import time

import pytest

from indexer.errors import UnreadableFile
from indexer.readers.sheet_csv import Extent, read_csv
from indexer.readers.sheet_grid import Sheet, warnings
from indexer.readers.sheet_reader import SheetReader


def rows(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.values()] for row in sheet.rows.values()]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('1,"Tôm,x', ["1", '"Tôm', "x"]),
        ('1,"Tôm,5"', ["1", '"Tôm', '5"']),
        ('"Tôm,sú,x', ['"Tôm', "sú", "x"]),
    ],
)
def test_a_mark_that_is_not_closed_swallows_no_rows(name, line, cells):
    text = f'TT,Tên,Ghi\n{line}\n2,Cá,"y"\n3,Cua,"z, t"\n'
    text = text.replace(", ", "¤").replace(",", "\t" if name == "a.tsv" else ";")
    if line.endswith('5"'):
        text = text.replace('5"', "5").replace("Cá", 'Cá"')
        cells = ["1", '"Tôm', "5"]
    sheet = read_csv(text.replace("¤", ", "), name)
    assert rows(sheet)[1] == cells
    assert [row[0] for row in rows(sheet)[2:]] == ["2", "3"]
    assert sheet.stray_quotes[0] == 2


def test_a_mark_closed_by_the_end_of_a_later_row_swallows_no_rows():
    sheet = read_csv('TT;Tên;Cỡ\n1;"Ống;2\n2;Thép;5"\n3;Tôm;7\n', "a.csv")
    assert [row[0] for row in rows(sheet)] == ["TT", "1", "2", "3"]
    assert sheet.stray_quotes == [2]


def test_cells_of_several_lines_stay_whole():
    text = 'TT,Tên\n1,"Cá\nbiển, cá\nsông"\n2,"a, b\nc, d\ne, f"\n3,Ống 5" thép\n'
    sheet = read_csv(text, "a.csv")
    assert rows(sheet)[1:] == [
        ["1", "Cá\nbiển, cá\nsông"],
        ["2", "a, b\nc, d\ne, f"],
        ["3", 'Ống 5" thép'],
    ]
    assert sheet.stray_quotes == []


def test_the_warning_names_no_sheet_that_is_not_there(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('TT;Tên\n1;"Tôm\n2;Cá\n', encoding="utf-8")
    (message,) = SheetReader().read(path).warnings
    assert message.startswith("Bảng có 1 dòng có dấu ngoặc kép") and "dòng đầu tiên: 2" in message
    assert warnings(Sheet("", cut=True))[0].startswith("Bảng dài quá")


def test_a_cell_that_is_too_long_is_a_clear_error_whatever_was_read_before():
    csv.field_size_limit(131072)
    assert rows(read_csv(f'a,b\n"{"x" * 200_000}",c\n', "a.csv"))[1][1] == "c"
    with pytest.raises(UnreadableFile, match=r"`a\.csv`.*1000000 ký tự") as caught:
        read_csv(f'a,b\n"{"x" * 1_200_000}",c\n', "a.csv")
    assert caught.value.hint


def test_thousands_of_stray_marks_take_no_time():
    began = time.monotonic()
    sheet = read_csv('1;"Tôm;2\n' * 50_000, "a.csv")
    assert time.monotonic() - began < 10
    assert len(sheet.rows) == 50_000


def test_raised_digits_in_cells_are_no_numbers_of_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("TT;Tên;Ghi\n¹;²;³\n1;Tôm;x\n", encoding="utf-8")
    assert [cell.text for cell in SheetReader().read(path).blocks[1].cells] == ["¹", "²", "³"]


def test_no_more_is_read_than_asked_for():
    sheet = read_csv("Tên,Số,Ghi\n\nTôm,1,x\nCá,2,y\n", "a.csv", Extent(rows=2, columns=2))
    assert rows(sheet) == [["Tên", "Số"], ["Tôm", "1"]]
    assert sheet.cut


def test_one_wide_row_does_not_widen_a_long_table(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("Tên,Số\n" + "Tôm,1\n" * 300 + "x," * 400, encoding="utf-8")
    monkeypatch.setattr("indexer.readers.sheet_layout.MAX_CELLS", 5_000)
    raw = SheetReader().read(path)
    widths = [len(block.cells) for block in raw.blocks if block.cells]
    assert len(widths) == 302 and sum(widths) == 2 * 301 + 400
    assert raw.warnings == ()


def test_cells_beyond_the_limit_of_a_table_are_told(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("Tên,Số\n" + "Tôm,1\n" * 300, encoding="utf-8")
    monkeypatch.setattr("indexer.readers.sheet_layout.MAX_CELLS", 100)
    raw = SheetReader().read(path)
    assert sum(len(block.cells) for block in raw.blocks) == 100
    assert "phần vượt quá không được đọc" in raw.warnings[0]
