from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.backends.inverting import invert
from indexer.backends.runs import find_run, is_in
from indexer.backends.schema import places_of
from indexer.backends.segment import Segment, SegmentField, encode
from indexer.models import Entry, Field
from tests.factories.entries import entry
from tests.indexer.backends.reference_ranking import run_ends
from tests.indexer.backends.strategies import FORMS, passages


def field_of(entries: Sequence[Entry], field: Field = Field.SYLLABLES) -> SegmentField:
    return Segment(invert(entries)).field(field)


def counted(field: SegmentField, forms: Sequence[str], slop: int) -> dict[int, int]:
    found = find_run(field, [encode(form) for form in forms], slop)
    if found is None:
        return {}
    docs, counts = found
    assert (np.diff(docs.astype(np.int64)) > 0).all()
    assert docs.dtype == np.uint32
    assert counts.all()
    return dict(zip(docs.tolist(), counts.tolist(), strict=True))


def by_brute_force(
    entries: Sequence[Entry], field: Field, forms: Sequence[str], slop: int
) -> dict[int, int]:
    counts = {n: len(run_ends(places_of(e)[field], forms, slop)) for n, e in enumerate(entries)}
    return {number: count for number, count in counts.items() if count}


@st.composite
def passages_and_runs(draw: st.DrawFn) -> tuple[list[Entry], Field, list[list[str]]]:
    field = draw(st.sampled_from(Field))
    entries = [draw(passages(f"d:p{n}", 12)) for n in range(draw(st.integers(1, 6)))]
    run = st.lists(st.sampled_from(FORMS[field]), max_size=4)
    return entries, field, draw(st.lists(run, min_size=1, max_size=6))


@given(made=passages_and_runs())
@settings(max_examples=100, deadline=None)
def test_runs_are_those_that_trying_every_place_finds(
    made: tuple[list[Entry], Field, list[list[str]]],
) -> None:
    entries, field, runs = made
    kept = field_of(entries, field)
    for forms in runs:
        for slop in range(4):
            assert counted(kept, forms, slop) == by_brute_force(entries, field, forms, slop)


@pytest.mark.parametrize(
    ("text", "run", "counts"),
    [
        ("a b", "a b", (1, 1, 1)),
        ("a x b", "a b", (0, 1, 1)),
        ("a x x b", "a b", (0, 0, 1)),
        ("b a", "a b", (0, 0, 0)),
        ("a", "a a", (0, 0, 0)),
        ("a a a", "a a", (2, 2, 2)),
        ("a x a x a", "a a", (0, 2, 2)),
        ("a a a a", "a a a", (2, 2, 2)),
        ("a b a b", "a b a", (1, 1, 1)),
        # Two ways to one end are one run; one way to each of two ends are two.
        ("a a b", "a b", (1, 1, 1)),
        ("a b b", "a b", (1, 2, 2)),
        ("a b x c", "a b c", (0, 1, 1)),
        ("a x x b c", "a b c", (0, 0, 1)),
    ],
)
def test_how_often_a_run_counts(text: str, run: str, counts: tuple[int, ...]) -> None:
    kept = field_of([entry("d:p1", text)])
    assert tuple(counted(kept, run.split(), slop).get(0, 0) for slop in range(3)) == counts


def test_no_run_goes_from_one_passage_into_the_next() -> None:
    kept = field_of([entry("d:p1", "x a"), entry("d:p2", "b x"), entry("d:p3", "a b")])
    for slop in (0, 3, 1000):
        assert counted(kept, ["a", "b"], slop) == {2: 1}


def test_a_wide_reach_stays_within_the_passage() -> None:
    kept = field_of([entry("d:p1", "a " + "x " * 500 + "b"), entry("d:p2", "b a")])
    assert counted(kept, ["a", "b"], 499) == {}
    assert counted(kept, ["a", "b"], 500) == {0: 1}
    assert counted(kept, ["a", "b"], 10**6) == {0: 1}


def test_nothing_and_the_unknown_are_found_nowhere() -> None:
    kept = field_of([entry("d:p1", "a b")])
    for forms in ([], ["z"], ["a", "z"], ["z", "a"], ["b", "a"]):
        assert find_run(kept, [encode(form) for form in forms], 0) is None


def test_one_form_is_its_postings_whatever_the_slop() -> None:
    kept = field_of([entry("d:p1", "a b a"), entry("d:p2", "b"), entry("d:p3", "a")])
    assert counted(kept, ["a"], 0) == counted(kept, ["a"], 3) == {0: 2, 2: 1}


@given(
    wanted=st.sets(st.integers(0, 30)),
    docs=st.sets(st.integers(0, 30)),
)
def test_which_of_some_numbers_are_among_others(wanted: set[int], docs: set[int]) -> None:
    found = is_in(np.array(sorted(wanted), np.uint32), np.array(sorted(docs), np.uint32))
    assert found.tolist() == [number in docs for number in sorted(wanted)]
