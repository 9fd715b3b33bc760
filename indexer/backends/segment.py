"""A segment: the inverted index of some passages, as arrays.

Passages are numbered from 0. Of every field the arrays hold, term after term in the order of their
bytes, the passages of each term in ascending order (`docs`), how often it stands in each (`tfs`)
and where (`places`); of every key, the values and which of them each passage has. One report, many
merged ones, and all that lies between have this same form.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import overload

import numpy as np

from indexer.backends.array_file import Array, Arrays
from indexer.models import Field

FIELD_ARRAYS = ("terms", "term_ends", "doc_ends", "place_ends", "docs", "tfs", "places", "lengths")
IDS, ID_ENDS, ID_RANKS = "ids", "id_ends", "id_ranks"


def encode(text: str) -> bytes:
    """Return the bytes that a form or value is kept as.

    A lone surrogate, which JSON can carry, is then a form like any other: one without hits.
    """
    return text.encode("utf-8", "surrogatepass")


def decode(stored: bytes) -> str:
    """Return the form or value that is kept as these bytes."""
    return stored.decode("utf-8", "surrogatepass")


class Strings(Sequence[bytes]):
    """Byte strings that lie one behind another in an array; `ends` says where each one ends."""

    def __init__(self, joined: Array, ends: Array) -> None:
        # Single values come out of a memoryview several times faster than out of an array.
        self._joined, self._ends = joined.data, ends.data

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not 0 <= at < len(self._ends):
            raise IndexError(at)
        return bytes(self._joined[self._ends[at - 1] if at else 0 : self._ends[at]])

    def __iter__(self) -> Iterator[bytes]:
        joined, start = bytes(self._joined), 0
        for end in self._ends:
            yield joined[start:end]
            start = end

    def position(self, wanted: bytes) -> int | None:
        """Return where a string stands, None where it does not; they must be in order."""
        at = bisect_left(self, wanted)
        return at if at < len(self) and self[at] == wanted else None

    def beginning_with(self, prefix: bytes) -> Iterator[bytes]:
        """Yield the strings that begin so, in order; they must be in order."""
        following = (self[at] for at in range(bisect_left(self, prefix), len(self)))
        return takewhile(lambda string: string.startswith(prefix), following)


@dataclass(frozen=True)
class SegmentField:
    """The arrays of one field of a segment."""

    terms: Strings
    doc_ends: Array
    place_ends: Array
    docs: Array
    tfs: Array
    places: Array
    lengths: Array

    def postings(self, term: int) -> tuple[Array, Array]:
        """Return the passages of a term and how often it stands in each."""
        reach = _reach(self.doc_ends, term)
        return self.docs[reach], self.tfs[reach]

    def all_places(self, term: int) -> Array:
        """Return the places of a term, those of its first passage first."""
        return self.places[_reach(self.place_ends, term)]

    def places_in(self, term: int, passages: Array) -> tuple[Array, Array]:
        """Return where a term stands in `passages`: ascending, and all of them have it.

        The first array says in which of them (0, 1, …) each place of the second one lies.
        """
        docs, tfs = self.postings(term)
        ends = np.cumsum(tfs, dtype=np.int64)
        at = np.searchsorted(docs, passages)
        counts = tfs[at].astype(np.int64)
        owners = np.repeat(np.arange(len(passages)), counts)
        before = np.cumsum(counts) - counts
        picked = np.arange(len(owners)) + np.repeat(ends[at] - counts - before, counts)
        return owners, self.all_places(term)[picked]


def _reach(ends: Array, at: int) -> slice:
    return slice(int(ends[at - 1]) if at else 0, int(ends[at]))


class Segment:
    """A segment that is searched or merged; it reads its arrays when they are asked for."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._fields: dict[Field, SegmentField] = {}

    def __len__(self) -> int:
        """Return how many passages there are, deleted ones included."""
        return len(self._arrays[ID_ENDS])

    def field(self, field: Field) -> SegmentField:
        """Return the arrays of a field."""
        found = self._fields.get(field)
        if found is None:
            part = {name: self._arrays[array_name(field, name)] for name in FIELD_ARRAYS}
            terms = Strings(part.pop("terms"), part.pop("term_ends"))
            found = self._fields[field] = SegmentField(terms, **part)
        return found

    @cached_property
    def ids(self) -> Strings:
        """Return the passage ids, by passage."""
        return Strings(self._arrays[IDS], self._arrays[ID_ENDS])

    @property
    def id_ranks(self) -> Array:
        """Return the place of every passage in the order of the ids."""
        return self._arrays[ID_RANKS]

    def values(self, key: str) -> list[str]:
        """Return the values of a key, in order."""
        names = array_name(key, "values"), array_name(key, "value_ends")
        return [decode(value) for value in Strings(*(self._arrays[name] for name in names))]

    def codes(self, key: str) -> Array:
        """Return which of the values of a key each passage has."""
        return self._arrays[array_name(key, "codes")]


def array_name(owner: str, name: str) -> str:
    """Return the name that an array of a field or a key has in the file.

    >>> array_name(Field.SYLLABLES, "docs")
    'syllables.docs'
    """
    return f"{owner}.{name}"


def joined(strings: Sequence[bytes]) -> tuple[Array, Array]:
    """Return byte strings as the two arrays that `Strings` reads.

    >>> [decode(each) for each in Strings(*joined([encode("nghèo"), encode("hộ")]))]
    ['nghèo', 'hộ']
    """
    ends = np.cumsum(np.fromiter(map(len, strings), np.uint64, len(strings)), dtype=np.uint64)
    return np.frombuffer(b"".join(strings), np.uint8), ends
