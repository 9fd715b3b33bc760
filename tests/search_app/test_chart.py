"""The drawing of a chart, and what is drawn."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from lxml import etree

from search_app.chart import draw, draw_in_page, label
from search_app.chart_points import MOST_BARS, Pair, Point, chart_pairs
from search_app.compare import compare

PLACE = "thị xã Vàm Sậy"
SVG = "{http://www.w3.org/2000/svg}"


def bars(svg: bytes, kind: str) -> list[float]:
    """Return the widths of the bars of a kind, or the lengths of the lines of targets."""
    root = etree.fromstring(svg)
    if kind == "target":
        lines = [line for line in root.iter(f"{SVG}path") if line.get("class") == kind]
        return [_length(line.get("d")) for line in lines]
    found = (rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == kind)
    return [float(rect.get("width")) for rect in found]


def _length(path: str) -> float:
    start, end = re.findall(r"[ML](-?[\d.]+),", path)
    return float(end) - float(start)


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
    said = {"xã A", "2015", "xã B", "2020", "kết quả 10", "chỉ tiêu dưới 20", "chỉ tiêu 5"}
    assert said <= set(words(svg))


def test_a_name_cannot_add_markup():
    svg = draw([Pair("<script>x</script>", 2020, Point(Decimal(1), ""), None)])
    assert list(etree.fromstring(svg).iter(f"{SVG}script")) == []
    assert "<script>x</script>" in words(svg)


@pytest.mark.parametrize("value", ["0", "-3"])
def test_what_has_no_length_is_drawn_all_the_same(value):
    svg = draw([Pair("xã A", 2020, Point(Decimal(value), ""), None)])
    assert f"kết quả {label(Point(Decimal(value), ''))}" in words(svg)


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
    assert {"đầu kỳ", "đầu năm 2016: 9,4"} <= set(words(svg))


def test_every_value_in_a_page_leads_to_the_fact_that_states_it(sample_library):
    pairs = chart_pairs(compare(sample_library, "ty-le-do-thi-hoa", (PLACE,)))
    cited = [point.cited for pair in pairs for point in pair.points]
    assert all(cited)
    svg = draw_in_page(pairs, lambda one: f"/to/{one.fact.passage_id}")
    root = etree.fromstring(svg)
    links = list(root.iter(f"{SVG}a"))
    assert {link.get("href") for link in links} == {f"/to/{one.fact.passage_id}" for one in cited}
    assert len(links) == len(cited)
    for link in links:
        shown = "".join(link.find(f"{SVG}text").itertext())
        assert link.findtext(f"{SVG}title").startswith(shown)


def test_a_value_reads_as_name_number_and_unit(sample_library):
    pairs = chart_pairs(compare(sample_library, "ty-le-do-thi-hoa", (PLACE,)))
    said = words(draw(pairs))
    assert {"kết quả 43,2 %", "chỉ tiêu 45 %"} <= set(said)


def test_a_chart_in_a_page_has_no_style_of_its_own(sample_library):
    pairs = chart_pairs(compare(sample_library, "ty-le-do-thi-hoa", (PLACE,)))
    svg = draw_in_page(pairs, lambda _one: "/")
    assert "style" not in svg and "<?xml" not in svg


def test_a_start_of_the_term_is_no_result(sample_library):
    pairs = chart_pairs(compare(sample_library, "ty-le-ho-ngheo", (PLACE,)))
    (start,) = [pair for pair in pairs if pair.date == "đầu năm 2016"]
    assert (start.result, start.start) == (None, Point(Decimal("8.94"), ""))
