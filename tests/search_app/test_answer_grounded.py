"""What holds of every answer: its words and numbers stand in the report that it cites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.catalogue import Catalogue
from indexer.catalogue_excerpts import Selection
from indexer.models import Document, Fact, PassageKind
from search_app.answer import ask
from search_app.answering.grounding import held_numbers, is_grounded, numbers_of
from search_app.evaluate import read_golden
from search_app.query import Request
from search_app.search import Library
from tests.conftest import REPOSITORY

# More than this nobody reads.
MOST = 10
WATER = "Công suất nhà máy nước Long Đước là bao nhiêu m3?"


@pytest.fixture(scope="module")
def sample_replies(sample_library):
    """Replies to a third of the golden questions, of all types."""
    golden = REPOSITORY / "tests" / "golden"
    records = read_golden(golden / "questions.jsonl")[::3]
    records += read_golden(golden / "unanswerable.jsonl")[::3]
    return [ask(sample_library, Request(record.query)) for record in records]


def test_quotes_are_the_report_s_words_and_hold_the_value(sample_replies):
    answers = [answer for reply in sample_replies for answer in reply.answers]
    assert len(answers) > 30
    for answer in answers:
        citation = answer.citation
        assert citation.quote == citation.span.of(citation.document.text)
        assert citation.passage.span.start <= citation.span.start or not answer.kind
        assert citation.span.holds(answer.value)
        assert 0 < answer.certainty <= 1
        if answer.kind:
            assert citation.passage.span.holds(citation.span)
            value = " ".join(answer.value.of(citation.document.text).split())
            assert value in answer.text


def test_no_answer_says_a_number_that_its_citation_does_not(sample_replies):
    for reply in sample_replies:
        for answer in reply.answers:
            assert is_grounded(answer.text, answer.citation), answer.text
            assert is_grounded(answer.statement, answer.citation), answer.statement


def test_answers_are_few_and_differ(sample_replies):
    for reply in sample_replies:
        assert len(reply.answers) <= MOST
        told = [(a.text, a.place, a.kind, a.citation.span, a.period) for a in reply.answers]
        assert len(told) == len(set(told))


def test_every_reply_either_answers_or_says_why_not(sample_replies):
    assert {reply.answered for reply in sample_replies} == {True, False}
    for reply in sample_replies:
        assert reply.answered != bool(reply.message)


def test_answers_of_notes_carry_the_calling_sentence(sample_replies):
    answers = [answer for reply in sample_replies for answer in reply.answers]
    notes = [a for a in answers if a.citation.passage.kind is PassageKind.FOOTNOTE]
    assert notes
    for answer in notes:
        assert answer.citation.anchors
        assert all(anchor.relation == "anchor" for anchor in answer.citation.anchors)


class Doctored:
    """A catalogue whose reports claim other facts than they state."""

    change: Callable[[Fact], Fact]

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __getattr__(self, name: str) -> object:
        return getattr(self._catalogue, name)

    def excerpts(self, selection: Selection) -> dict[str, Document]:
        return {
            name: replace(document, facts=tuple(self.change(fact) for fact in document.facts))
            for name, document in self._catalogue.excerpts(selection).items()
        }


@pytest.fixture(scope="module")
def doctored(sample_library):
    catalogue = cast(Catalogue, Doctored(sample_library.catalogue))
    return Library(catalogue, sample_library.backend, sample_library.settings)


once = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@once
@given(number=st.integers(1, 10_000))
def test_a_value_with_a_number_that_is_not_quoted_is_withheld(doctored, number):
    doctored.catalogue.change = lambda fact: replace(
        fact, quantity=replace(fact.quantity, qualifier=f"hơn {number} và")
    )
    for answer in ask(doctored, Request(WATER)).answers:
        assert numbers_of(answer.text) <= held_numbers(answer.citation)


@once
@given(number=st.integers(10_001, 99_999))
def test_a_sentence_with_a_number_that_is_not_quoted_gives_way_to_the_quote(doctored, number):
    doctored.catalogue.change = lambda fact: replace(fact, name=f"{fact.name} loại {number}")
    answer = ask(doctored, Request(WATER)).answers[0]
    assert answer.text.startswith("12.000 m3")
    assert answer.statement == answer.citation.quote


def test_a_doctored_library_that_changes_nothing_answers_as_before(doctored, sample_library):
    doctored.catalogue.change = lambda fact: fact
    assert ask(doctored, Request(WATER)).answers == ask(sample_library, Request(WATER)).answers
