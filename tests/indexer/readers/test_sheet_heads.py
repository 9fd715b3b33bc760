"""Where tables of a sheet begin and which rows are their headings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.models import BlockKind
from indexer.readers.sheet_grid import GridCell, Merge, Sheet
from indexer.readers.sheet_layout import Layout

HEADS = ["TT", "Chỉ tiêu", "2020", "2021"]


def sheet_of(rows: Sequence[Sequence[str | int]], *merges: Merge) -> Sheet:
    sheet = Sheet("", merges=list(merges))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.put(at, column, GridCell(str(value), number=isinstance(value, int)))
    return sheet


def shown(rows: Sequence[Sequence[str | int]], *merges: Merge) -> list[tuple[int, bool, str]]:
    """Return of every block its table, whether it is a heading, and its text."""
    found = []
    for block in Layout().blocks(sheet_of(rows, *merges), named=False):
        is_row = block.kind is BlockKind.TABLE_ROW
        text = "|".join(cell.text for cell in block.cells) if is_row else block.text
        found.append((block.table, block.header, text))
    return found


@pytest.mark.parametrize(
    "group", [["II", "Chi"], ["", "Tổng chi ngân sách"], ["II. Chi"], ["B", "Chi", "x", "x"]]
)
def test_a_group_row_behind_a_blank_one_begins_no_table(group):
    found = shown([HEADS, ["1", "Tôm", 5, 6], [], group, ["2", "Cá", 7, 8]])
    assert [table for table, _, _ in found] == [1, 1, 1, 1]
    assert [header for _, header, _ in found] == [True, False, False, False]


@pytest.mark.parametrize(
    "second",
    [
        [HEADS],
        [["Biểu 2. Cây trồng"], HEADS],
        [["Biểu 2. Cây trồng"], [], HEADS],
        [["TT", "Cây", 2020, 2021]],
    ],
)
def test_headings_behind_a_blank_row_begin_a_table(second):
    found = shown([HEADS, ["1", "Tôm", 5, 6], [], *second, ["1", "Lúa", 7, 8]])
    assert [header for _, header, _ in found][-2:] == [True, False]
    assert found[-1][0] == found[-2][0] != 1


def test_notes_behind_a_blank_row_stand_under_the_table():
    found = shown([HEADS, ["1", "Tôm", 5, 6], [], ["Ghi chú: số ước"], [], ["Người lập"]])
    assert found[2:] == [(0, False, "Ghi chú: số ước"), (0, False, "Người lập")]


@pytest.mark.parametrize(
    "above", [["Kèm theo Tờ trình", "", "", "Mẫu B"], ["ỦY BAN", "", "", "CỘNG HÒA"]]
)
def test_a_line_of_two_cells_over_a_table_is_none_of_its_headings(above):
    data = ["1", "Tôm", 5, 6]
    direct = shown([above, HEADS, data])
    assert [header for _, header, _ in direct] == [False, True, False]
    assert direct[0][0] != direct[1][0]
    titled = shown([above, ["BIỂU TÔM CÁ"], HEADS, data])
    assert titled[1] == (0, False, "BIỂU TÔM CÁ")
    assert [header for _, header, _ in titled] == [False, False, True, False]


def test_a_merged_letterhead_is_none_of_the_headings():
    rows = [["ỦY BAN", "", "CỘNG HÒA", ""], ["BIỂU TÔM"], HEADS, ["1", "Tôm", 5, 6]]
    found = shown(rows, Merge(0, 0, 0, 1), Merge(0, 2, 0, 3))
    assert [header for _, header, _ in found] == [False, False, True, False]


def test_a_letterhead_over_words_only_is_none_of_the_headings():
    heads, data = ["TT", "Họ tên", "Chức vụ"], ["a", "Bùi Ao", "Thư ký"]
    found = shown([["ỦY BAN", "", "CỘNG HÒA"], ["DANH SÁCH"], heads, data, data])
    assert [header for _, header, _ in found] == [False, False, True, False, False]


def test_headings_in_two_rows_without_merged_cells_are_headings():
    found = shown([["TT", "Chỉ tiêu", "Năm"], ["", "", "2020", "2021"], ["1", "Tôm", 5, 6]])
    assert [header for _, header, _ in found] == [True, True, False]
    groups = [["", "", "Kế hoạch", "", "Thực hiện", ""], ["TT", "Tên", *["Xã", "Huyện"] * 2]]
    found = shown([*groups, ["1", "Tôm", 5, 6, 7, 8]], Merge(0, 2, 0, 3), Merge(0, 4, 0, 5))
    assert [header for _, header, _ in found] == [True, True, False]


def test_words_among_the_figures_are_no_headings():
    found = shown([HEADS, ["I. Thủy sản"], ["a", "Ốc", "chưa có", "không"], ["1", "Tôm", 5, 6]])
    assert [header for _, header, _ in found] == [True, False, False, False]
