"""The figures that two reports both state."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indexer.models import FactKind, Period
from search_app.figure_pairs import Gap, Times, shared_figures
from search_app.page_figures import note_words
from tests.factories.documents import make_document
from tests.factories.stored_facts import END_OF_2020, make_fact, with_facts
from tests.search_app.fact_reports import REVENUE, fact_library

POVERTY = "Tỷ lệ hộ nghèo giảm còn 2,5% vào cuối năm 2020."
MONEY = "Thu ngân sách đạt 1.200 tỷ đồng, tăng 12% so với đầu nhiệm kỳ."


def pairs_of(tmp_path, ours, theirs, **about):
    """Return the pairs of two reports whose facts are made by functions of the report."""
    one = make_document("a.txt")
    paragraphs = (POVERTY.replace("2,5%", "4%"), MONEY.replace("1.200", "1.500"))
    two = make_document("b.txt", paragraphs=paragraphs, **({"place": "huyện Bàu Sen"} | about))
    one, two = with_facts(one, *ours(one)), with_facts(two, *theirs(two))
    with fact_library(tmp_path, one, two) as library:
        return shared_figures(library, one, two)


def poverty(written: str, **changes: object):
    return lambda document: [make_fact(document, written, **changes)]


def test_shares_differ_by_points(tmp_path):
    (pair,) = pairs_of(tmp_path, poverty("2,5%"), poverty("4%"))
    assert pair.differs and pair.times is Times.SAME
    assert pair.gap == Gap(Decimal("1.5"), "%", None)
    assert [len(side) for side in (pair.left, pair.right)] == [1, 1]
    assert "2,5%" in pair.left[0].citation.quote and "4%" in pair.right[0].citation.quote


def test_amounts_differ_by_per_cent(tmp_path):
    money = REVENUE | {"period": END_OF_2020}
    (pair,) = pairs_of(
        tmp_path,
        lambda d: [make_fact(d, "1.234,5 tỷ đồng", **money)],
        lambda d: [make_fact(d, "1.500 tỷ đồng", **money)],
    )
    assert pair.gap is not None and pair.gap.unit == "tỷ đồng"
    assert round(pair.gap.percent, 1) == Decimal("21.5")


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": FactKind.TARGET},
        {"indicator": "ty-le-ho-can-ngheo"},
        {"direction": "giảm"},
        {"per": "năm"},
        {"unit": "hộ"},
        {"place": "xã An Hòa"},
        {"period": Period("năm 2012", "2012-01-01", "2012-12-31", explicit=True)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_other_kinds_of_values_are_not_held_against_each_other(tmp_path, changes):
    assert pairs_of(tmp_path, poverty("2,5%"), poverty("4%", **changes)) == ()


def test_a_bound_is_not_subtracted(tmp_path):
    (pair,) = pairs_of(tmp_path, poverty("2,5%"), poverty("4%", qualifier="dưới"))
    assert pair.differs and pair.gap is None


def test_several_values_are_all_there_and_not_subtracted(tmp_path):
    in_2018 = Period("năm 2018", "2018-01-01", "2018-12-31", explicit=True)
    (pair,) = pairs_of(
        tmp_path,
        lambda d: [make_fact(d, "2,5%", period=Period()), make_fact(d, "12%", period=in_2018)],
        poverty("4%"),
    )
    assert len(pair.left) == 2 and pair.gap is None and pair.differs


def test_times_that_both_name_are_rows_of_their_own(tmp_path):
    in_2018 = Period("năm 2018", "2018-01-01", "2018-12-31", explicit=True)

    def both(document):
        written = "2,5%" if "2,5%" in document.text else "4%"
        return [make_fact(document, written), make_fact(document, "12%", period=in_2018)]

    found = pairs_of(tmp_path, both, both)
    assert [pair.differs for pair in found] == [False, True]
    assert all(pair.gap is not None and pair.times is Times.SAME for pair in found)


def test_other_times_of_one_term_are_told(tmp_path):
    early = Period("tháng 11/2019", "2019-11-01", "2019-11-30", explicit=True)
    (pair,) = pairs_of(tmp_path, poverty("2,5%"), poverty("4%", period=early))
    assert pair.times is Times.OTHER


def test_a_value_without_a_time_is_not_subtracted_from_one_of_a_year(tmp_path):
    (pair,) = pairs_of(tmp_path, poverty("2,5%"), poverty("4%", period=Period()))
    assert (pair.times, pair.gap, pair.differs) == (Times.UNSAID, None, True)
    assert note_words(pair) == "một bên không nêu thời điểm"


@pytest.mark.parametrize(
    ("year", "times"), [(2013, Times.UNSAID), (2015, Times.SAME)], ids=["middle", "end"]
)
def test_of_two_terms_only_the_end_is_held_against_a_value_without_a_time(tmp_path, year, times):
    period = Period(f"năm {year}", f"{year}-01-01", f"{year}-12-31", explicit=True)
    (pair,) = pairs_of(
        tmp_path,
        poverty("2,5%", period=Period()),
        poverty("4%", period=period),
        place="huyện An Bình",
        term="2015-2020",
    )
    assert (pair.times, pair.gap is None) == (times, times is Times.UNSAID)


def test_two_terms_of_one_place_are_compared_by_their_place_in_the_report(tmp_path):
    before = Period("cuối năm 2015", "2015-12-31", "2015-12-31", explicit=True)
    (pair,) = pairs_of(
        tmp_path,
        poverty("2,5%"),
        poverty("4%", period=before),
        place="huyện An Bình",
        term="2015-2020",
    )
    assert pair.terms == ("2015-2020", "2010-2015") and pair.times is Times.SAME
    assert pair.gap is not None


def test_what_was_counted_without_saying_of_what_is_left_out(tmp_path):
    unlisted = {"indicator": "du-an", "name": "dự án"}
    assert pairs_of(tmp_path, poverty("2,5%", **unlisted), poverty("4%", **unlisted)) == ()
