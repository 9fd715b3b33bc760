"""The rows of a comparison, on facts made by hand."""

from __future__ import annotations

import pytest

from indexer.models import FactKind, Period
from search_app.comparing.rows import Measure, comparison_rows, distinct_values
from tests.factories.stated import PAST, YEAR_2020, fact, placed, report

EARLIER = report("II- CHỈ TIÊU\nTỷ lệ mái ngói đạt 95%.", "2015-2020", "cu.txt")
LATER = report("I- KẾT QUẢ\nTỷ lệ mái ngói từ 80% lên 97,3%; đạt 102%NQ (chỉ tiêu NQ 90%).")
TARGET = FactKind.TARGET
HIGHER = Measure("tỷ lệ mái ngói", "higher")

AIM = placed(EARLIER, "95%", fact("95", TARGET, period=YEAR_2020))
RESULT = placed(LATER, "97,3%", fact("97.3"))


def values(cell):
    return [str(cited.fact.quantity.value) for cited in cell]


def test_the_target_of_one_report_stands_beside_the_result_of_the_next():
    start = placed(LATER, "80%", fact("80", FactKind.BASELINE, period=PAST))
    quoted = placed(LATER, "90%", fact("90", TARGET))
    share = placed(LATER, "102%", fact("102", FactKind.SHARE_OF_TARGET))
    (row,) = comparison_rows([AIM, start, RESULT, share, quoted], HIGHER)
    assert (row.place, row.term, row.part) == ("thị xã Bến Lội", "2015-2020", "")
    assert values(row.baseline) == ["80"]
    assert sorted(values(row.target)) == ["90", "95"]
    assert values(row.result) == ["97.3"]
    assert values(row.share_of_target) == ["102"]
    assert row.verdict.reached is True
    assert row.missing == ""


def test_a_missing_side_is_said():
    (row,) = comparison_rows([AIM], HIGHER)
    assert row.missing == "chưa có kết quả trong các báo cáo đã đọc"
    assert row.verdict.reached is None
    (row,) = comparison_rows([RESULT], HIGHER)
    assert row.missing == "chưa có chỉ tiêu trong các báo cáo đã đọc"


def test_a_result_before_the_last_year_decides_nothing():
    year = Period("năm 2018", "2018-01-01", "2018-12-31", explicit=True)
    early = placed(LATER, "97,3%", fact("97.3", period=year))
    (row,) = comparison_rows([AIM, early], HIGHER)
    assert values(row.result) == ["97.3"]
    assert row.verdict.reached is None
    assert "năm cuối" in row.verdict.reason


@pytest.mark.parametrize("period", [PAST, YEAR_2020])
def test_one_year_does_not_miss_the_target_of_five(period):
    aim = placed(EARLIER, "95%", fact("9500", TARGET, unit="mái", period=period))
    result = placed(LATER, "97,3%", fact("2100", unit="mái", period=YEAR_2020))
    (row,) = comparison_rows([aim, result], HIGHER)
    assert row.verdict.reached is None
    assert "một năm" in row.verdict.reason


def test_a_part_has_a_row_of_its_own_after_the_whole():
    part = placed(LATER, "80%", fact("80", name="ở xã"), scope=frozenset({"xã"}))
    whole, of_part = comparison_rows([part, AIM, RESULT], HIGHER)
    assert (whole.part, values(whole.result)) == ("", ["97.3"])
    assert (of_part.part, values(of_part.result), of_part.missing) == ("ở xã", ["80"], "")


def test_a_rise_is_a_result_of_an_indicator_of_growth_only():
    rise = placed(LATER, "97,3%", fact("9", FactKind.CHANGE, direction="tăng", per="năm"))
    aim = placed(EARLIER, "95%", fact("8", TARGET, period=YEAR_2020))
    assert comparison_rows([rise], HIGHER) == ()
    (row,) = comparison_rows([rise, aim], Measure("tốc độ tăng mái ngói", "higher"))
    assert values(row.result) == ["9"]
    assert row.verdict.reached is True


def test_the_words_of_the_report_are_seen():
    said = report("I- KẾT QUẢ\nTỷ lệ mái ngói đạt 97,3%, vượt Nghị quyết; các xã 80%.")
    (row,) = comparison_rows([placed(said, "97,3%", fact("97.3"))], Measure("tỷ lệ mái ngói"))
    assert row.verdict.reached is True
    (row,) = comparison_rows([placed(said, "80%", fact("80"))], Measure("tỷ lệ mái ngói"))
    assert row.verdict.reached is None


def test_equal_values_of_a_cell_stand_together():
    again = placed(LATER, "90%", fact("97.3"))
    other = placed(LATER, "80%", fact("80"))
    groups = distinct_values([RESULT.cited, other.cited, again.cited])
    assert [values(group) for group in groups] == [["97.3", "97.3"], ["80"]]
