"""Whoosh's own searcher is the reference: the same passages, scores and order.

It is asked on files that it wrote itself and on ours. A run it scores by all places of its forms,
not only by those in the run; where these are the same, the scores are too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index

from indexer.backends.ranking import find
from indexer.backends.whoosh_backend import WhooshBackend
from indexer.models import Entry, Field, Group, Hit, Match, Query
from tests.backend_contract import META
from tests.indexer.backends.reference_ranking import Passage
from tests.indexer.backends.strategies import (
    Batch,
    commit_of,
    groups,
    histories,
    matches,
    some,
    survivors,
)
from tests.indexer.backends.whoosh_reference import EXACT_LENGTH, ask, stock_index

# A word of two syllables makes a text longer in syllables than in words.
MOST = EXACT_LENGTH // 2
FIELDS = st.one_of(st.sampled_from([(field,) for field in Field]), st.just(tuple(Field)))


@st.composite
def questions(draw: st.DrawFn, longest: int) -> Query:
    """Make questions for any or all groups, in one field or in several."""
    fields = draw(FIELDS)
    wanted = groups(1, fields=fields, longest=longest)
    made = draw(st.lists(wanted, min_size=1, max_size=3).map(tuple))
    return Query(
        made,
        minimum=draw(st.sampled_from((1, len(made)))),
        boosts=draw(some(matches(fields, 1))),
        required=draw(st.one_of(st.just(()), some(wanted, 1))),
        excluded=draw(st.one_of(st.just(()), some(wanted, 1))),
        complete_first=False,
        limit=1000,
        facets=False,
    )


def assert_ranked(hits: tuple[Hit, ...], expected: Mapping[str, float]) -> None:
    assert {hit.passage_id: hit.score for hit in hits} == {
        passage_id: pytest.approx(score, rel=1e-5) for passage_id, score in expected.items()
    }
    for one, following in pairwise(hits):
        ahead, behind = expected[one.passage_id], expected[following.passage_id]
        if ahead == pytest.approx(behind, rel=1e-6):
            assert one.score > following.score or one.passage_id < following.passage_id
        else:
            assert ahead > behind


@given(history=histories(most=MOST), asked=st.lists(questions(longest=1), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_and_all_words_are_found_and_ranked_like_by_whoosh(
    history: list[Batch], asked: list[Query]
) -> None:
    commit, reference = commit_of(history), stock_index(survivors(history))
    for question in asked:
        assert_ranked(find(question, commit).hits, ask(reference, question))


@given(history=histories(most=MOST), asked=st.lists(questions(longest=4), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_runs_and_what_is_near_are_found_like_by_whoosh(
    history: list[Batch], asked: list[Query]
) -> None:
    commit, reference = commit_of(history), stock_index(survivors(history))
    for question in asked:
        found = {hit.passage_id for hit in find(question, commit).hits}
        assert found == ask(reference, question).keys()


def is_all_of_its_forms(passage: Passage, match: Match) -> bool:
    """Say whether no form of a run stands elsewhere in the passage."""
    run = passage.count(match)
    return all(passage.count(Match(match.field, (form,))) == run for form in match.forms)


@given(history=histories(most=MOST), run=matches(longest=3))
@settings(max_examples=60, deadline=None)
def test_a_run_scores_like_by_whoosh_where_its_forms_stand_nowhere_else(
    history: list[Batch], run: Match
) -> None:
    left = survivors(history)
    theirs = ask(stock_index(left), Query((Group((run,)),)))
    alike = {
        each.passage_id
        for each in left
        if each.passage_id in theirs and is_all_of_its_forms(Passage(each), run)
    }
    ours = {
        hit.passage_id: hit.score
        for hit in find(Query((Group((run,)),), limit=1000), commit_of(history)).hits
    }
    for passage_id in alike:
        assert ours[passage_id] == pytest.approx(theirs[passage_id], rel=1e-5)


# --- on our own files -----------------------------------------------------------------------------


def written(folder: Path, entries: list[Entry]) -> WhooshBackend:
    """Return a backend with one commit for every few entries."""
    backend = WhooshBackend(folder)
    for start in range(0, len(entries) or 1, 5):
        with backend.write(META) as writer:
            for each in entries[start : start + 5]:
                writer.add(each)
    return backend


@given(history=histories(most=MOST), asked=st.lists(questions(longest=3), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_whoosh_finds_in_our_files_what_it_finds_in_its_own(
    tmp_path_factory: pytest.TempPathFactory, history: list[Batch], asked: list[Query]
) -> None:
    folder, left = tmp_path_factory.mktemp("ours"), survivors(history)
    written(folder, left).close()
    ours, theirs = index.open_dir(str(folder / "0001")), stock_index(left)
    for question in asked:
        assert ask(ours, question) == pytest.approx(ask(theirs, question))


@given(history=histories(batches=4, most=MOST), asked=questions(longest=1))
@settings(max_examples=15, deadline=None)
def test_a_backend_finds_and_ranks_like_whoosh(
    tmp_path_factory: pytest.TempPathFactory, history: list[Batch], asked: Query
) -> None:
    backend = WhooshBackend(tmp_path_factory.mktemp("ours"))
    for batch in history:
        with backend.write(META) as writer:
            for document in batch.deleted:
                writer.delete_document(document)
            for each in batch.added:
                writer.add(each)
    expected = ask(stock_index(survivors(history)), asked)
    assert_ranked(backend.search(asked).hits, expected)
    page = backend.search(replace(asked, limit=3))
    assert page.hits == backend.search(asked).hits[:3]
    backend.close()
