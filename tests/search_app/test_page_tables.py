"""Tables of the reading page: wide cells, numbers, the column that names the rows."""

from __future__ import annotations

import pytest

from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from search_app.page_document import reading


def table(*rows: str):
    text = (
        "I- KẾT QUẢ\nKết quả như sau:\n"
        + "\n".join("\t".join(row.split(" | ")) for row in rows)
        + "\nHết.\n"
    )
    document = build_document(read_text(text), "a.txt", "0" * 64)
    return next(block for block in reading(document).blocks if block.kind == "table")


def cells(block, row: int):
    return ["".join(piece.text for piece in cell.pieces) for cell in block.rows[row].cells]


@pytest.fixture
def figures():
    return table(
        "TT | Chỉ tiêu | Đơn vị | Năm 2020",
        "1 | Tỷ lệ hộ nghèo | % | 2,5",
        "2 | Diện tích cây mắc ca | ha | 1.250",
    )


def test_a_table_keeps_its_headings_and_rows(figures):
    assert figures.headings == ("TT", "Chỉ tiêu", "Đơn vị", "Năm 2020")
    assert cells(figures, 1) == ["2", "Diện tích cây mắc ca", "ha", "1.250"]


def test_numbers_are_known_and_words_that_begin_with_a_digit_are_none(figures):
    assert [cell.is_number for cell in figures.rows[0].cells] == [True, False, False, True]
    other = table("Mục | Nội dung | Nơi", "a | 5 xã đạt chuẩn | An Hòa", "b | 3 xã | An Phú")
    assert not any(cell.is_number for row in other.rows for cell in row.cells)


def test_the_column_that_names_the_rows_is_not_the_one_that_counts_them(figures):
    assert figures.names == 1
    assert [cell.is_name for cell in figures.rows[0].cells] == [False, True, False, False]


def test_a_table_of_numbers_alone_has_no_such_column():
    assert table("A | B | C", "1 | 2 | 3", "4 | 5 | 6").names == -1
