"""Every example is invented; each names one way in which reports write time."""

from __future__ import annotations

import time

import pytest

from indexer.facts.periods import find_periods, overlaps, term_period
from indexer.models import Period

DATED = "2019-11-05"
TERM = "2020-2025"


def read(text: str, dated: str = "", term: str = "") -> list[tuple[str, str, str]]:
    found = find_periods(text, dated, term)
    assert all(one.span.of(text) == one.period.text and one.period.explicit for one in found)
    return [(one.period.text, one.period.start, one.period.end) for one in found]


@pytest.mark.parametrize(
    ("text", "written", "start", "end"),
    [
        ("hộ nghèo năm 2018 còn", "năm 2018", "2018-01-01", "2018-12-31"),
        ("hộ nghèo 2018 là bao nhiêu", "2018", "2018-01-01", "2018-12-31"),
        ("tăng 4% so với 2015,", "2015", "2015-01-01", "2015-12-31"),
        ("còn 28% (2020)", "2020", "2020-01-01", "2020-12-31"),
        ("cuối năm 2019 còn", "cuối năm 2019", "2019-12-31", "2019-12-31"),
        ("đầu năm 2016", "đầu năm 2016", "2016-01-01", "2016-01-01"),
        ("giữa năm 2018", "giữa năm 2018", "2018-07-01", "2018-07-01"),
        ("giai đoạn 2016-2020", "giai đoạn 2016-2020", "2016-01-01", "2020-12-31"),
        ("2016 – 2020 tăng", "2016 – 2020", "2016-01-01", "2020-12-31"),
        ("nhiệm kỳ 2015- 2020", "nhiệm kỳ 2015- 2020", "2015-01-01", "2020-12-31"),
        ("giải pháp 5 năm 2021 - 2025", "5 năm 2021 - 2025", "2021-01-01", "2025-12-31"),
        ("đến năm 2025 đạt", "năm 2025", "2025-01-01", "2025-12-31"),
        ("đến cuối năm 2025", "cuối năm 2025", "2025-12-31", "2025-12-31"),
        ("từ năm 2016 đến năm 2019", "từ năm 2016 đến năm 2019", "2016-01-01", "2019-12-31"),
        ("từ 2016 đến 2020", "từ 2016 đến 2020", "2016-01-01", "2020-12-31"),
        ("tháng 6 năm 2020", "tháng 6 năm 2020", "2020-06-01", "2020-06-30"),
        ("tháng 02/2020", "tháng 02/2020", "2020-02-01", "2020-02-29"),
        ("ngày 05/11/2019", "ngày 05/11/2019", "2019-11-05", "2019-11-05"),
        (
            "ngày 5 tháng 11 năm 2019",
            "ngày 5 tháng 11 năm 2019",
            "2019-11-05",
            "2019-11-05",
        ),
        ("quý III năm 2019", "quý III năm 2019", "2019-07-01", "2019-09-30"),
        ("quý 4/2019", "quý 4/2019", "2019-10-01", "2019-12-31"),
        ("9 tháng đầu năm 2019", "9 tháng đầu năm 2019", "2019-01-01", "2019-09-30"),
        ("3 tháng cuối năm 2019", "3 tháng cuối năm 2019", "2019-10-01", "2019-12-31"),
    ],
)
def test_written_periods_need_no_report(text, written, start, end):
    assert read(text) == [(written, start, end)]


@pytest.mark.parametrize(
    ("text", "written", "start", "end"),
    [
        ("hiện nay còn 5%", "hiện nay", DATED, DATED),
        ("toàn xã hiện có 45 hộ", "hiện có", DATED, DATED),
        ("đến nay đạt", "đến nay", DATED, DATED),
        ("6 tháng đầu năm tăng", "6 tháng đầu năm", "2019-01-01", "2019-06-30"),
        ("năm nay tăng", "năm nay", "2019-01-01", "2019-12-31"),
        ("5 năm qua tăng", "5 năm qua", "2015-01-01", "2020-12-31"),
        ("trong nhiệm kỳ qua đã", "trong nhiệm kỳ qua", "2015-01-01", "2020-12-31"),
        ("cả nhiệm kỳ đạt", "cả nhiệm kỳ", "2015-01-01", "2020-12-31"),
        ("so với đầu nhiệm kỳ", "đầu nhiệm kỳ", "2015-01-01", "2015-01-01"),
        ("ước đến cuối nhiệm kỳ", "cuối nhiệm kỳ", "2020-12-31", "2020-12-31"),
        ("giảm so nhiệm kỳ trước", "nhiệm kỳ trước", "2010-01-01", "2015-12-31"),
        ("nhiệm kỳ tới sẽ", "nhiệm kỳ tới", "2020-01-01", "2025-12-31"),
        ("cuối nhiệm kỳ tới", "cuối nhiệm kỳ tới", "2025-12-31", "2025-12-31"),
        ("từ tháng 9/2015 đến nay", "từ tháng 9/2015 đến nay", "2015-09-01", DATED),
        ("từ đầu nhiệm kỳ đến nay", "từ đầu nhiệm kỳ đến nay", "2015-01-01", DATED),
    ],
)
def test_relative_periods_follow_from_the_report(text, written, start, end):
    assert read(text, DATED, TERM) == [(written, start, end)]
    assert (written, start, end) not in read(text)


def test_each_year_of_a_list_is_a_period():
    assert [text for text, *_ in read("các năm 2016, 2017 và 2018")] == [
        "các năm 2016",
        "2017",
        "2018",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "hằng năm đều tăng, bình quân mỗi năm 5%",
        "thực hiện tốt, phát hiện kịp thời, hiện đại hóa",
        "có 2015 hộ và 2016 ha",
        "theo giá so sánh năm 2010",
        "theo Luật Hợp tác xã năm 2012",
        "theo Nghị quyết số 31-NQ/TU, ngày 30/01/2008 của Tỉnh ủy",
        "Quyết định số 15/2019 của",
        "Nghị định 61/2018/NĐ-CP",
        "ISO 9001:2015",
        "ngày 31/02/2019",
        "năm sau cao hơn năm trước",
        "những nhiệm kỳ tiếp theo",
        "trong giai đoạn hiện nay",
    ],
)
def test_other_words_and_numbers_are_no_periods(text):
    assert read(text, DATED, TERM) == []


@pytest.mark.parametrize("dated", ["", "2019"])
def test_a_date_that_is_not_known_to_the_day_gives_what_is_known(dated):
    expected = [("hiện nay", "2019-01-01", "2019-12-31")] if dated else []
    assert read("hiện nay", dated) == expected


def test_periods_are_in_order_without_overlaps():
    text = "Giảm từ 9% (đầu năm 2016) xuống 2% cuối năm 2020; giai đoạn 2021 - 2025 còn 1%."
    found = find_periods(text, DATED, TERM)
    assert [one.span.of(text) for one in found] == [
        "đầu năm 2016",
        "cuối năm 2020",
        "giai đoạn 2021 - 2025",
    ]


def test_a_term_and_the_one_before_it():
    assert term_period("2020 – 2025", past=False) == Period(start="2020-01-01", end="2025-12-31")
    assert term_period(TERM, past=True) == Period(start="2015-01-01", end="2020-12-31")
    assert term_period("", past=True) == Period()


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (("2015-01-01", "2015-12-31"), ("2015-12-31", "2016-12-31"), True),
        (("2015-01-01", "2015-12-31"), ("2016-01-01", "2016-12-31"), False),
        (("2015-01-01", ""), ("2019-01-01", "2019-12-31"), True),
        (("", "2018-12-31"), ("2019-01-01", "2019-12-31"), False),
        (("", ""), ("2019-01-01", "2019-12-31"), False),
    ],
)
def test_periods_overlap_when_they_share_a_day(one, other, shared):
    first, second = (Period(start=start, end=end) for start, end in (one, other))
    assert overlaps(first, second) is shared
    assert overlaps(second, first) is shared


@pytest.mark.parametrize(
    "piece", ["2019 ", "2016-2020 đến ", "1/2/2019", "từ năm ", "Luật năm 2012 "]
)
def test_hostile_text_takes_linear_time(piece):
    began = time.perf_counter()
    find_periods(piece * 20_000, DATED, TERM)
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    ("text", "written", "last"),
    [
        ("Từ năm 2016 đến nay tăng", "Từ năm 2016 đến nay", "2020-12-31"),
        ("từ năm 2017 tăng", "từ năm 2017", "2020-12-31"),
        ("từ năm 2022 sẽ", "từ năm 2022", "2025-12-31"),
        ("đầu nhiệm kỳ đến nay", "đầu nhiệm kỳ đến nay", "2020-12-31"),
    ],
)
def test_an_open_period_ends_with_the_term_when_no_date_is_known(text, written, last):
    assert [(one, end) for one, _, end in read(text, term=TERM)] == [(written, last)]
    assert read(text) == []


def test_an_open_period_ends_with_the_date_that_is_known():
    assert read("từ năm 2017 tăng", DATED, TERM) == [("từ năm 2017", "2017-01-01", DATED)]


@pytest.mark.parametrize(
    "text",
    ["trước năm 2020", "sau năm 2015", "trước tháng 6 năm 2020", "trước 2020", "từ năm 2030"],
)
def test_what_has_no_two_ends_is_no_period(text):
    assert read(text, DATED, TERM) == []


def test_months_of_a_year_that_is_not_known_are_no_period():
    assert read("9 tháng đầu năm", term=TERM) == []


@pytest.mark.parametrize("text", ["5 năm", "Năm năm qua", "Trong 5 năm, đã", "Năm năm, có"])
def test_the_years_of_a_term_are_the_term_looked_back_on(text):
    assert [(start, end) for _, start, end in read(text, term=TERM)] == [
        ("2015-01-01", "2020-12-31")
    ]


@pytest.mark.parametrize("text", ["trên 5 năm,", "mức án 5 năm.", "chu kỳ 5 năm, đã"])
def test_a_length_is_no_term(text):
    assert read(text, DATED, TERM) == []


def test_a_start_with_its_own_value_stays_a_time_of_its_own():
    found = read("từ năm 2016 (9,4%) đến năm 2020 (2,1%)", DATED, TERM)
    assert [start for _, start, _ in found] == ["2016-01-01", "2020-01-01"]
