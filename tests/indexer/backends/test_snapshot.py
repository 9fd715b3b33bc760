from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.backends import snapshot as module
from indexer.backends.schema import KEYS, SCORING, keys_of
from indexer.backends.snapshot import Passages, Snapshot
from indexer.models import Entry, Field, Match
from tests.backend_contract import match
from tests.factories.entries import entry
from tests.indexer.backends.reference_ranking import Passage
from tests.indexer.backends.strategies import Batch, commit_of, histories, matches, survivors


def numbered(commit: Snapshot, entries: list[Entry]) -> dict[int, Entry]:
    """Return the passages that are left by their number."""
    by_id = {each.passage_id: each for each in entries}
    return {number: by_id[commit.passage_id(number)] for number in commit.live.tolist()}


@pytest.mark.parametrize("dense", [0, 3, 16, 10**6])
@given(history=histories(), wanted=st.lists(matches(), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_commit_is_its_passages_that_are_left(
    dense: int, history: list[Batch], wanted: list[Match]
) -> None:
    commit, left = commit_of(history), survivors(history)
    if not left:
        assert commit.count == 0
        return
    with patch.object(module, "_DENSE", dense), patch.object(module, "_MARKED", dense):
        assert_same(commit, history, left, wanted)


def assert_same(
    commit: Snapshot, history: list[Batch], left: list[Entry], wanted: list[Match]
) -> None:
    found = numbered(commit, left)
    assert commit.count == len(found) == len(left)
    assert commit.size == sum(len(batch.added) for batch in history)
    passages = {number: Passage(each) for number, each in found.items()}
    any_of_them = set()
    for each in wanted:
        counts = {number: passage.count(each) for number, passage in passages.items()}
        expected = {number: count for number, count in counts.items() if count}
        any_of_them |= expected.keys()
        postings = commit.postings(each)
        assert postings.docs.tolist() == list(expected)
        assert postings.tfs.tolist() == list(expected.values())
        assert_impacts(commit, each, passages)
    union = commit.union(tuple(wanted))
    assert union.docs.tolist() == sorted(any_of_them)
    assert union.mask is None or np.flatnonzero(union.mask).tolist() == union.docs.tolist()
    for field in Field:
        lengths = commit.lengths(field).lengths
        assert len(lengths) == commit.size
        assert [lengths[n] for n in found] == [p.length(field) for p in passages.values()]
    for key in set(KEYS) - {"passage_id"}:
        column = commit.column(key)
        assert list(column.values) == sorted(set(column.values))
        values = [column.values[column.codes[number]] for number in found]
        assert values == [keys_of(each)[key] for each in found.values()]


def assert_impacts(commit: Snapshot, wanted: Match, passages: dict[int, Passage]) -> None:
    rules, postings = SCORING[wanted.field], commit.postings(wanted)
    mean = sum(each.length(wanted.field) for each in passages.values()) / len(passages)
    assert postings.impacts.dtype == np.float32
    for number, impact in zip(postings.docs.tolist(), postings.impacts, strict=True):
        tf, length = passages[number].count(wanted), passages[number].length(wanted.field)
        expected = tf * (rules.k1 + 1)
        expected /= tf + rules.k1 * (1 - rules.b + rules.b * length / mean)
        assert impact == pytest.approx(expected, rel=1e-5)
    if postings.dense is not None:
        assert postings.dense[postings.docs].tolist() == postings.impacts.tolist()
        assert np.count_nonzero(postings.dense) == len(postings)


@given(history=histories(), most=st.integers(1, 20))
@settings(max_examples=40, deadline=None)
def test_the_first_ids_come_first(history: list[Batch], most: int) -> None:
    commit = commit_of(history)
    first = commit.first_ids(commit.live, most)
    ids = sorted(each.passage_id for each in survivors(history))
    assert [passage_id for passage_id, _ in first] == ids[:most]
    assert [commit.passage_id(number) for _, number in first] == ids[:most]


def test_what_many_and_what_few_passages_have() -> None:
    commit = commit_of([Batch((), tuple(entry(f"d:p{n}", f"a x{n}") for n in range(40)))])
    many, few = commit.postings(match("a")), commit.postings(match("x7"))
    assert many.mask is not None
    assert many.dense is not None
    assert few.dense is None
    assert few.mask is None
    both = commit.union((match("a"), match("x7"))).mask
    assert both is not None
    assert both.all()
    assert commit.union(()).docs.tolist() == []


def test_what_is_said_to_take_memory_is_no_less_than_what_takes_it() -> None:
    commit = commit_of([Batch((), tuple(entry(f"d:p{n}", f"a x{n % 20}") for n in range(100)))])
    for form in ("a", "x7", "không"):
        found = commit.postings(match(form))
        assert found.nbytes >= taken_by(found)
        assert found.impacts is not None
        assert found.mask is None or len(found.mask) == commit.size
        assert found.nbytes >= taken_by(found)
    for forms in (("a", "x7"), ("x7", "x8"), ("x7", "không")):
        union = commit.union(tuple(map(match, forms)))
        assert union.mask is None or len(union.mask) == commit.size
        assert union.nbytes >= taken_by(union)


def taken_by(found: Passages) -> int:
    arrays = [each for each in vars(found).values() if isinstance(each, np.ndarray)]
    return sum(each.nbytes for each in arrays if each.flags.owndata)


def test_one_segment_is_read_where_it_lies() -> None:
    commit = commit_of([Batch((), (entry("d:p1", "a b"), entry("d:p2", "a")))])
    assert not commit.postings(match("a")).docs.flags.owndata


def test_weights_do_not_make_another_posting_but_slops_do() -> None:
    commit = commit_of([Batch((), (entry("d:p1", "a x b"), entry("d:p2", "a b")))])
    assert commit.postings(match("a b")).docs.tolist() == [1]
    assert commit.postings(match("a b", slop=1)).docs.tolist() == [0, 1]
    assert commit.postings(match("a b", weight=3)) is commit.postings(match("a b"))


def test_empty_fields_have_a_mean_length_that_can_be_divided_by() -> None:
    commit = commit_of([Batch((), (entry("d:p1", "a a a"), entry("d:p2", "a")))])
    assert commit.lengths(Field.SYLLABLES).average == 2
    assert commit.lengths(Field.HEADING).average == 1
    assert not Snapshot([], 100).live.size


def test_deleted_passages_do_not_count_for_the_mean_length() -> None:
    added = Batch((), (entry("d:p1", "a a a"), entry("e:p1", "a")))
    commit = commit_of([added, Batch(("d",), ())])
    assert commit.lengths(Field.SYLLABLES).average == 1
    assert commit.live.tolist() == [1]


def test_a_column_knows_its_values_by_their_words() -> None:
    added = [
        entry("d:p1", traits=("target", "figure")),
        entry("d:p2", traits=("figure",)),
        entry("d:p3"),
    ]
    column = commit_of([Batch((), tuple(added))]).column("traits")
    assert column.values == ("", "figure", "target figure")
    assert {word: values.tolist() for word, values in column.words.items()} == {
        "figure": [False, True, True],
        "target": [False, False, True],
    }
    assert column.having(frozenset({"figure", "other"})).tolist() == [False, True, False]


def test_what_was_computed_takes_no_more_than_the_cache_may_hold() -> None:
    entries = tuple(entry(f"d:p{n}", " ".join(f"x{m}" for m in range(n % 9))) for n in range(300))
    commit = commit_of([Batch((), entries[:150]), Batch((), entries[150:])], 5000)
    for form in range(9):
        commit.postings(match(f"x{form}"))
        commit.union((match(f"x{form}"), match("x0")))
        assert commit._cache.size <= 5000


def test_forms_that_begin_so_come_from_all_segments_in_order() -> None:
    batches = [
        Batch((), (entry("d:p1", "hộ nghèo hội"),)),
        Batch((), (entry("e:p1", "hóa hộ hồng"),)),
    ]
    commit = commit_of(batches)
    assert commit.forms(Field.SYLLABLES, "h", 10) == tuple(sorted(["hóa", "hồng", "hộ", "hội"]))
    assert commit.forms(Field.SYLLABLES, "hộ", 10) == ("hộ", "hội")
    assert commit.forms(Field.SYLLABLES, "h", 2) == ("hóa", "hồng")
    assert commit.forms(Field.SYLLABLES, "", 1) == ("hóa",)
    assert commit.forms(Field.SYLLABLES, "hội thề", 5) == ()
    assert commit.forms(Field.HEADING, "h", 5) == ()
