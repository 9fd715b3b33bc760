from __future__ import annotations

import pytest

from indexer.models import FactKind, Period
from search_app.answering.candidates import Candidate
from search_app.answering.evidence import Evidence
from search_app.answering.grounding import is_grounded, numbers_of
from search_app.answering.statement import printed, state
from search_app.cite import cite_quote
from search_app.facts import KIND_NAMES
from tests.conftest import SAMPLES
from tests.factories.documents import make_document
from tests.factories.stored_facts import make_fact

DOCUMENT = make_document()


def candidate(document, fact):
    passage = next(p for p in document.passages if p.id == fact.passage_id)
    value = fact.quantity.span
    return Candidate(Evidence(document, passage, 0), fact.quote, value, 1.0, 1.0, fact)


def stated(written="2,5%", **changes):
    return candidate(DOCUMENT, make_fact(DOCUMENT, written, **changes))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "2,5%"),
        ({"qualifier": "dưới"}, "dưới 2,5%"),
        ({"qualifier": "trở lên"}, "2,5% trở lên"),
        ({"qualifier": "5%"}, "2,5%"),
    ],
)
def test_a_number_keeps_the_word_that_bounds_it(changes, text):
    assert printed(stated(**changes)) == text


@pytest.mark.parametrize(
    ("unit", "text"), [("%", "65%"), ("%/năm", "65%/năm"), ("giường", "65 giường"), ("", "65")]
)
def test_a_unit_of_another_cell_is_said_behind_the_number(unit, text):
    assert printed(stated("65", unit=unit)) == text


def test_a_statement_says_what_where_how_much_when_and_which_kind():
    assert state(stated()) == ("Tỷ lệ hộ nghèo của huyện An Bình: 2,5% (kết quả, cuối năm 2020).")


def test_what_is_not_known_is_left_out():
    found = state(stated(name="tỷ lệ hộ nghèo", place="", period=Period()))
    assert found == "Tỷ lệ hộ nghèo: 2,5% (kết quả)."


def test_a_change_says_which_way():
    found = state(stated("12%", name="thu", kind=FactKind.CHANGE, direction="tăng"))
    assert "tăng 12%" in found


@pytest.mark.parametrize("kind", FactKind)
def test_every_kind_is_said(kind):
    assert KIND_NAMES[kind] in state(stated(kind=kind))


def test_an_answer_in_words_is_said_as_quoted():
    passage = DOCUMENT.passages[3]
    one = Candidate(Evidence(DOCUMENT, passage, 0), passage.span, passage.span, 1.0, 1.0)
    assert state(one) == printed(one) == passage.span.of(DOCUMENT.text)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_printed_value_is_grounded_for_every_fact(name, sample_documents):
    document = sample_documents[name]
    assert document.facts
    for fact in document.facts:
        one = candidate(document, fact)
        citation = cite_quote(document, one.evidence.passage, fact.quote)
        assert is_grounded(printed(one), citation), (printed(one), citation.quote)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_statement_adds_no_number_but_of_its_name_time_and_place(name, sample_documents):
    document = sample_documents[name]
    for fact in document.facts:
        known = " ; ".join((fact.quote.of(document.text), fact.name, fact.period.text, fact.place))
        unit = fact.quantity.unit
        assert numbers_of(state(candidate(document, fact))) <= numbers_of(f"{known} ; {unit}")
