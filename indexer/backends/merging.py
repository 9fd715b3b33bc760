"""Several segments into one, field by field, in two passes and little memory.

The first pass counts what every term has in all parts, which tells where each term's postings begin
in the merged arrays (a counting sort); the second one puts the parts' postings there. The merged
arrays lie in the new file itself, so that memory holds the terms and no postings. Passages keep
their order and lose their gaps: what was deleted is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.backends.array_file import Array, Layout, narrow_type, new_arrays
from indexer.backends.inverting import VALUED_KEYS, id_arrays, key_arrays
from indexer.backends.segment import Segment, SegmentField, array_name, joined
from indexer.models import Field


@dataclass(frozen=True)
class Part:
    """A segment to be merged: how to open it, how many passages it has, which are deleted.

    It is opened for one field at a time, for there may be more parts than files can be open.
    """

    open: Callable[[], Segment]
    passages: int
    deleted: frozenset[int] = frozenset()

    @property
    def kept(self) -> int:
        """Return how many passages are left of it."""
        return self.passages - len(self.deleted)

    @cached_property
    def live(self) -> Array:
        """Return which passages are left of it."""
        live = np.ones(self.passages, bool)
        live[list(self.deleted)] = False
        return live

    def without_deleted(self, values: Array) -> Array:
        """Return the values of the passages that are left."""
        return values[self.live] if self.deleted else values


def merge(parts: Sequence[Part], path: Path) -> int:
    """Write the passages of all parts to one segment file; return how many they are.

    Raises OSError where it cannot be written.
    """
    plans = {field: _Plan(field, parts) for field in Field}
    fixed: dict[str, Array] = {}
    for plan in plans.values():
        fixed |= plan.terms_arrays()
    for key in VALUED_KEYS:
        fixed |= _merged_key(key, parts)
    fixed |= id_arrays([passage_id for part in parts for passage_id in _kept_ids(part)])
    layout = {name: (values.dtype.str, len(values)) for name, values in fixed.items()}
    for plan in plans.values():
        layout |= plan.layout()
    with new_arrays(path, layout) as arrays:
        for name, values in fixed.items():
            arrays[name][:] = values
        for plan in plans.values():
            plan.fill(arrays)
    return sum(part.kept for part in parts)


def _kept_ids(part: Part) -> list[bytes]:
    ids = list(part.open().ids)
    return [each for each, live in zip(ids, part.live, strict=True) if live]


def _merged_key(key: str, parts: Sequence[Part]) -> dict[str, Array]:
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    codes = []
    for part in parts:
        segment = part.open()
        found = part.without_deleted(segment.codes(key))
        values = segment.values(key)
        used = np.zeros(len(values), np.uint32)
        for code in np.unique(found):
            used[code] = numbers[values[code]]
        codes.append(used[found])
    order = sorted(numbers)
    ranks = np.zeros(len(order), np.uint32)
    ranks[[numbers[value] for value in order]] = np.arange(len(order), dtype=np.uint32)
    return key_arrays(key, order, ranks[np.concatenate(codes)])


@dataclass(frozen=True)
class _Kept:
    """What is left of a field of a part: for each term, how many postings and occurrences."""

    field: SegmentField
    postings: Array | None  # which postings are left; None: all
    doc_counts: Array
    place_counts: Array


def _kept(part: Part, field: Field) -> _Kept:
    found = part.open().field(field)
    if not part.deleted:
        return _Kept(found, None, _counts(found.doc_ends), _counts(found.place_ends))
    postings = part.live[found.docs]
    return _Kept(
        found,
        postings,
        _kept_counts(postings.astype(np.int64), found.doc_ends),
        _kept_counts(np.where(postings, found.tfs, 0).astype(np.int64), found.doc_ends),
    )


def _counts(ends: Array) -> Array:
    return np.diff(ends.astype(np.int64), prepend=0)


def _kept_counts(values: Array, ends: Array) -> Array:
    """Return the sum of each term's values."""
    sums = np.concatenate([[0], np.cumsum(values)])
    return np.diff(sums[ends.astype(np.int64)], prepend=0)


class _Plan:
    """Where the postings of one field go."""

    def __init__(self, field: Field, parts: Sequence[Part]) -> None:
        self._field, self._parts = field, parts
        numbers: defaultdict[bytes, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        self._terms_of: list[Array] = []
        docs, places = _Totals(), _Totals()
        largest: dict[str, int] = {"tfs": 0, "places": 0, "lengths": 0}
        for part in parts:
            kept = _kept(part, field)
            terms = np.fromiter(
                map(numbers.__getitem__, kept.field.terms), np.uint32, len(kept.field.terms)
            )
            docs.add(terms, kept.doc_counts)
            places.add(terms, kept.place_counts)
            self._terms_of.append(terms)
            for name in largest:
                values: Array = getattr(kept.field, name)
                largest[name] = max(largest[name], int(values.max()) if len(values) else 0)
        self._types = {name: narrow_type(most) for name, most in largest.items()}
        doc_totals = docs.of(len(numbers))
        # A term of deleted passages only is no term any more.
        self._terms = sorted(term for term, number in numbers.items() if doc_totals[number])
        order = np.fromiter((numbers[term] for term in self._terms), np.int64, len(self._terms))
        self._doc_ends = np.cumsum(doc_totals[order], dtype=np.uint64)
        self._place_ends = np.cumsum(places.of(len(numbers))[order], dtype=np.uint64)
        # By term number; a term that is left out has no postings that could go anywhere.
        self._next_doc = _starts(self._doc_ends, order, len(numbers))
        self._next_place = _starts(self._place_ends, order, len(numbers))

    def terms_arrays(self) -> dict[str, Array]:
        texts, ends = joined(self._terms)
        found = {
            "terms": texts,
            "term_ends": ends,
            "doc_ends": self._doc_ends,
            "place_ends": self._place_ends,
        }
        return {array_name(self._field, name): values for name, values in found.items()}

    def layout(self) -> Layout:
        docs = int(self._doc_ends[-1]) if len(self._doc_ends) else 0
        places = int(self._place_ends[-1]) if len(self._place_ends) else 0
        sizes = {
            "docs": ("<u4", docs),
            "tfs": (self._types["tfs"], docs),
            "places": (self._types["places"], places),
            "lengths": (self._types["lengths"], sum(part.kept for part in self._parts)),
        }
        return {array_name(self._field, name): size for name, size in sizes.items()}

    def fill(self, arrays: dict[str, Array]) -> None:
        """Put the postings of all parts where they belong."""
        docs, tfs, places, lengths = (
            arrays[array_name(self._field, name)] for name in ("docs", "tfs", "places", "lengths")
        )
        base = 0
        for part, terms in zip(self._parts, self._terms_of, strict=True):
            kept = _kept(part, self._field)
            numbers = base + np.cumsum(part.live, dtype=np.int64) - 1
            to = _destinations(self._next_doc, terms, kept.doc_counts)
            docs[to] = numbers[_picked(kept.field.docs, kept.postings)]
            tfs[to] = _picked(kept.field.tfs, kept.postings)
            to = _destinations(self._next_place, terms, kept.place_counts)
            occurrences = (
                None if kept.postings is None else np.repeat(kept.postings, kept.field.tfs)
            )
            places[to] = _picked(kept.field.places, occurrences)
            lengths[base : base + part.kept] = part.without_deleted(kept.field.lengths)
            base += part.kept


class _Totals:
    """Counts by term number, of terms that are still becoming more."""

    def __init__(self) -> None:
        self._sums: Array = np.zeros(1024, np.int64)

    def add(self, terms: Array, counts: Array) -> None:
        needed = int(terms.max()) + 1 if len(terms) else 0
        if needed > len(self._sums):
            self._sums = np.concatenate([self._sums, np.zeros(needed, np.int64)])
        self._sums[terms] += counts  # a part names each term once

    def of(self, number: int) -> Array:
        return np.pad(self._sums, (0, max(0, number - len(self._sums))))[:number]


def _starts(ends: Array, order: Array, number: int) -> Array:
    starts = np.zeros(number, np.int64)
    starts[order[1:]] = ends[:-1]
    return starts


def _destinations(following: Array, terms: Array, counts: Array) -> Array:
    """Return where the next values of the terms go, and move on behind them."""
    starts = following[terms]
    following[terms] += counts
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def _picked(values: Array, which: Array | None) -> Array:
    return values if which is None else values[which]
