"""What the engine is asked for a query, and what its answers become; no node is needed."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings

from indexer.backends.opensearch_mapping import GAP, stored
from indexer.backends.opensearch_query import (
    Statistics,
    counted,
    hits_of,
    search_body,
    statistics_body,
    statistics_of,
    tally_body,
    tally_of,
)
from indexer.backends.schema import FACETS
from indexer.errors import QueryTooBroad
from indexer.models import Field, Group, Hit, Match, Query
from tests.backend_contract.helpers import facet, match, query
from tests.indexer.backends.strategies import queries

FIRST = 2.0**60


def alone(form: str, field: Field = Field.SYLLABLES) -> tuple[Match, ...]:
    return (Match(field, (form,)),)


def known(question: Query, passages: int = 10) -> Statistics:
    return Statistics(passages, dict.fromkeys(counted(question), 3))


def found_in(value: Any, name: str) -> list[Any]:
    """Return every value of a name, however deep it lies."""
    if isinstance(value, dict):
        inner = [each for one in value.values() for each in found_in(one, name)]
        return ([value[name]] if name in value else []) + inner
    if isinstance(value, list):
        return [each for one in value for each in found_in(one, name)]
    return []


# --- statistics -----------------------------------------------------------------------------------


def test_how_rare_something_is_comes_from_what_can_be_found() -> None:
    statistics = Statistics(100, {alone("hộ"): 49, alone("nghèo"): 9})
    assert statistics.rarity(alone("hộ")) == 1 + math.log(100 / 50)
    run = Match(Field.SYLLABLES, ("hộ", "nghèo"))
    assert statistics.run_rarity(run) == pytest.approx(2 + math.log(2) + math.log(10))


def test_what_was_counted_at_two_moments_still_gives_a_weight() -> None:
    assert Statistics(0, {alone("hộ"): 0}).rarity(alone("hộ")) == 1
    assert Statistics(1, {alone("hộ"): 500}).rarity(alone("hộ")) > 0


def test_forms_and_groups_are_counted_once_each() -> None:
    question = query("a b", "b", boosts=(match("a"),), coverage=1.0)
    groups = [each.alternatives for each in question.groups]
    assert counted(question) == [alone("a"), alone("b"), groups[0]]
    assert counted(query("a b", "b")) == [alone("a"), alone("b")]


def test_counts_come_back_in_the_order_in_which_they_were_asked_for() -> None:
    body = statistics_body([alone("a"), alone("b")])
    filters = body["aggs"]["counts"]["filters"]["filters"]
    assert [each["bool"]["should"][0]["terms"][Field.SYLLABLES] for each in filters] == [
        ["a"],
        ["b"],
    ]
    answer = {
        "hits": {"total": {"value": 7}},
        "aggregations": {"counts": {"buckets": [{"doc_count": 4}, {"doc_count": 0}]}},
    }
    assert statistics_of(answer) == (7, [4, 0])


def test_with_nothing_to_count_only_the_passages_are() -> None:
    assert statistics_body([])["aggs"] == {}
    assert statistics_of({"hits": {"total": {"value": 7}}}) == (7, [])


# --- requests -------------------------------------------------------------------------------------


@given(queries())
@settings(deadline=None)
def test_every_request_is_json_and_ordered_by_score_and_id(question: Query) -> None:
    body = json.loads(json.dumps(search_body(question, known(question))))
    assert body["sort"] == ["_score", {"passage_id": "asc"}]
    assert (body["size"], body["track_total_hits"]) == (question.limit, True)
    assert set(body["aggs"]) == {"complete", *(FACETS if question.facets else ())}
    assert all(boost >= 0 for boost in found_in(body, "boost"))


def test_what_is_only_counted_needs_no_statistics() -> None:
    question = query("a b", "c", coverage=0.5, limit=0)
    assert set(found_in(search_body(question, Statistics(0, {})), "boost")) == {0.0}


def test_however_many_alternatives_are_one_clause_where_only_the_find_counts() -> None:
    many = Group(tuple(match(f"a{number}") for number in range(900)))
    question = Query((), required=(many,), limit=0)
    (terms,) = found_in(search_body(question, Statistics(0, {}))["query"], "terms")
    assert len(terms[Field.SYLLABLES]) == 900


def test_near_forms_are_asked_for_at_every_distance_the_nearest_first() -> None:
    question = Query((Group((Match(Field.SYLLABLES, ("a", "b", "c"), slop=2),)),))
    body = search_body(question, known(question))
    (queries_,) = found_in(body["query"], "dis_max")[:1]
    texts = [each["match_phrase"][Field.SYLLABLES]["query"] for each in queries_["queries"]]
    assert len(texts) == len(set(texts)) == 9
    assert texts[0] == "a\nb\nc"
    assert f"a\n{GAP}\nb\nc" in texts
    assert texts[-1] == "\n".join(["a", GAP, GAP, "b", GAP, GAP, "c"])
    assert all(one.count(GAP) <= following.count(GAP) for one, following in pairwise(texts))


@pytest.mark.parametrize(("forms", "slop"), [(2, 399), (3, 19), (5, 3), (9, 1)])
def test_near_forms_are_refused_where_they_are_too_many(forms: int, slop: int) -> None:
    def ask(slop: int) -> None:
        near = Match(Field.SYLLABLES, ("a",) * forms, slop=slop)
        question = Query((Group((near,)),))
        search_body(question, known(question))

    ask(slop)
    with pytest.raises(QueryTooBroad, match=f"{forms} tiếng cách nhau tới {slop + 1} tiếng"):
        ask(slop + 1)


def test_counts_by_report_and_kind_go_on_from_the_last_key() -> None:
    key = {"document_id": "d1", "kind": "body"}
    pages = [
        tally_body(Query(()), 50, after)["aggs"]["pages"]["composite"] for after in (None, key)
    ]
    assert pages[1] == pages[0] | {"after": key}
    assert pages[0]["size"] == 50


# --- answers --------------------------------------------------------------------------------------


def row(passage_id: str, score: float, *, complete: bool) -> dict[str, Any]:
    names = {"matched_queries": ["complete"]} if complete else {}
    return {"sort": [score, stored(passage_id)], **names}


def answer(rows: list[dict[str, Any]], **facets: list[tuple[str, int]]) -> dict[str, Any]:
    buckets = {
        name: {"buckets": [{"key": stored(key), "doc_count": n} for key, n in facets.get(name, [])]}
        for name in FACETS
    }
    return {
        "hits": {"total": {"value": 12}, "hits": rows},
        "aggregations": {"complete": {"doc_count": 5}, **buckets},
    }


def test_hits_have_the_score_they_have_without_coming_first() -> None:
    rows = [row("d:p1", 1.5 * FIRST, complete=True), row("d:\\p2", 2.5, complete=False)]
    hits = hits_of(query("a", facets=False), answer(rows), rows)
    assert hits.hits == (Hit("d:p1", 1.5, complete=True), Hit("d:\\p2", 2.5, complete=False))
    assert (hits.total, hits.complete, hits.facets) == (12, 5, ())


@pytest.mark.parametrize("question", [query("a", complete_first=False), Query(())])
def test_where_nothing_comes_first_scores_are_taken_as_they_are(question: Query) -> None:
    rows = [row("d:p1", 1.5, complete=True)]
    assert hits_of(question, answer(rows), rows).hits == (Hit("d:p1", 1.5, complete=True),)


def test_facets_leave_out_passages_without_a_value() -> None:
    told = answer([], place=[("", 9), ("Sông Lục", 3), ("Đồi Mây", 3)])
    hits = hits_of(query("a"), told, [])
    assert facet(hits, "place") == [("Sông Lục", 3), ("Đồi Mây", 3)]
    assert [each.name for each in hits.facets] == list(FACETS)


def test_a_tally_is_by_report_and_kind() -> None:
    bucket = {
        "key": {"document_id": "d1", "kind": "body"},
        "doc_count": 3,
        "complete": {"doc_count": 2},
    }
    told = {"aggregations": {"pages": {"buckets": [bucket]}}}
    assert tally_of(told) == {("d1", "body"): (3, 2)}


def test_a_group_without_alternatives_is_counted_like_any_other() -> None:
    question = query("a", Group(()), coverage=0.5)
    assert () in counted(question)
