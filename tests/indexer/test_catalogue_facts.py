from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from indexer import catalogue_facts
from indexer.catalogue import Catalogue
from indexer.catalogue_facts import FactRecord, IndicatorCount
from indexer.database_address import DatabaseAddress
from indexer.models import Document, FactKind
from tests.factories.documents import make_document, make_source
from tests.factories.stored_facts import make_fact, with_facts


@pytest.fixture
def catalogue(address: DatabaseAddress) -> Iterator[Catalogue]:
    with Catalogue(address) as opened:
        yield opened


def make_reports() -> tuple[Document, Document]:
    """Return two reports, the one with the smaller id first."""
    one, two = (make_document(name) for name in ("a.txt", "b.txt"))
    revenue = {"indicator": "thu-ngan-sach", "name": "Thu ngân sách"}
    one = with_facts(
        one,
        make_fact(one, "1.234,5 tỷ đồng", **revenue),
        make_fact(one, "2,5%", name="tỷ lệ hộ nghèo"),
        make_fact(one, "12%", kind=FactKind.CHANGE, **revenue),
    )
    two = with_facts(
        two,
        make_fact(two, "2,5%", name="Tỷ lệ hộ nghèo"),
        make_fact(two, "2,5%", name="Tỷ lệ hộ nghèo", kind=FactKind.TARGET),
    )
    return (one, two) if one.id < two.id else (two, one)


def publish(catalogue: Catalogue, *documents: Document) -> None:
    for document in documents:
        catalogue.put_document(document, 1)
    catalogue.publish([make_source(document, document.source) for document in documents], [])


def test_all_facts_come_by_document_and_position(catalogue):
    reports = make_reports()
    publish(catalogue, *reversed(reports))
    expected = [FactRecord(report.id, fact) for report in reports for fact in report.facts]
    assert list(catalogue.facts()) == expected


def test_more_documents_than_one_question_to_the_database_holds(catalogue, monkeypatch):
    reports = make_reports()
    publish(catalogue, *reports)
    monkeypatch.setattr(catalogue_facts, "MOST_VALUES", 1)
    ids = [reports[1].id, "abc", reports[0].id]
    assert catalogue.facts(documents=ids) == catalogue.facts() != ()


def test_facts_are_chosen_by_indicator_kind_and_document(catalogue):
    one, two = make_reports()
    publish(catalogue, one, two)

    def chosen(**wanted: tuple[str, ...]) -> list[FactRecord]:
        found = list(catalogue.facts(**wanted))
        assert found == [record for record in catalogue.facts() if record in found]
        return found

    revenue = chosen(indicators=("thu-ngan-sach",))
    assert [record.fact.name for record in revenue] == ["Thu ngân sách"] * 2
    both = chosen(indicators=("thu-ngan-sach", "ty-le-ho-ngheo"))
    assert both == list(catalogue.facts())
    changes = chosen(kinds=(FactKind.CHANGE, FactKind.TARGET))
    assert {record.fact.kind for record in changes} == {FactKind.CHANGE, FactKind.TARGET}
    assert [record.fact for record in chosen(documents=(two.id,))] == list(two.facts)
    assert chosen(indicators=("thu-ngan-sach",), kinds=(FactKind.TARGET,)) == []
    assert chosen(indicators=("khong-co",)) == []


def test_the_choice_is_made_by_the_database(catalogue):
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        statements.append(" ".join(statement.split()))

    publish(catalogue, *make_reports())
    event.listen(catalogue._database._store._engine, "before_cursor_execute", note)
    catalogue.facts(indicators=("a",), kinds=(FactKind.RESULT,), documents=("b",))
    chosen = [statement for statement in statements if "FROM facts" in statement]
    assert len(chosen) == 1
    for column in ("indicator", "kind", "document_id"):
        assert f"facts.{column} IN" in chosen[0]


def test_facts_of_a_document_that_is_not_published_are_not_shown(catalogue):
    one, two = make_reports()
    publish(catalogue, one)
    catalogue.put_document(two, 1)
    assert {record.document_id for record in catalogue.facts()} == {one.id}
    assert catalogue.facts(documents=(two.id,)) == ()
    assert sum(found.count for found in catalogue.indicators()) == len(one.facts)


def test_a_second_reading_replaces_facts_and_references(catalogue):
    one, _ = make_reports()
    publish(catalogue, one)
    catalogue.put_document(with_facts(one, one.facts[0]), 2)
    assert [record.fact for record in catalogue.facts()] == [one.facts[0]]


def test_indicators_are_counted_most_frequent_first_under_their_commonest_name(catalogue):
    publish(catalogue, *make_reports())
    assert catalogue.indicators() == (
        IndicatorCount(
            "ty-le-ho-ngheo", "Tỷ lệ hộ nghèo", 3, 2, ("Tỷ lệ hộ nghèo", "tỷ lệ hộ nghèo")
        ),
        IndicatorCount("thu-ngan-sach", "Thu ngân sách", 2, 1, ("Thu ngân sách",)),
    )


def test_the_places_are_those_of_published_facts(catalogue):
    one, two = make_reports()
    moved = with_facts(one, *one.facts, make_fact(one, place="xã An Hòa"), make_fact(one, place=""))
    publish(catalogue, moved)
    catalogue.put_document(with_facts(two, make_fact(two, place="xã Khác")), 1)
    assert catalogue.fact_places() == {"huyện An Bình", "xã An Hòa"}


def test_an_empty_catalogue_has_no_facts_and_no_indicators(catalogue):
    assert (catalogue.facts(), catalogue.indicators(), catalogue.fact_places()) == ((), (), set())
