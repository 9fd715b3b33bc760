"""Runs of forms in a segment: neighbours in their order, or not farther apart than allowed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.backends.array_file import Array
from indexer.backends.segment import SegmentField

# A place within a passage takes the lower bits of a key, the passage the upper ones.
_PLACE_BITS = 32


def find_run(field: SegmentField, forms: Sequence[bytes], slop: int) -> tuple[Array, Array] | None:
    """Return the passages that have a run of forms and how often; None where there are none.

    Each form stands behind the one before it, at most `slop` places farther than next to it. A
    run of one form is the form itself; no form at all is found nowhere.
    """
    terms = [field.terms.position(form) for form in forms]
    if not terms or None in terms:
        return None
    known = [term for term in terms if term is not None]
    if len(known) == 1:
        return field.postings(known[0])
    shared = _shared([field.postings(term)[0] for term in set(known)])
    if not len(shared):
        return None
    keys = {term: _keys(field, term, shared) for term in set(known)}
    ends = keys[known[0]]
    for term in known[1:]:
        ends = _following(ends, keys[term], slop)
    counts = np.bincount(ends >> _PLACE_BITS, minlength=len(shared))
    found = np.flatnonzero(counts)
    return (shared[found], counts[found].astype(np.uint32)) if len(found) else None


def _shared(lists: Sequence[Array]) -> Array:
    """Return the passages that stand in all lists; the shortest one decides what it costs."""
    shortest, *others = sorted(lists, key=len)
    for docs in others:
        shortest = shortest[is_in(shortest, docs)]
    return shortest


def is_in(wanted: Array, docs: Array) -> Array:
    """Return which of the ascending `wanted` stand in the ascending `docs`."""
    if not len(docs):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(docs, wanted)
    at[at == len(docs)] = 0
    found: Array = docs[at] == wanted
    return found


def _keys(field: SegmentField, term: int, passages: Array) -> Array:
    owners, places = field.places_in(term, passages)
    return (owners << _PLACE_BITS) + places


def _following(ends: Array, keys: Array, slop: int) -> Array:
    """Return the keys that stand behind one of `ends`, within reach of it."""
    if not slop:
        return keys[is_in(keys - 1, ends)]
    # An end in [key - 1 - slop, key - 1] reaches the key; owners are far farther apart than that.
    low = np.searchsorted(ends, keys - 1 - slop)
    high = np.searchsorted(ends, keys)
    return keys[low < high]
