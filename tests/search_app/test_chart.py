"""The drawing of a chart, and what is drawn."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from search_app.chart import draw, label
from search_app.chart_points import MOST_BARS, Pair, Point, chart_pairs
from search_app.compare import compare

PLACE = "thị xã Vàm Sậy"
SVG = "{http://www.w3.org/2000/svg}"


def bars(svg: bytes, kind: str) -> list[float]:
    """Return the widths of the bars of a kind, without its sign in the legend."""
    found = etree.fromstring(svg).iter(f"{SVG}rect")
    return [float(rect.get("width")) for rect in found if rect.get("class") == kind][1:]


def words(svg: bytes) -> list[str]:
    return ["".join(text.itertext()) for text in etree.fromstring(svg).iter(f"{SVG}text")]


def test_every_value_has_a_bar_of_its_length_and_its_words():
    svg = draw(
        [
            Pair("xã A", 2015, Point(Decimal(10), ""), Point(Decimal(20), "dưới")),
            Pair("xã B", 2020, None, Point(Decimal("5"), "")),
        ]
    )
    (result,) = bars(svg, "result")
    first, second = bars(svg, "target")
    assert (first / result, second / result) == (pytest.approx(2), pytest.approx(0.5))
    assert {"xã A 2015", "xã B 2020", "10", "dưới 20", "5"} <= set(words(svg))


def test_a_name_cannot_add_markup():
    svg = draw([Pair("<script>x</script>", 2020, Point(Decimal(1), ""), None)])
    assert list(etree.fromstring(svg).iter(f"{SVG}script")) == []
    assert "<script>x</script> 2020" in words(svg)


@pytest.mark.parametrize("value", ["0", "-3"])
def test_what_has_no_length_is_drawn_all_the_same(value):
    svg = draw([Pair("xã A", 2020, Point(Decimal(value), ""), None)])
    assert label(Point(Decimal(value), "")) in words(svg)


@pytest.mark.parametrize(
    ("value", "written"),
    [("46028", "46.028"), ("0.92", "0,92"), ("10.0", "10"), ("1234.50", "1.234,5")],
)
def test_numbers_are_written_as_vietnamese_writes_them(value, written):
    assert label(Point(Decimal(value), "")) == written


def test_result_stands_beside_target_of_the_same_year(sample_library):
    pairs = chart_pairs(compare(sample_library, "ty-le-do-thi-hoa", (PLACE,)))
    by_year = {pair.year: pair for pair in pairs}
    assert by_year[2020] == Pair(PLACE, 2020, Point(Decimal("43.2"), ""), Point(Decimal(45), ""))
    assert by_year[2025].result is None


def test_values_that_contradict_each_other_are_not_drawn(sample_library):
    pairs = chart_pairs(compare(sample_library, "ty-le-ho-su-dung-nuoc-sach", (PLACE,)))
    (last,) = [pair for pair in pairs if pair.year == 2020]
    assert last.result is None
    assert last.target == Point(Decimal(95), "")


def test_one_value_makes_no_chart(sample_library):
    assert chart_pairs(compare(sample_library, "tỷ lệ thất nghiệp")) == ()


def test_a_chart_stays_of_a_size_to_be_read(sample_library):
    assert len(chart_pairs(compare(sample_library, "ty-le-ho-ngheo"))) <= MOST_BARS


def test_a_start_is_an_outline_with_its_own_date():
    svg = draw([Pair("xã A", 2015, None, None, Point(Decimal("9.4"), ""), "đầu năm 2016")])
    assert len(bars(svg, "start")) == 1
    assert {"xã A đầu năm 2016", "đầu kỳ"} <= set(words(svg))


def test_a_start_of_the_term_is_no_result(sample_library):
    pairs = chart_pairs(compare(sample_library, "ty-le-ho-ngheo", (PLACE,)))
    (start,) = [pair for pair in pairs if pair.date == "đầu năm 2016"]
    assert (start.result, start.start) == (None, Point(Decimal("8.94"), ""))
