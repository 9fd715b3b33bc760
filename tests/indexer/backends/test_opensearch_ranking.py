"""The order of hits on a real node, against the formulas said again as plainly as Python can.

What differs from the embedded engine is meant to: lengths are held against usual lengths, not
against mean ones, and of forms that stand near each other the nearest distance alone scores.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer.backends.opensearch_backend import OpenSearchBackend
from indexer.backends.opensearch_mapping import USUAL_LENGTHS
from indexer.errors import QueryTooBroad
from indexer.models import Entry, Field, Group, Hits, Match, Query
from tests.backend_contract import META, match, query
from tests.cluster.nodes import Cluster
from tests.factories.entries import entry
from tests.indexer.backends import reference_ranking
from tests.indexer.backends.comparing import assert_page, assert_same_hits, whole
from tests.indexer.backends.opensearch_index import backend_of, new_alias
from tests.indexer.backends.strategies import Batch, histories, queries, survivors
from tests.indexer.backends.test_ranking import LARGE, many
from tests.indexer.backends.whoosh_reference import EXACT_LENGTH

pytestmark = pytest.mark.cluster

# Of such a length no engine rounds; a word of two syllables makes a text longer in syllables.
MOST = EXACT_LENGTH // 2


@pytest.fixture(scope="module")
def on_one(one_node: Cluster) -> Iterator[OpenSearchBackend]:
    one_node.reset()
    with contextlib.closing(backend_of(one_node.urls, new_alias())) as backend:
        yield backend


@pytest.fixture(scope="module")
def on_three(on_one: OpenSearchBackend, one_node: Cluster) -> Iterator[OpenSearchBackend]:
    """Reports spread over three shards of the node."""
    with contextlib.closing(backend_of(one_node.urls, new_alias(), shards=3)) as backend:
        yield backend


def write(backend: OpenSearchBackend, history: Sequence[Batch]) -> None:
    """Make a new index of a history, commit after commit."""
    for number, batch in enumerate(history):
        with backend.write(META, fresh=number == 0) as writer:
            for document in batch.deleted:
                writer.delete_document(document)
            for each in batch.added:
                writer.add(each)


def is_scored_alike(question: Query) -> bool:
    """Say whether nothing in a question scores by how near its forms stand."""
    alternatives = [each for group in question.groups for each in group.alternatives]
    return not any(each.slop and len(each.forms) > 1 for each in (*alternatives, *question.boosts))


def unordered(hits: Hits) -> tuple[object, ...]:
    return {(hit.passage_id, hit.complete) for hit in hits.hits}, replace(hits, hits=())


def assert_answered(backend: OpenSearchBackend, question: Query, left: Sequence[Entry]) -> None:
    everything = backend.search(whole(question))
    expected = reference_ranking.find(whole(question), left, USUAL_LENGTHS)
    assert unordered(everything) == unordered(expected)
    if is_scored_alike(question):
        assert_same_hits(question, everything, expected)
    assert_page(backend.search(question), question, everything)


@given(
    history=histories(batches=3, most=MOST), questions=st.lists(queries(), min_size=4, max_size=12)
)
@settings(
    max_examples=20,
    deadline=None,
    # A smaller example costs as much as a large one: seconds, for many steps.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_every_question_is_answered_like_by_the_reference(
    on_one: OpenSearchBackend, history: list[Batch], questions: list[Query]
) -> None:
    write(on_one, history)
    for question in questions:
        assert_answered(on_one, question, survivors(history))


@given(
    history=histories(batches=2, most=MOST), questions=st.lists(queries(), min_size=4, max_size=12)
)
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_shards_change_no_answer(
    on_three: OpenSearchBackend, history: list[Batch], questions: list[Query]
) -> None:
    write(on_three, history)
    for question in questions:
        assert_answered(on_three, question, survivors(history))


def test_three_shards_give_every_hit_and_score_of_one(
    on_one: OpenSearchBackend, on_three: OpenSearchBackend
) -> None:
    entries = many(400)
    history = [Batch((), tuple(entries[:250])), Batch(("d3",), tuple(entries[250:]))]
    for backend in (on_one, on_three):
        write(backend, history)
    for question in LARGE.values():
        for page in (whole(question), replace(question, limit=10, offset=35)):
            assert on_three.search(page) == on_one.search(page)


def test_a_group_that_nothing_can_have_lowers_the_coverage_of_all(
    on_one: OpenSearchBackend,
) -> None:
    entries = [entry(f"d:p{number}", "hộ nghèo" if number else "hộ") for number in range(9)]
    write(on_one, [Batch((), tuple(entries))])
    for coverage in (0.0, 0.5, 1.0):
        question = query("nghèo", Group(()), "hộ", coverage=coverage)
        assert_answered(on_one, question, entries)


def test_without_any_group_coverage_leaves_nothing_of_a_score(on_one: OpenSearchBackend) -> None:
    entries = [entry(f"d:p{number}", "hộ nghèo" if number % 2 else "nghèo") for number in range(6)]
    write(on_one, [Batch((), tuple(entries))])
    question = query("hộ", minimum=0, boosts=(match("nghèo"),), coverage=2.0)
    assert_answered(on_one, question, entries)
    assert [hit.score > 0 for hit in on_one.search(question).hits] == [True] * 3 + [False] * 3


def test_of_near_words_the_most_frequent_distance_scores(on_one: OpenSearchBackend) -> None:
    entries = [
        entry("d:p1", "hộ nghèo hộ nghèo hộ x nghèo"),
        entry("d:p2", "hộ nghèo hộ nghèo x x x"),
        entry("d:p3", "hộ x nghèo y y y y"),
    ]
    write(on_one, [Batch((), tuple(entries))])
    near = Match(Field.SYLLABLES, ("hộ", "nghèo"), slop=1)
    first, second, third = on_one.search(Query((Group((near,)),))).hits
    assert [first.passage_id, second.passage_id, third.passage_id] == ["d:p1", "d:p2", "d:p3"]
    assert first.score == second.score > third.score


def test_near_words_with_too_many_distances_are_refused_in_words(
    on_one: OpenSearchBackend,
) -> None:
    write(on_one, [Batch((), (entry("d:p1", "hộ nghèo"),))])
    near = Match(Field.SYLLABLES, ("hộ", "nghèo", "cận", "nghèo"), slop=9)
    with pytest.raises(QueryTooBroad, match="4 tiếng cách nhau tới 9 tiếng là quá nhiều cách"):
        on_one.search(Query((Group((near,)),)))
