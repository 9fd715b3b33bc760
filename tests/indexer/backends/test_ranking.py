"""The ranking against a plain one of single passages, on all its ways through the arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.backends import ranking, snapshot
from indexer.backends.ranking import _nth_best, find
from indexer.backends.snapshot import Snapshot
from indexer.models import Entry, Field, Hits, Preference, Query
from tests.backend_contract import group, ids, match, query
from tests.factories.entries import entry
from tests.indexer.backends import reference_ranking
from tests.indexer.backends.comparing import assert_page, assert_same_hits, whole
from tests.indexer.backends.strategies import Batch, commit_of, histories, queries, survivors

# What is dense, how many scores are one block, how many bytes are kept.
Way = tuple[int, int, int]
WAYS: dict[str, Way] = {
    "as it is": (16, 128, 2**20),
    "dense": (10**6, 1, 2**20),
    "sparse": (0, 2, 2**20),
    "half, nothing kept": (2, 2, 0),
}
on_all_ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


@contextmanager
def on(way: Way) -> Iterator[int]:
    """Let searches take this way; return the room for the cache."""
    dense, block, cache_bytes = way
    with (
        patch.object(ranking, "_DENSE", dense),
        patch.object(snapshot, "_DENSE", dense),
        patch.object(snapshot, "_MARKED", dense),
        patch.object(ranking, "_BLOCK", block),
    ):
        yield cache_bytes


def at_once(entries: Sequence[Entry]) -> Snapshot:
    return commit_of([Batch((), tuple(entries))])


# --- against the reference ------------------------------------------------------------------------


@on_all_ways
@given(history=histories(), questions=st.lists(queries(), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_every_question_is_answered_like_by_the_reference(
    way: Way, history: list[Batch], questions: list[Query]
) -> None:
    left = survivors(history)
    with on(way) as cache_bytes:
        commit = commit_of(history, cache_bytes)
        for question in questions:
            everything = find(whole(question), commit)
            assert_same_hits(question, everything, reference_ranking.find(whole(question), left))
            assert_page(find(question, commit), question, everything)


def many(number: int) -> list[Entry]:
    """Make passages of which few, some, many and all have a form."""
    return [
        entry(
            f"d{n % 11}:p{n:04d}",
            " ".join(
                ["chung"] * (1 + n % 3)
                + ["nhiều"] * (n % 2)
                + ["vừa sau"] * (n % 17 == 0)
                + ["hiếm"] * (n % 211 == 0)
                + ["đệm"] * (n % 5)
            ),
            heading="chung" if n % 7 == 0 else "nhiều vừa",
            place=f"Xã {n % 4}" if n % 4 else "",
            traits=("target",) if n % 9 == 0 else (),
        )
        for n in range(number)
    ]


LARGE = {
    "all have it": query("chung"),
    "a common and a rare one": query("chung", "hiếm"),
    "all of them": query("nhiều", "vừa", "hiếm", minimum=3),
    "two of three": query("nhiều", "vừa", "hiếm", minimum=2),
    "alternatives": query(group("hiếm", match("chung", Field.HEADING)), "nhiều", coverage=0.7),
    "a run": query("vừa sau", "nhiều", complete_first=False),
    "excluded": query("chung", excluded=(group("nhiều"),), required=(group("vừa", "hiếm"),)),
    "preferred": query("chung", preferences=(Preference("target", 1.5),), boosts=(match("vừa"),)),
    "no group": query(boosts=(match("hiếm"),)),
    "nothing at all": Query(()),
}


@on_all_ways
@pytest.mark.parametrize("question", LARGE.values(), ids=LARGE.keys())
def test_many_passages_are_ranked_like_by_the_reference(way: Way, question: Query) -> None:
    entries = many(600)
    parts = [Batch((), tuple(entries[start : start + 250])) for start in range(0, 600, 250)]
    history = [*parts, Batch(("d3", "d7"), ())]
    with on(way) as cache_bytes:
        commit = commit_of(history, cache_bytes)
        everything = find(whole(question), commit)
        expected = reference_ranking.find(whole(question), survivors(history))
        assert_same_hits(question, everything, expected)
        for limit, offset in ((1, 0), (10, 0), (10, 35), (300, 100), (10, 10_000), (0, 0)):
            page = replace(question, limit=limit, offset=offset)
            assert_page(find(page, commit), page, everything)


@on_all_ways
def test_a_question_that_is_asked_again_is_answered_the_same(way: Way) -> None:
    with on(way) as cache_bytes:
        commit = commit_of([Batch((), tuple(many(200)))], cache_bytes)
        first = [find(question, commit) for question in LARGE.values()]
        assert [find(question, commit) for question in LARGE.values()] == first


# --- what is easy to get wrong --------------------------------------------------------------------


def test_the_score_is_that_of_the_formula() -> None:
    commit = at_once([entry("d:p1", "a a b"), entry("d:p2", "b"), entry("d:p3", "c c c c c")])
    (hit,) = find(query("a"), commit).hits
    # 2 times in 3 of 9 forms; 3 passages, 1 has it: idf = 1 + ln(3 / 2)
    assert hit.score == pytest.approx((1 + np.log(1.5)) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75)))


def test_ties_at_the_end_of_a_page_go_to_the_first_ids_of_all_segments() -> None:
    numbers = [37, 5, 91, 12, 64, 28, 83, 46, 70, 19]
    batches = [Batch((), tuple(entry(f"d{n}:p{m}", "a b") for m in range(3))) for n in numbers]
    commit = commit_of(batches)
    expected = [f"d{n}:p{m}" for n in sorted(numbers, key=str) for m in range(3)]
    for limit in range(1, 31):
        assert ids(find(query("a", limit=limit), commit)) == expected[:limit]


def test_better_ones_come_before_ties_that_fill_the_page() -> None:
    commit = at_once([entry(f"d:p{n:03d}", "a a" if n % 50 == 7 else "a b") for n in range(400)])
    hits = find(query("a", limit=12), commit)
    assert ids(hits) == [f"d:p{n:03d}" for n in range(7, 400, 50)] + [
        f"d:p{n:03d}" for n in range(4)
    ]


def test_a_page_may_begin_among_the_complete_and_end_among_the_others() -> None:
    commit = at_once([entry(f"d:p{n}", "a b" if n < 3 else "a") for n in range(8)])
    hits = find(query("a", "b", limit=4, offset=1), commit)
    assert [(hit.passage_id, hit.complete) for hit in hits.hits] == [
        ("d:p1", True),
        ("d:p2", True),
        ("d:p3", False),
        ("d:p4", False),
    ]


def test_an_empty_commit_has_no_hits_and_empty_facets() -> None:
    empty = Hits((), 0, 0, ())
    for commit in (
        Snapshot([], 100),
        commit_of([Batch((), (entry("d:p1", "a"),)), Batch(("d",), ())]),
    ):
        assert find(query("a", facets=False), commit) == empty
        hits = find(query("a", coverage=1.0), commit)
        assert replace(hits, facets=()) == empty
        assert [each.name for each in hits.facets] == ["place", "term", "year", "kind", "section"]
        assert not any(each.values for each in hits.facets)


@given(
    scores=st.lists(st.integers(0, 6), min_size=1, max_size=300),
    share=st.floats(0, 1),
    block=st.integers(1, 9),
)
def test_the_nth_best_score_is_that_of_a_sorted_list(
    scores: list[int], share: float, block: int
) -> None:
    nth = 1 + int(share * (len(scores) - 1))
    with patch.object(ranking, "_BLOCK", block):
        found = _nth_best(np.array(scores, np.float32), nth)
    assert found == sorted(scores, reverse=True)[nth - 1]
