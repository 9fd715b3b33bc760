"""What is sent of a segment is what `schema.places_of` says, place for place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.backends.inverting import invert
from indexer.backends.opensearch_documents import actions
from indexer.backends.opensearch_mapping import GAP, begun_name, original
from indexer.backends.schema import BEGUN, KEYS, Places, keys_of, places_of
from indexer.backends.segment import Segment
from indexer.models import Entry, Field
from tests.factories.entries import entry
from tests.indexer.backends.strategies import passages

Sent = list[tuple[str, dict[str, Any], dict[str, Any]]]


def sent(entries: Sequence[Entry], commit: int = 4, digest: str = "") -> Sent:
    """Return the id, the head and the body of every action."""
    made = list(actions(Segment(invert(entries)), commit, digest))
    lines = [(passage_id, raw.decode().split("\n")) for passage_id, raw in made]
    assert all(len(each) == 3 and not each[2] for _, each in lines)
    return [(passage_id, *map(json.loads, each[:2])) for passage_id, each in lines]


def places_in(text: str) -> Places:
    """Return the forms of a field with the places at which the engine puts them."""
    found = enumerate(text.split("\n")) if text else ()
    return [(original(kept), place) for place, kept in found if kept != GAP]


@given(
    st.lists(st.integers(0, 30), unique=True, max_size=8).flatmap(
        lambda numbers: st.tuples(*(passages(f"d{n % 3}:p{n}") for n in numbers))
    )
)
@settings(deadline=None)
def test_every_form_stands_where_it_stood(entries: tuple[Entry, ...]) -> None:
    made = sent(entries)
    assert [passage_id for passage_id, _, _ in made] == [each.passage_id for each in entries]
    for each, (_, _, body) in zip(entries, made, strict=True):
        for field, places in places_of(each).items():
            assert places_in(body[field]) == sorted(places, key=lambda place: place[1])


@given(st.lists(passages("d:p"), max_size=3))
@settings(deadline=None)
def test_keys_and_traits_are_those_of_the_passage(entries: list[Entry]) -> None:
    for each, (_, _, body) in zip(entries, sent(entries), strict=True):
        keys = keys_of(each)
        assert body["traits"] == keys.pop("traits").split()
        assert {key: original(body[key]) for key in keys} == keys


def test_nothing_is_sent_that_the_mapping_does_not_have() -> None:
    ((_, _, body),) = sent([entry("d:p1", "hộ nghèo")])
    own = {"commit", "digest", *map(begun_name, BEGUN)}
    assert set(body) == {*Field, *KEYS, *own}


def test_a_place_without_a_form_keeps_its_neighbours_apart() -> None:
    whole = entry("d:p1", "hộ và nghèo")
    first, _, last = whole.analysis.words
    ((_, _, body),) = sent([replace(whole, analysis=replace(whole.analysis, words=(first, last)))])
    assert body[Field.WORDS] == f"hộ\n{GAP}\nnghèo"


def test_forms_that_can_be_listed_are_sent_once_each_without_the_gaps() -> None:
    ((_, _, body),) = sent([entry("d:p1", "nghèo hộ nghèo")])
    assert body[begun_name(Field.SYLLABLES)] == ["hộ", "nghèo"]
    assert body[begun_name(Field.FOLDED)] == ["ho", "ngheo"]


def test_the_id_in_the_engine_is_new_with_each_commit_and_the_report_is_the_route() -> None:
    (first,), (again,), (later,) = (sent([entry("d7:p1", "a")], commit) for commit in (4, 4, 5))
    assert first[1] == again[1] == {"index": {"_id": "d7:p1@4", "routing": "d7"}}
    assert later[1]["index"] == {"_id": "d7:p1@5", "routing": "d7"}
    assert (first[2]["commit"], later[2]["commit"]) == (4, 5)


def test_the_digest_says_of_which_file_a_passage_is() -> None:
    assert [body["digest"] for _, _, body in sent([entry("d:p1")], digest="ab12")] == ["ab12"]
