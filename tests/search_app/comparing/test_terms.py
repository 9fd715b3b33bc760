"""The term of which a value speaks."""

from __future__ import annotations

import pytest

from indexer.models import FactKind, Period
from search_app.comparing.terms import last_year, term_of, years_of
from tests.factories.stated import END_2020, PAST, YEAR_2020, fact


def year(number: int) -> Period:
    return Period(f"năm {number}", f"{number}-01-01", f"{number}-12-31", explicit=True)


START_2016 = Period("đầu năm 2016", "2016-01-01", "2016-01-01", explicit=True)


@pytest.mark.parametrize(
    ("kind", "period", "report", "term"),
    [
        (FactKind.RESULT, END_2020, "2020-2025", "2015-2020"),
        (FactKind.RESULT, PAST, "2020-2025", "2015-2020"),
        (FactKind.RESULT, year(2015), "2020-2025", "2010-2015"),
        (FactKind.RESULT, year(2023), "2020-2025", "2020-2025"),
        (FactKind.TARGET, YEAR_2020, "2015-2020", "2015-2020"),
        (FactKind.TARGET, PAST, "2020-2025", "2015-2020"),
        (FactKind.TARGET, year(2030), "2020-2025", "2025-2030"),
        (FactKind.TARGET, Period(), "2020-2025", "2020-2025"),
        (FactKind.RESULT, Period(), "2020-2025", "2015-2020"),
        (FactKind.BASELINE, START_2016, "2020-2025", "2015-2020"),
        (FactKind.BASELINE, year(2015), "2020-2025", "2015-2020"),
        (FactKind.BASELINE, year(2020), "2020-2025", "2020-2025"),
        (FactKind.BASELINE, PAST, "2020-2025", "2015-2020"),
        (FactKind.RESULT, year(2019), "", "2019"),
        (FactKind.RESULT, Period("", "2016-01-01", "2020-12-31"), "", "2016-2020"),
        (FactKind.RESULT, Period(), "", ""),
    ],
)
def test_results_look_back_and_targets_forward(kind, period, report, term):
    assert term_of(fact("5", kind, period=period), report) == term


def test_a_target_and_the_result_of_the_next_report_meet_in_one_term():
    target = fact("80", FactKind.TARGET, period=YEAR_2020)
    result = fact("90.4", period=PAST)
    assert term_of(target, "2015-2020") == term_of(result, "2020-2025") == "2015-2020"


@pytest.mark.parametrize(
    ("term", "years"), [("2020 – 2025", (2020, 2025)), ("khóa XII", None), ("2025-2020", None)]
)
def test_years_of_a_term(term, years):
    assert years_of(term) == years


def test_targets_are_due_in_the_last_year():
    assert [last_year(term) for term in ("2015-2020", "2019", "khóa XII")] == [2020, 2019, None]
