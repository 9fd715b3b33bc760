"""The segments of one commit as one: passages numbered through, deleted ones left out."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from typing import cast

import numpy as np

from indexer.backends.array_file import Array
from indexer.backends.runs import find_run
from indexer.backends.schema import SCORING
from indexer.backends.segment import Segment, decode, encode
from indexer.bounded_cache import BoundedCache
from indexer.models import Field, Match

# What more than every so manieth passage has is also kept as a mark, or as an impact, for each
# passage: looking into it costs one step, not a search. An impact takes four times the room.
_MARKED = 16
_DENSE = 4
_BYTES_OF_IMPACT = 4
# A key of more takes more room than what it stands for, and is hardly asked for again.
_MOST_KEPT_TOGETHER = 100
# What a value costs besides its numbers: objects, key, its place. Measured: 950 bytes.
_OVERHEAD = 1_000


class Passages:
    """Some of the passages of a commit."""

    def __init__(self, docs: Array, size: int) -> None:
        self._docs = docs
        self._size = size

    def __len__(self) -> int:
        return len(self._docs)

    @property
    def docs(self) -> Array:
        """Return their numbers, ascending."""
        return self._docs

    @cached_property
    def mask(self) -> Array | None:
        """Return for every passage whether it is among them; None where few are."""
        return marked(self.docs, self._size) if _are_many(len(self), self._size) else None

    @property
    def nbytes(self) -> int:
        """Return how much memory all this takes at most."""
        return _own_bytes(self._docs) + (self._size if _are_many(len(self), self._size) else 0)


class ManyPassages(Passages):
    """So many passages that their marks take less room than their numbers."""

    def __init__(self, mask: Array) -> None:
        super().__init__(np.zeros(0, np.uint32), len(mask))
        self._marks = mask
        self._count = int(np.count_nonzero(mask))

    def __len__(self) -> int:
        return self._count

    @property
    def docs(self) -> Array:
        """Return their numbers, ascending."""
        return np.flatnonzero(self._marks).astype(np.uint32)

    @property
    def mask(self) -> Array:
        """Return for every passage whether it is among them."""
        return self._marks


def _are_many(passages: int, size: int) -> bool:
    return passages * _MARKED >= size


@dataclass(frozen=True)
class FieldLengths:
    """How long a field is in every passage, and in the mean of those that can be found; never 0."""

    field: Field
    lengths: Array
    average: float


class Postings(Passages):
    """The passages that have a form or a run of forms, and what each one's having it is worth."""

    def __init__(self, found: tuple[Array, Array], idf: float, field: FieldLengths) -> None:
        super().__init__(found[0], len(field.lengths))
        self.tfs = found[1]
        self.idf = idf
        self._field = field

    @property
    def impacts(self) -> Array:
        """Return the share of the score that each posting has, without idf and weights.

        tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average length)), as float32.
        """
        return self._sparse if self.dense is None else self.dense[self.docs]

    @cached_property
    def _sparse(self) -> Array:
        return self._impacts()

    def _impacts(self) -> Array:
        rules = SCORING[self._field.field]
        tfs = self.tfs.astype(np.float32)
        norms = self._field.lengths[self.docs].astype(np.float32)
        norms *= rules.k1 * rules.b / self._field.average
        norms += rules.k1 * (1 - rules.b)
        norms += tfs
        impacts: Array = tfs * np.float32(rules.k1 + 1)
        impacts /= norms
        return impacts

    @cached_property
    def dense(self) -> Array | None:
        """Return the impact of every passage, 0 where it has none; None where few have any."""
        if not self._is_dense:
            return None
        dense = np.zeros(self._size, np.float32)
        dense[self.docs] = self._impacts()
        return dense

    @property
    def _is_dense(self) -> bool:
        return len(self.docs) * _DENSE >= self._size

    @property
    def nbytes(self) -> int:
        """Return how much memory all this takes at most."""
        impacts = self._size if self._is_dense else len(self.docs)
        return super().nbytes + _own_bytes(self.tfs) + _BYTES_OF_IMPACT * impacts


def _own_bytes(numbers: Array) -> int:
    """Return how much memory numbers take; those of a file that is mapped take none of ours."""
    return numbers.nbytes if numbers.base is None else 0


def marked(docs: Array, size: int) -> Array:
    """Return for every one of `size` passages whether it is among `docs`."""
    mask = np.zeros(size, bool)
    mask[docs] = True
    return mask


@dataclass(frozen=True)
class OpenSegment:
    """A segment with the passages of it that are deleted, and the number of its first one."""

    segment: Segment
    deleted: frozenset[int]
    base: int


class Snapshot:
    """One commit. The numbers of its passages hold for this commit only."""

    def __init__(
        self, segments: Sequence[tuple[Segment, frozenset[int]]], cache_bytes: int
    ) -> None:
        opened, base = [], 0
        for segment, deleted in segments:
            opened.append(OpenSegment(segment, deleted, base))
            base += len(segment)
        self.size = base
        self._segments = tuple(opened)
        self._cache: BoundedCache[Hashable, Passages] = BoundedCache(
            cache_bytes, lambda held: held.nbytes + _OVERHEAD
        )
        self._lengths: dict[Field, FieldLengths] = {}
        self._columns: dict[str, Column] = {}

    @cached_property
    def deleted(self) -> Array | None:
        """Return which passages are deleted; None where none is."""
        if not any(each.deleted for each in self._segments):
            return None
        deleted = np.zeros(self.size, bool)
        for each in self._segments:
            deleted[np.fromiter(each.deleted, np.int64, len(each.deleted)) + each.base] = True
        return deleted

    @cached_property
    def live(self) -> Array:
        """Return the numbers of the passages that can be found, ascending."""
        if self.deleted is None:
            return np.arange(self.size)
        return np.flatnonzero(~self.deleted)

    @cached_property
    def count(self) -> int:
        """Return how many passages can be found."""
        return self.size - sum(len(each.deleted) for each in self._segments)

    def rarity(self, passages: int) -> float:
        """Return the idf of what so many passages have."""
        return 1 + math.log(self.count / (passages + 1))

    def postings(self, match: Match) -> Postings:
        """Return the passages that have a form or a run of forms."""
        key = match.field, match.forms, match.slop
        return cast(Postings, self._cache.compute(key, lambda: self._postings(match)))

    def _postings(self, match: Match) -> Postings:
        found = self._found(match)
        if len(match.forms) == 1:
            idf = self.rarity(len(found[0]))
        else:
            idf = sum(self.postings(Match(match.field, (form,))).idf for form in match.forms)
        return Postings(found, idf, self.lengths(match.field))

    def _found(self, match: Match) -> tuple[Array, Array]:
        docs: list[Array] = []
        tfs: list[Array] = []
        for each in self._segments:
            found = find_run(each.segment.field(match.field), _terms(match), match.slop)
            if found is not None:
                docs.append(found[0] if not each.base else found[0] + np.uint32(each.base))
                tfs.append(found[1])
        if not docs:
            return np.zeros(0, np.uint32), np.zeros(0, np.uint8)
        # One segment alone needs no copy: what is asked is read where the file lies in memory.
        all_docs = docs[0] if len(docs) == 1 else np.concatenate(docs)
        all_tfs = tfs[0] if len(tfs) == 1 else np.concatenate(tfs)
        if self.deleted is None:
            return all_docs, all_tfs
        kept = ~self.deleted[all_docs]
        return all_docs[kept], all_tfs[kept]

    def union(self, matches: tuple[Match, ...]) -> Passages:
        """Return the passages that have any of the forms or runs."""
        if len(matches) == 1:
            return self.postings(matches[0])
        if len(matches) > _MOST_KEPT_TOGETHER:
            return self._union(matches)
        key = tuple((match.field, match.forms, match.slop) for match in matches)
        return self._cache.compute(key, lambda: self._union(matches))

    def _union(self, matches: tuple[Match, ...]) -> Passages:
        found = [self.postings(match).docs for match in matches]
        if not found:
            return Passages(np.zeros(0, np.uint32), self.size)
        if not _are_many(sum(map(len, found)), self.size):
            return Passages(np.unique(np.concatenate(found)), self.size)
        mask = marked(found[0], self.size)
        for docs in found[1:]:
            mask[docs] = True
        union = ManyPassages(mask)
        return union if _are_many(len(union), self.size) else Passages(union.docs, self.size)

    def lengths(self, field: Field) -> FieldLengths:
        """Return the lengths of a field."""
        if field not in self._lengths:
            found = [each.segment.field(field).lengths for each in self._segments]
            lengths = found[0] if len(found) == 1 else np.concatenate(found)
            live = lengths if self.deleted is None else lengths[~self.deleted]
            average = float(live.sum(dtype=np.int64)) / self.count or 1.0
            self._lengths[field] = FieldLengths(field, lengths, average)
        return self._lengths[field]

    def column(self, key: str) -> Column:
        """Return the values of a key."""
        if key not in self._columns:
            self._columns[key] = _column(key, self._segments)
        return self._columns[key]

    def forms(self, field: Field, beginning: str, most: int) -> tuple[str, ...]:
        """Return at most so many forms that begin so, in the order of their bytes."""
        found: set[bytes] = set()
        for each in self._segments:
            terms = each.segment.field(field).terms.beginning_with(encode(beginning))
            found.update(islice(terms, most))
        return tuple(map(decode, nsmallest(most, found)))

    def passage_id(self, number: int) -> str:
        """Return the id of a passage."""
        each = next(each for each in reversed(self._segments) if each.base <= number)
        return decode(each.segment.ids[number - each.base])

    def first_ids(self, numbers: Array, most: int) -> list[tuple[str, int]]:
        """Return those of the ascending `numbers` whose ids come first, in the ids' order."""
        candidates: list[tuple[str, int]] = []
        for each in self._segments:
            low, high = np.searchsorted(numbers, (each.base, each.base + len(each.segment)))
            here = numbers[low:high]
            if len(here) > most:
                ranks = each.segment.id_ranks[here - each.base]
                here = here[np.argpartition(ranks, most - 1)[:most]]
            candidates += [(self.passage_id(number), number) for number in here.tolist()]
        return nsmallest(most, candidates)


def _terms(match: Match) -> list[bytes]:
    return [encode(form) for form in match.forms]


@dataclass(frozen=True)
class Column:
    """The values of a key, in order, and which of them each passage has."""

    values: tuple[str, ...]
    codes: Array

    def having(self, wanted: frozenset[str]) -> Array:
        """Return which of the values are wanted."""
        return np.fromiter((value in wanted for value in self.values), bool, len(self.values))

    @cached_property
    def words(self) -> dict[str, Array]:
        """Return for each word that values consist of which of them have it."""
        found: dict[str, Array] = {}
        for at, value in enumerate(self.values):
            for word in value.split():
                found.setdefault(word, np.zeros(len(self.values), bool))[at] = True
        return found


def _column(key: str, segments: Sequence[OpenSegment]) -> Column:
    own = [each.segment.values(key) for each in segments]
    codes = [each.segment.codes(key) for each in segments]
    if len(own) == 1:
        return Column(tuple(own[0]), codes[0])
    values = sorted(set().union(*own))
    numbers = {value: number for number, value in enumerate(values)}
    return Column(
        tuple(values),
        np.concatenate(
            [
                np.fromiter((numbers[value] for value in mine), np.uint32, len(mine))[theirs]
                for mine, theirs in zip(own, codes, strict=True)
            ]
            or [np.zeros(0, np.uint32)]
        ),
    )
