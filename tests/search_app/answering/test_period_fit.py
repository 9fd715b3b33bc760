from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.facts.periods import find_periods
from indexer.models import Document, Metadata, Period
from search_app.answering.period_fit import period_fit

DATE = "2020-06-12"
REPORT = Document("a" * 12, "a.txt", "0" * 64, "", Metadata(term="2020-2025", date=DATE))
PAST_TERM = Period("", "2015-01-01", "2020-12-31")
NEXT_TERM = Period("", "2020-01-01", "2025-12-31")
DAYS = st.dates().map(str)
PERIODS = st.builds(
    lambda one, other, explicit: Period("x", *sorted((one, other)), explicit=explicit),
    DAYS,
    DAYS,
    st.booleans(),
)
REPORTS = st.one_of(st.just(""), DAYS).map(
    lambda date: replace(REPORT, metadata=replace(REPORT.metadata, date=date))
)


def written(text):
    return find_periods(text)[0].period


def fit(stated, asked, document=REPORT):
    return period_fit(stated, asked, document)


@given(st.one_of(st.just(Period()), PERIODS), st.one_of(st.none(), PERIODS), REPORTS)
def test_the_fit_is_a_share_and_never_rules_out_alone(stated, asked, document):
    assert 0 < period_fit(stated, asked, document) <= 1


@given(PERIODS, REPORTS)
def test_a_time_fits_itself(stated, document):
    explicit = replace(stated, explicit=True)
    assert period_fit(explicit, explicit, document) == 1


@given(st.one_of(st.just(Period()), PERIODS), REPORTS)
def test_a_question_without_a_time_takes_every_time(stated, document):
    assert period_fit(stated, None, document) == 1
    assert period_fit(stated, Period("khi ấy"), document) == 1


@pytest.mark.parametrize(
    ("better", "worse", "asked"),
    [
        ("năm 2020", "năm 2015", "năm 2020"),
        ("cuối năm 2020", "đầu năm 2016", "năm 2020"),
        ("tháng 6/2019", "tháng 6/2018", "năm 2019"),
        ("năm 2019", "giai đoạn 2015-2020", "năm 2019"),
        ("giai đoạn 2015-2020", "giai đoạn 2010-2015", "nhiệm kỳ 2015-2020"),
        ("giai đoạn 2016-2020", "năm 2014", "nhiệm kỳ 2015-2020"),
        ("giai đoạn 2015-2020", "năm 2025", "năm 2019"),
    ],
)
def test_of_two_written_times_the_nearer_one_fits_better(better, worse, asked):
    assert fit(written(better), written(asked)) > fit(written(worse), written(asked))


@pytest.mark.parametrize("stated", ["cuối năm 2020", "tháng 3/2020", "ngày 05/4/2020"])
def test_a_time_inside_the_one_that_is_asked_for_fits(stated):
    assert fit(written(stated), written("năm 2020")) == 1


def test_a_value_without_a_written_time_is_that_of_the_end_of_its_term():
    at_the_end = fit(PAST_TERM, written("năm 2020"))
    inside = fit(PAST_TERM, written("năm 2017"))
    before = fit(PAST_TERM, written("năm 2012"))
    assert 1 > at_the_end > inside > before


def test_a_value_without_a_written_time_fits_its_whole_term_and_no_other():
    assert fit(PAST_TERM, written("nhiệm kỳ 2015-2020")) > fit(
        PAST_TERM, written("nhiệm kỳ 2010-2015")
    )
    assert fit(NEXT_TERM, written("nhiệm kỳ 2020-2025")) > fit(
        NEXT_TERM, written("nhiệm kỳ 2010-2015")
    )


def test_a_written_time_fits_better_than_one_that_follows_from_the_report():
    asked = written("năm 2020")
    assert fit(written("năm 2020"), asked) > fit(PAST_TERM, asked)


def test_a_value_of_no_time_fits_less_than_one_of_the_time_asked_for():
    asked = written("năm 2020")
    assert fit(Period(), asked) < fit(PAST_TERM, asked) < fit(asked, asked)


def test_a_report_tells_of_the_year_in_which_it_was_written():
    dated = replace(REPORT, metadata=replace(REPORT.metadata, date="2019-11-05"))
    asked = written("năm 2019")
    assert fit(PAST_TERM, asked, dated) > fit(PAST_TERM, asked)
