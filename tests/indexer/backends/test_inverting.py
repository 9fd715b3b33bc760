from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from indexer.backends.inverting import VALUED_KEYS, id_arrays, invert, key_arrays
from indexer.backends.schema import FACETS, keys_of, places_of
from indexer.backends.segment import FIELD_ARRAYS, Segment, array_name, decode, encode
from indexer.models import Entry, Field
from tests.factories.entries import entry
from tests.indexer.backends.strategies import histories, survivors


def arrays_of(field: Field, *entries: Entry) -> dict[str, list[int]]:
    made = invert(entries)
    return {name: made[array_name(field, name)].tolist() for name in FIELD_ARRAYS}


def test_a_small_field_as_arrays() -> None:
    made = arrays_of(Field.SYLLABLES, entry("d:p1", "b a b"), entry("d:p2"), entry("d:p3", "a"))
    assert made == {
        "terms": [*b"ab"],
        "term_ends": [1, 2],
        "doc_ends": [2, 3],
        "place_ends": [2, 4],
        "docs": [0, 2, 0],
        "tfs": [1, 1, 2],
        "places": [1, 0, 0, 2],
        "lengths": [3, 0, 1],
    }


def test_nothing_is_a_segment_too() -> None:
    made = invert(())
    assert len(Segment(made)) == 0
    assert {len(values) for values in made.values()} == {0}
    assert set(made) == set(invert([entry("d:p1", "a")]))


def test_every_key_but_the_id_has_values() -> None:
    assert set(VALUED_KEYS) == {"document_id", "traits", *FACETS}


def test_terms_are_in_the_order_of_their_bytes() -> None:
    made = Segment(invert([entry("d:p1", "ân đ z a án 👍")])).field(Field.SYLLABLES)
    assert [decode(each) for each in made.terms] == sorted(["ân", "đ", "z", "a", "án", "👍"])


def rebuilt(made: Segment, field: Field) -> list[list[tuple[str, int]]]:
    """Return the forms with their places of each passage, read out of the arrays."""
    kept = made.field(field)
    found: list[list[tuple[str, int]]] = [[] for _ in range(len(made))]
    for term, form in enumerate(kept.terms):
        docs, tfs = kept.postings(term)
        owners = np.repeat(docs, tfs)
        for number, place in zip(owners.tolist(), kept.all_places(term).tolist(), strict=True):
            found[number].append((decode(form), place))
    return [sorted(each) for each in found]


@given(history=histories(batches=2))
@settings(max_examples=40, deadline=None)
def test_all_that_went_in_can_be_read_out(history: list[object]) -> None:
    entries = survivors(history)  # type: ignore[arg-type]
    made = Segment(invert(entries))
    for field in Field:
        assert rebuilt(made, field) == [sorted(places_of(each)[field]) for each in entries]
    for key in VALUED_KEYS:
        values = made.values(key)
        assert values == sorted(set(values))
        assert [values[code] for code in made.codes(key)] == [keys_of(e)[key] for e in entries]
    assert [decode(each) for each in made.ids] == [each.passage_id for each in entries]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (1, ("|u1", "|u1", "|u1")),
        (255, ("|u1", "|u1", "<u2")),  # the length is rounded up
        (256, ("<u2", "|u1", "<u2")),
        (257, ("<u2", "<u2", "<u2")),
        (65_537, ("<u4", "<u4", "<u4")),
    ],
)
def test_numbers_take_as_few_bytes_as_they_can(words: int, kinds: tuple[str, ...]) -> None:
    made = invert([entry("d:p1", "a " * words)])
    names = [array_name(Field.SYLLABLES, name) for name in ("tfs", "places", "lengths")]
    assert tuple(made[name].dtype.str for name in names) == kinds


def test_a_length_is_rounded_but_places_are_not() -> None:
    made = arrays_of(Field.SYLLABLES, entry("d:p1", "a b " * 500))
    assert made["lengths"] == [1032]
    assert made["tfs"] == [500, 500]
    assert made["places"] == [*range(0, 1000, 2), *range(1, 1000, 2)]


def test_a_key_is_its_values_and_codes() -> None:
    made = Segment(key_arrays("place", ["", "Xã A"], np.array([1, 0, 1])))
    assert made.values("place") == ["", "Xã A"]
    assert made.codes("place").tolist() == [1, 0, 1]


def test_ids_that_are_the_same_keep_their_order() -> None:
    made = Segment(id_arrays([encode(each) for each in ("b", "a", "b")]))
    assert made.id_ranks.tolist() == [1, 0, 2]
