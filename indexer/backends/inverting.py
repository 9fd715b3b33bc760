"""From index entries to the arrays of a segment."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from indexer.backends.array_file import Array, Arrays, narrow
from indexer.backends.schema import KEYS, Places, keys_of, places_of
from indexer.backends.segment import ID_ENDS, ID_RANKS, IDS, array_name, encode, joined
from indexer.backends.whoosh_codec import rounded_lengths
from indexer.models import Entry, Field

VALUED_KEYS = tuple(key for key in KEYS if key != "passage_id")


def invert(entries: Iterable[Entry]) -> Arrays:
    """Return the arrays of a segment that holds `entries`, numbered in their order."""
    fields = {field: _Occurrences() for field in Field}
    keys: list[dict[str, str]] = []
    for number, entry in enumerate(entries):
        for field, places in places_of(entry).items():
            fields[field].add(number, places)
        keys.append(keys_of(entry))
    arrays: dict[str, Array] = {}
    for field, occurrences in fields.items():
        for name, made in occurrences.arrays(len(keys)).items():
            arrays[array_name(field, name)] = made
    for key in VALUED_KEYS:
        values = sorted({row[key] for row in keys})
        numbers = {value: number for number, value in enumerate(values)}
        codes = np.fromiter((numbers[row[key]] for row in keys), np.uint32, len(keys))
        arrays |= key_arrays(key, values, codes)
    return arrays | id_arrays([encode(row["passage_id"]) for row in keys])


def key_arrays(key: str, values: Sequence[str], codes: Array) -> dict[str, Array]:
    """Return the arrays of a key: its values, in order, and which of them each passage has."""
    texts, ends = joined([encode(value) for value in values])
    return {
        array_name(key, "values"): texts,
        array_name(key, "value_ends"): ends,
        array_name(key, "codes"): codes.astype(np.uint32),
    }


def id_arrays(ids: Sequence[bytes]) -> dict[str, Array]:
    """Return the arrays of the passage ids: the ids, and the place of each in their order."""
    texts, ends = joined(ids)
    ranks = np.empty(len(ids), np.uint32)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.uint32)
    return {IDS: texts, ID_ENDS: ends, ID_RANKS: ranks}


class _Occurrences:
    """Every occurrence of every form of one field, in the order of the passages."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._forms = array("I")
        self._passages = array("I")
        self._places = array("I")

    def add(self, passage: int, places: Places) -> None:
        self._forms.extend([self._numbers[form] for form, _ in places])
        self._places.extend([place for _, place in places])
        self._passages.extend([passage] * len(places))

    def arrays(self, passages: int) -> dict[str, Array]:
        terms = [encode(form) for form in self._numbers]
        order = sorted(range(len(terms)), key=terms.__getitem__)
        ranks = np.empty(len(terms), np.uint32)
        ranks[order] = np.arange(len(terms), dtype=np.uint32)
        docs = np.frombuffer(self._passages, np.uint32)
        places = np.frombuffer(self._places, np.uint32)
        by_form = ranks[np.frombuffer(self._forms, np.uint32)]
        sort = np.lexsort((places, docs, by_form))
        by_form, sorted_docs = by_form[sort], docs[sort]
        # A posting begins where the form or the passage is another than before.
        begins = np.ones(len(sort), bool)
        begins[1:] = (by_form[1:] != by_form[:-1]) | (sorted_docs[1:] != sorted_docs[:-1])
        starts = np.flatnonzero(begins)
        texts, ends = joined([terms[number] for number in order])
        return {
            "terms": texts,
            "term_ends": ends,
            "doc_ends": _ends(by_form[starts], len(terms)),
            "place_ends": _ends(by_form, len(terms)),
            "docs": sorted_docs[starts].astype(np.uint32),
            "tfs": narrow(np.diff(starts, append=len(sort))),
            "places": narrow(places[sort]),
            "lengths": narrow(rounded_lengths(np.bincount(docs, minlength=passages))),
        }


def _ends(owners: Array, number: int) -> Array:
    """Return where the values of each owner end, in an array that is in the owners' order."""
    return np.cumsum(np.bincount(owners, minlength=number), dtype=np.uint64)
