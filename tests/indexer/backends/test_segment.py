from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.backends.inverting import invert
from indexer.backends.schema import places_of
from indexer.backends.segment import (
    FIELD_ARRAYS,
    ID_ENDS,
    ID_RANKS,
    IDS,
    Segment,
    Strings,
    array_name,
    decode,
    encode,
    joined,
)
from indexer.models import Entry, Field
from tests.factories.entries import entry
from tests.indexer.backends.reference_ranking import Passage
from tests.indexer.backends.strategies import FORMS, passages

BYTES = st.lists(st.binary(max_size=4), max_size=12)


def strings(*values: bytes) -> Strings:
    return Strings(*joined(values))


@given(values=BYTES)
def test_strings_are_a_sequence_of_what_was_joined(values: list[bytes]) -> None:
    found = strings(*values)
    assert len(found) == len(values)
    assert list(found) == [found[at] for at in range(len(values))] == values
    assert found[1:3] == values[1:3]
    assert found[::-1] == values[::-1]
    assert list(reversed(found)) == values[::-1]


def test_there_is_no_string_past_the_end() -> None:
    for at in (2, 100, -1):
        with pytest.raises(IndexError):
            strings(b"a", b"b")[at]
    with pytest.raises(IndexError):
        strings()[0]


@given(values=BYTES, wanted=st.binary(max_size=3))
def test_a_string_is_found_where_it_stands(values: list[bytes], wanted: bytes) -> None:
    ordered = sorted(set(values))
    expected = ordered.index(wanted) if wanted in ordered else None
    assert strings(*ordered).position(wanted) == expected
    assert all(strings(*ordered).position(each) == at for at, each in enumerate(ordered))


@given(values=BYTES, prefix=st.binary(max_size=2))
def test_strings_with_a_beginning_come_in_order(values: list[bytes], prefix: bytes) -> None:
    ordered = sorted(set(values))
    found = list(strings(*ordered).beginning_with(prefix))
    assert found == [each for each in ordered if each.startswith(prefix)]


@pytest.mark.parametrize("text", ["", "hộ nghèo", "👍", "\ud800", "a\0b"])
def test_any_text_can_be_kept(text: str) -> None:
    assert decode(encode(text)) == text


@given(st.lists(st.text(st.characters()), max_size=8))
def test_the_order_of_the_bytes_is_that_of_the_texts(texts: list[str]) -> None:
    assert [decode(each) for each in sorted(map(encode, texts))] == sorted(texts)


def test_a_name_of_an_array_tells_whose_it_is() -> None:
    assert array_name(Field.WORDS, "tfs") == "words.tfs"
    assert array_name("place", "codes") == "place.codes"


# --- a segment of passages ------------------------------------------------------------------------


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    return [draw(passages(f"d:p{n}")) for n in range(draw(st.integers(0, 6)))]


@given(made=entries(), field=st.sampled_from(Field))
@settings(max_examples=60, deadline=None)
def test_postings_and_places_are_those_of_the_passages(made: list[Entry], field: Field) -> None:
    segment = Segment(invert(made))
    kept = segment.field(field)
    for form in FORMS[field]:
        expected = {
            number: [place for each, place in places_of(entry)[field] if each == form]
            for number, entry in enumerate(made)
        }
        having = {number: places for number, places in expected.items() if places}
        term = kept.terms.position(encode(form))
        if term is None:
            assert not having
            continue
        docs, tfs = kept.postings(term)
        assert docs.tolist() == list(having)
        assert tfs.tolist() == [len(places) for places in having.values()]
        assert kept.all_places(term).tolist() == [p for places in having.values() for p in places]
        some = np.array(list(having)[::2], np.uint32)
        owners, places = kept.places_in(term, some)
        assert [(int(some[o]), p) for o, p in zip(owners, places.tolist(), strict=True)] == [
            (number, place) for number in some.tolist() for place in having[number]
        ]
    assert kept.lengths.tolist() == [Passage(each).length(field) for each in made]


def test_keys_are_values_in_order_and_a_code_for_each_passage() -> None:
    segment = Segment(
        invert([entry("d:p1", place="Xã B"), entry("d:p2"), entry("e:p1", place="Xã A")])
    )
    assert len(segment) == 3
    assert segment.values("place") == ["", "Xã A", "Xã B"]
    assert segment.codes("place").tolist() == [2, 0, 1]
    assert segment.values("document_id") == ["d", "e"]
    assert segment.codes("document_id").tolist() == [0, 0, 1]


def test_ids_have_ranks_in_their_order() -> None:
    segment = Segment(invert([entry(f"d:{name}") for name in ("b", "â", "a", "c")]))
    assert [decode(each) for each in segment.ids] == ["d:b", "d:â", "d:a", "d:c"]
    assert segment.id_ranks.tolist() == [1, 3, 0, 2]


def test_arrays_are_read_only_when_they_are_asked_for() -> None:
    arrays = dict(invert([entry("d:p1", "nước sạch")]))
    asked = {array_name(Field.SYLLABLES, name) for name in FIELD_ARRAYS} | {IDS, ID_ENDS, ID_RANKS}
    segment = Segment({name: values for name, values in arrays.items() if name in asked})
    assert len(segment) == 1
    assert list(segment.field(Field.SYLLABLES).terms) == [encode("nước"), encode("sạch")]
    assert segment.field(Field.SYLLABLES) is segment.field(Field.SYLLABLES)
    with pytest.raises(KeyError):
        segment.field(Field.WORDS)
