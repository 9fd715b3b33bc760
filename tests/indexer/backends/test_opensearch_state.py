"""The filter of the alias says what can be found; what it says is read back from it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.backends.opensearch_mapping import stored
from indexer.backends.opensearch_state import (
    Clause,
    State,
    hidden_in,
    of_documents,
    state_of,
    visible,
)

ALIAS = "vankien"


def told(index: str, clause: Clause) -> dict[str, Any]:
    """Return what the engine answers who asks for the alias."""
    return {index: {"aliases": {ALIAS: {"filter": clause}}}}


@given(st.integers(1, 2**31 - 1), st.lists(st.text(min_size=1), max_size=4))
def test_a_state_comes_back_with_what_it_hides(commit: int, documents: list[str]) -> None:
    hidden = of_documents(documents, before=commit) if documents else None
    answer = told("vankien-0003", visible(commit, hidden))
    assert state_of(answer, ALIAS) == State("vankien-0003", commit)
    assert hidden_in(answer, ALIAS) == hidden


def test_a_state_is_told_in_one_mark_that_changes_with_index_and_commit() -> None:
    assert str(State("vankien-0003", 12)) == "vankien-0003@12"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        told("a", {}) | told("b", {}),
        {"a": {"aliases": {ALIAS: {}}}},
        {"a": {"aliases": {"another": {"filter": visible(1)}}}},
        told("a", {"term": {"year": "2020"}}),
        told("a", {"bool": {"filter": [{"range": {"commit": {"lte": "x"}}}]}}),
        told("a", {"bool": {"filter": [{"range": {"commit": {"lte": None}}}]}}),
    ],
)
def test_an_alias_that_is_not_ours_is_known(answer: dict[str, Any]) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        state_of(answer, ALIAS)


def test_documents_are_hidden_by_their_stored_names_and_only_what_they_had_before() -> None:
    clause = of_documents({"b\\", "a"}, before=5)["bool"]["filter"]
    assert clause == [
        {"terms": {"document_id": ["a", stored("b\\")]}},
        {"range": {"commit": {"lt": 5}}},
    ]
