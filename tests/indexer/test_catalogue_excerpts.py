from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer import catalogue_frames
from indexer.catalogue import Catalogue
from indexer.catalogue_excerpts import Selection
from indexer.database_address import DatabaseAddress
from indexer.evidence import linked
from indexer.models import Document
from tests.factories.documents import make_document
from tests.factories.stored_facts import make_fact, with_facts

# Of `make_document`: a paragraph, the one that calls notes, their bodies, the rows of a table.
PLAIN, CALLING, NOTES, ROWS = 3, 5, (9, 10, 11), (7, 8)


@pytest.fixture
def catalogue(address: DatabaseAddress) -> Iterator[Catalogue]:
    with Catalogue(address) as opened:
        yield opened


@pytest.fixture
def report(catalogue: Catalogue) -> Document:
    made = make_document()
    made = with_facts(made, make_fact(made), make_fact(made, indicator="so-truong"))
    catalogue.put_document(made, 1)
    return made


def id_of(document: Document, number: int) -> str:
    return f"{document.id}:p{number:04}"


def numbers_of(document: Document) -> list[int]:
    return [int(passage.id[-4:]) for passage in document.passages]


def excerpt(catalogue: Catalogue, document: Document, number: int, **wanted: object) -> Document:
    selection = Selection((id_of(document, number),), **wanted)  # type: ignore[arg-type]
    return catalogue.excerpts(selection)[document.id]


# --- which passages -----------------------------------------------------------------------------


def test_an_excerpt_is_the_document_with_the_wanted_passages_alone(catalogue, report):
    found = excerpt(catalogue, report, PLAIN)
    wanted = tuple(p for p in report.passages if p.id == id_of(report, PLAIN))
    assert found == replace(report, passages=wanted, facts=(), references=())


def test_notes_come_with_what_calls_them_and_with_what_they_are_called_by(catalogue, report):
    for number in (CALLING, *NOTES):
        found = excerpt(catalogue, report, number)
        passage = next(p for p in report.passages if p.id == id_of(report, number))
        assert linked(found, passage) == linked(report, passage) != ()


def test_passages_that_state_an_indicator_are_found(catalogue, report):
    stating = {fact.passage_id for fact in report.facts if fact.indicator == "so-truong"}
    found = excerpt(catalogue, report, PLAIN, indicators=frozenset({"so-truong"}))
    assert {passage.id for passage in found.passages} >= {*stating, id_of(report, PLAIN)}
    other = excerpt(catalogue, report, PLAIN, indicators=frozenset({"không có"}))
    assert numbers_of(other) == [PLAIN]


def test_passages_under_a_heading_are_found(catalogue, report):
    found = excerpt(catalogue, report, 1, is_about=lambda title: "Kinh tế" in title)
    under = {p.id for p in report.passages if p.section_id == "s2"}
    assert {passage.id for passage in found.passages} >= under
    assert numbers_of(excerpt(catalogue, report, 1, is_about=lambda _title: False)) == [1]


def test_facts_and_references_are_those_of_the_passages(catalogue, report):
    stating = int(report.facts[0].passage_id[-4:])
    assert excerpt(catalogue, report, stating, stated=True).facts == report.facts
    assert excerpt(catalogue, report, stating).facts == ()
    named = int(report.references[0].passage_id[-4:])
    assert excerpt(catalogue, report, named, stated=True).references == report.references
    assert excerpt(catalogue, report, ROWS[0], stated=True).facts == ()


def test_every_passage_comes_without_its_facts(catalogue, report):
    found = excerpt(catalogue, report, ROWS[0], every=True, stated=True)
    assert found == replace(report, facts=(), references=())


def test_several_documents_are_read_together_and_unknown_ones_left_out(catalogue, report):
    other = make_document("b.txt", place="xã An Hòa")
    catalogue.put_document(other, 1)
    ids = (id_of(other, 6), id_of(report, PLAIN), "abc:p0001", id_of(report, 99), "sai")
    found = catalogue.excerpts(Selection(ids))
    assert {name: numbers_of(document) for name, document in found.items()} == {
        report.id: [PLAIN],
        other.id: [6],
    }
    assert catalogue.excerpts(Selection(())) == {}


def test_more_passages_than_one_question_to_the_database_holds(catalogue, report, monkeypatch):
    monkeypatch.setattr(catalogue_frames, "MOST_VALUES", 2)
    wanted = tuple(passage.id for passage in report.passages)
    assert catalogue.excerpts(Selection(wanted, stated=True))[report.id] == report


# --- what is remembered -------------------------------------------------------------------------


def test_an_excerpt_is_not_stale_after_the_report_was_read_anew(catalogue, report, address):
    with Catalogue.open_existing(address) as reader:
        assert excerpt(reader, report, PLAIN).text == report.text
        anew = replace(report, text=report.text.upper(), footnotes=report.footnotes[:1])
        catalogue.put_document(anew, 1)
        found = excerpt(reader, report, PLAIN)
    assert (found.text, found.footnotes) == (anew.text, anew.footnotes)
