"""Whether Whoosh reads out of our files what was put into them."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import index
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.backends.array_file import DamagedArrays, write_arrays
from indexer.backends.inverting import invert
from indexer.backends.schema import KEYS, keys_of, places_of
from indexer.backends.segment import encode
from indexer.backends.whoosh_backend import WhooshBackend
from indexer.backends.whoosh_codec import ArraySegment, rounded_lengths, schema
from indexer.models import Entry, Field
from tests.backend_contract import META, store
from tests.factories.entries import entry

ENTRIES = (
    entry("d:p1", "nước sạch nước", heading="tỷ_lệ", place="Xã A", traits=("target", "figure")),
    entry("d:p2", "hộ_nghèo", year="2020"),
    entry("e:p1", "nước", linked="nước sạch"),
    entry("f:p1"),
)


@pytest.fixture
def reader(backend: WhooshBackend, folder: Path) -> Any:
    """Return Whoosh's reader of a segment in which "d:p2" is deleted but still there."""
    e = ENTRIES
    store(backend, e[0], e[2], e[3], Entry(**{**_fields(e[1]), "document_id": "gone"}))
    with backend.write(META) as writer:
        writer.delete_document("gone")
    return index.open_dir(str(folder / "0001")).reader()


def _fields(made: Entry) -> dict[str, Any]:
    return {name: getattr(made, name) for name in Entry.__slots__}


LEFT = (ENTRIES[0], ENTRIES[2], ENTRIES[3])


def test_whoosh_counts_what_is_deleted_and_what_is_left(reader: Any) -> None:
    assert (reader.doc_count_all(), reader.doc_count()) == (4, 3)
    assert reader.has_deletions()
    assert [reader.is_deleted(number) for number in range(4)] == [False, False, False, True]
    assert list(reader.all_doc_ids()) == [0, 1, 2]


def test_whoosh_reads_every_key(reader: Any) -> None:
    for key in KEYS:
        column = reader.column_reader(key)
        assert [column[number] for number in range(3)] == [keys_of(each)[key] for each in LEFT]


def test_whoosh_reads_every_length(reader: Any) -> None:
    for field in Field:
        lengths = [len(places_of(each)[field]) for each in (*LEFT, ENTRIES[1])]
        assert [reader.doc_field_length(number, field) for number in range(4)] == lengths
        assert reader.field_length(field) == sum(lengths)
        assert reader.min_field_length(field) == min(lengths)
        assert reader.max_field_length(field) == max(lengths)


def test_whoosh_reads_terms_in_order(reader: Any) -> None:
    forms = {form for each in ENTRIES for form, _ in places_of(each)[Field.SYLLABLES]}
    assert list(reader.lexicon("syllables")) == sorted(map(encode, forms))
    assert list(reader.expand_prefix("syllables", "n")) == [encode("nghèo"), encode("nước")]
    assert ("syllables", "sạch") in reader
    assert ("syllables", "không") not in reader
    assert ("heading", "sạch") not in reader
    assert ("place", "Xã A") not in reader
    names = [name for name, _ in reader.all_terms()]
    assert list(dict.fromkeys(names)) == [f for f in map(str, Field) if f in names]
    assert set(reader.indexed_field_names()) == set(Field)


def test_whoosh_reads_what_is_known_of_a_term(reader: Any) -> None:
    info = reader.term_info("syllables", "nước")
    assert (info.weight(), info.doc_frequency()) == (3, 2)
    assert (info.min_length(), info.max_length(), info.max_weight()) == (1, 3, 2)
    assert (info.min_id(), info.max_id()) == (0, 1)
    assert reader.frequency("syllables", "nước") == 3
    assert reader.doc_frequency("syllables", "nước") == 2
    assert reader.doc_frequency("syllables", "không") == 0


def test_whoosh_reads_postings_with_their_places(reader: Any) -> None:
    matcher = reader.postings("syllables", "nước")
    found = []
    while matcher.is_active():
        found.append((matcher.id(), matcher.weight(), matcher.value_as("positions")))
        matcher.next()
    assert found == [(0, 2.0, [0, 2]), (1, 1.0, [0])]


def test_a_segment_is_listed_with_what_is_deleted(tmp_path: Path) -> None:
    segment = ArraySegment(3)
    segment.deleted = frozenset({1})
    again = pickle.loads(pickle.dumps(segment))
    assert again == segment
    assert again.path(tmp_path) == segment.path(tmp_path)
    assert (again.doc_count_all(), again.doc_count(), again.deleted_count()) == (3, 2, 1)
    assert again.has_deletions()
    assert list(again.deleted_docs()) == [1]
    assert again.is_deleted(1)
    assert not again.is_deleted(0)


def test_two_segments_never_share_a_file(tmp_path: Path) -> None:
    paths = {ArraySegment().path(tmp_path) for _ in range(100)}
    assert len(paths) == 100
    assert {path.suffix for path in paths} == {".arrays"}


def test_a_segment_is_opened_from_its_file(tmp_path: Path) -> None:
    segment = ArraySegment(4)
    with pytest.raises(FileNotFoundError):
        segment.load(tmp_path)
    write_arrays(segment.path(tmp_path), invert(ENTRIES))
    assert len(segment.load(tmp_path)) == 4
    segment.path(tmp_path).write_bytes(b"not arrays" * 10)
    with pytest.raises(DamagedArrays):
        segment.load(tmp_path)


def test_the_schema_has_every_key_and_field() -> None:
    assert set(schema().names()) == {*KEYS, *Field}
    assert {name for name, _ in schema().items() if schema()[name].scorable} == set(Field)


@pytest.mark.parametrize(
    ("words", "length"), [(0, 0), (10, 10), (11, 12), (110, 110), (1000, 1032), (10**6, 106_374)]
)
def test_lengths_are_those_that_whoosh_would_keep(words: int, length: int) -> None:
    assert byte_to_length(length_to_byte(words)) == length
    assert rounded_lengths(np.array([words, 3, words])).tolist() == [length, 3, length]


def test_no_lengths_are_none() -> None:
    assert rounded_lengths(np.zeros(0, np.int64)).tolist() == []
