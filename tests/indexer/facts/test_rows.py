"""Rows of invented tables: what each column says of the thing that the row names."""

from __future__ import annotations

import pytest

from tests.factories.facts import facts_in

HEADINGS = (
    "TT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Nghị quyết",
    "Thực hiện",
    "So với NQ",
    "Mục tiêu 2025",
)


def rows(*lines: tuple[str, ...], headings: tuple[str, ...] = HEADINGS):
    table = "\n".join("\t".join(cells) for cells in (headings, *lines))
    return facts_in(f"Kết quả như sau:\n{table}\n")


def test_each_column_says_what_its_number_is():
    facts = rows(
        ("1", "Tỷ lệ hộ nghèo", "%", "dưới 4", "3,1", "Đạt", "dưới 2"),
        ("2", "Sản lượng mật ong", "tấn", "100", "120", "120%", "150"),
    )
    assert [(str(f.quantity.value), f.kind.value) for f in facts] == [
        ("4", "target"),
        ("3.1", "result"),
        ("2", "target"),
        ("100", "target"),
        ("120", "result"),
        ("120", "share_of_target"),
        ("150", "target"),
    ]
    assert [f.quantity.unit for f in facts] == ["%", "%", "%", "tấn", "tấn", "%", "tấn"]
    assert {f.name for f in facts} == {"tỷ lệ hộ nghèo", "sản lượng mật ong"}


def test_targets_of_a_year_and_of_the_term_looked_back_on_have_their_own_time():
    facts = rows(("1", "Tỷ lệ hộ nghèo", "%", "4", "3,1", "Đạt", "2"))
    periods = [(f.period.start, f.period.end) for f in facts]
    assert periods == [
        ("2015-01-01", "2020-12-31"),
        ("2015-01-01", "2020-12-31"),
        ("2025-01-01", "2025-12-31"),
    ]


def test_a_term_in_the_name_of_the_row_is_the_time_of_its_values():
    facts = rows(("1", "Kết nạp đảng viên mới 5 năm", "đảng viên", "60", "64", "Vượt", "70"))
    assert {f.name for f in facts} == {"kết nạp đảng viên mới"}
    assert [f.period.start for f in facts] == ["2015-01-01", "2015-01-01", "2020-01-01"]


def test_columns_of_years_are_results_up_to_the_report_and_targets_after_it():
    headings = ("TT", "Chỉ tiêu", "ĐVT", "Năm 2018", "Năm 2020", "Năm 2025")
    facts = rows(("1", "Đàn bò", "con", "800", "900", "1.200"), headings=headings)
    assert [f.kind.value for f in facts] == ["result", "result", "target"]


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (("TT", "Họ tên", "Chức vụ", "Tuổi"), ("1", "Trần Văn An", "Bí thư", "45")),
        (("TT", "Chỉ tiêu", "ĐVT", "Nghị quyết"), ("1", "", "%", "45")),
        (("TT", "Chỉ tiêu", "ĐVT", "Thực hiện"), ("1", "Đàn bò", "con", "đang rà soát")),
    ],
)
def test_nothing_is_guessed_from_other_tables(headings, cells):
    assert not rows(cells, headings=headings)


def test_the_quote_is_the_row_and_the_clause_its_cell():
    for fact in rows(("1", "Đàn bò", "con", "800", "900", "Vượt", "1.200")):
        assert fact.quote.holds(fact.clause)
        assert fact.clause.holds(fact.quantity.span)
