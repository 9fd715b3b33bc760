from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import QueryTooLong, UnknownFilter
from indexer.models import Document, Fact, FactKind
from search_app.facts import FactList, FactRequest, list_facts
from search_app.search import Library
from tests.search_app.fact_reports import fact_library, make_reports


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with fact_library(tmp_path_factory.mktemp("facts"), *make_reports()) as opened:
        yield opened


def told(found: FactList) -> list[str]:
    return [
        f"{cited.fact.place}: {cited.fact.quantity.span.of(cited.document.text)}"
        f" {cited.fact.kind.value}"
        for cited in found.facts
    ]


def wanted(library: Library, **request: object) -> list[str]:
    return told(list_facts(library, FactRequest(**request)))


def test_all_facts_are_ordered_by_place_indicator_and_period(library):
    found = list_facts(library, FactRequest())
    assert found.total == 7
    assert told(found) == [
        "huyện An Bình: 1.234,5 tỷ đồng result",
        "huyện An Bình: 12% change",
        "huyện An Bình: 2,5% result",
        "huyện Bàu Sen: 2,5% target",
        "huyện Bàu Sen: 2,5% baseline",
        "huyện Bàu Sen: 10 xã result",
        "xã An Hòa: 12 xã result",
    ]


def test_a_fact_is_cited_by_the_sentence_that_states_it(library):
    for cited in list_facts(library, FactRequest()).facts:
        assert cited.citation.span == cited.fact.quote
        assert cited.citation.quote == cited.fact.quote.of(cited.document.text)
        assert cited.citation.passage.id == cited.fact.passage_id
        assert cited.document.metadata.place in cited.citation.text


@pytest.mark.parametrize(
    "indicator", ["thu ngân sách", "THU NGAN SACH", "thu-ngan-sach-tren-dia-ban"]
)
def test_facts_are_chosen_by_indicator(library, indicator):
    assert wanted(library, indicator=indicator) == [
        "huyện An Bình: 1.234,5 tỷ đồng result",
        "huyện An Bình: 12% change",
    ]


def test_the_abbreviation_in_a_report_is_found_by_its_long_form(library):
    assert wanted(library, indicator="đạt chuẩn nông thôn mới") == ["xã An Hòa: 12 xã result"]


def test_a_place_is_that_of_the_report_or_that_of_the_fact(library):
    assert len(wanted(library, places=("An Bình",))) == 4
    assert wanted(library, places=("an hoa",)) == ["xã An Hòa: 12 xã result"]
    assert len(wanted(library, places=("an hoa", "bau sen"))) == 4


def test_facts_are_chosen_by_kind_term_and_document(library):
    assert wanted(library, kinds=("chỉ tiêu",)) == ["huyện Bàu Sen: 2,5% target"]
    assert wanted(library, kinds=("target",)) == ["huyện Bàu Sen: 2,5% target"]
    assert len(wanted(library, kinds=("target", "change"))) == 2
    assert {line.split(":")[0] for line in wanted(library, terms=("2015–2020",))} == {
        "huyện Bàu Sen"
    }
    one, two = make_reports()
    assert len(wanted(library, documents=(one.id,))) == 4
    assert wanted(library, documents=(one.id,), terms=("2015-2020",)) == []
    assert len(wanted(library, documents=(one.id, two.id))) == 7


@pytest.mark.parametrize(
    ("period", "count"),
    [("2020", 6), ("2016-2019", 3), ("năm 2018", 3), ("cuối năm 2020", 6), ("2021-2025", 0)],
)
def test_a_period_chooses_what_touches_it(library, period, count):
    assert len(wanted(library, period=period)) == count


def test_a_page_knows_the_total_and_pages_make_the_whole(library):
    whole = told(list_facts(library, FactRequest()))
    pages = [list_facts(library, FactRequest(limit=3, offset=at)) for at in (0, 3, 6, 9)]
    assert [page.total for page in pages] == [7] * 4
    assert [line for page in pages for line in told(page)] == whole
    assert told(list_facts(library, FactRequest(limit=0))) == []


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        ({"indicator": "thu ngân sáchh"}, "Gần nhất có: .*Thu ngân sách"),
        ({"places": ("Cồn Mây",)}, "huyện An Bình, huyện Bàu Sen, xã An Hòa"),
        ({"terms": ("1990-1995",)}, "Các giá trị có: 2015-2020, 2020-2025"),
        ({"period": "ngày xưa"}, "2016-2020, cuối năm 2020"),
        ({"kinds": ("ước mơ",)}, r"target \(chỉ tiêu\)"),
        ({"documents": ("000000000000",)}, "vankien documents"),
    ],
)
def test_a_value_that_no_report_has_is_refused_with_what_there_is(library, request_, says):
    with pytest.raises(UnknownFilter, match=says):
        list_facts(library, FactRequest(**request_))


def test_a_listed_indicator_without_facts_is_no_mistake(library):
    assert list_facts(library, FactRequest(indicator="tỷ lệ lao động qua đào tạo")).total == 0


def _copy(document: Document, fact: Fact, name: str) -> Document:
    """Return a document under another id, with one fact."""

    def renamed(text: str) -> str:
        return text.replace(document.id, name * 12)

    return replace(
        document,
        id=name * 12,
        source=f"{name}.txt",
        passages=tuple(replace(one, id=renamed(one.id)) for one in document.passages),
        facts=(replace(fact, passage_id=renamed(fact.passage_id)),),
    )


def test_reports_with_equal_facts_keep_the_order_of_the_list_of_documents(tmp_path: Path):
    one, _ = make_reports()
    fact = replace(one.facts[1], place="huyện An Bình", kind=FactKind.RESULT)
    copies = [_copy(one, fact, name) for name in "fa"]
    with fact_library(tmp_path, *copies) as library:
        listed = [summary.id for summary in library.catalogue.documents()]
        found = [cited.document.id for cited in list_facts(library, FactRequest()).facts]
    assert found == listed == ["a" * 12, "f" * 12]


def test_the_facts_of_the_samples_can_be_cited(sample_library):
    found = list_facts(sample_library, FactRequest())
    assert found.total == len(found.facts) > 100
    for cited in found.facts:
        assert cited.citation.span.holds(cited.fact.quantity.span)
        assert cited.citation.passage.span.holds(cited.citation.span)


@pytest.mark.parametrize(
    "request_",
    [
        FactRequest(indicator="hộ " * 30_000),
        FactRequest(period="2019 " * 20_000),
        FactRequest(places=("xã " * 30_000,)),
    ],
)
def test_a_filter_over_the_limit_is_refused_before_it_is_read(library, request_):
    with pytest.raises(QueryTooLong):
        list_facts(library, request_)
