"""Which place of a report calls which note body, when all that is left of the marks is order.

Places and bodies are laid side by side in order, as two versions of one text are compared; any
of them may be missing or false. The words that a body shares with the text around a place say
how well the two fit, and what counts is how much of all the likely ways to lay them side by side
has the link (the posterior of a pair hidden Markov model: Durbin et al., Biological Sequence
Analysis, chapter 4). The constants were set on 238 notes whose marks are known, with bodies and
places taken away: see tests/indexer/test_alignment.py.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_CERTAIN = math.log(0.9995)
_GAP = -5.0
_EVIDENCE_SCALE = 0.8
_MAX_EVIDENCE = 5.0
_AROUND_WEIGHT = 0.3
# How many more places or bodies than the counts say may be missing at any point.
_SLACK = 8
_MAX_CELLS = 400_000
_NEVER = -1e18
_WORD = re.compile(r"\w+")

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a note may be called: the words right before it, and those around them."""

    near: str
    around: str = ""


def align(places: Sequence[Place], bodies: Sequence[str]) -> tuple[int | None, ...]:
    """Return for each body the index of its place, or None where that is not certain.

    As many places as bodies are taken by order, unless the words say otherwise.

    >>> align([Place("a"), Place("b")], ["x", "y"])
    (0, 1)
    >>> align([Place("a")], ["x", "y"])
    (None, None)
    """
    by_order = tuple(range(len(bodies)))
    band = _band(len(places), len(bodies))
    if (len(bodies) + 1) * len(band) > _MAX_CELLS:
        return by_order if len(places) == len(bodies) else (None,) * len(bodies)
    likely = _likely(places, bodies, band)
    best = tuple(at for at, _ in likely)
    if len(places) == len(bodies) and best == by_order:
        return by_order
    return tuple(at if chance >= _CERTAIN else None for at, chance in likely)


def _band(places: int, bodies: int) -> range:
    """Return the shifts (index of the place minus index of the body) that are looked at."""
    shift = places - bodies
    return range(min(0, shift) - _SLACK, max(0, shift) + _SLACK + 1)


def _likely(
    places: Sequence[Place], bodies: Sequence[str], band: range
) -> list[tuple[int | None, float]]:
    """Return for each body its likeliest place and the logarithm of its probability."""
    fits = _fits(places, bodies, band)
    before = _sums(fits, len(places), band)
    mirrored = [row[::-1] for row in reversed(fits)]
    # Seen from the end, the shift of a pair is that of the whole less its own.
    end = len(places) - len(bodies)
    band_back = range(end - band[-1], end - band[0] + 1)
    after = _sums(mirrored, len(places), band_back)
    total = before[-1][end - band[0]]
    found: list[tuple[int | None, float]] = []
    for body, row in enumerate(fits):
        back = after[len(bodies) - body - 1]
        chances = [
            (before[body][at] + fit + back[len(band) - 1 - at] - total, at)
            for at, fit in enumerate(row)
            if fit > _NEVER
        ]
        chance, at = max(chances, default=(_NEVER, None))
        found.append((None if at is None else body + band[at], chance))
    return found


def _sums(fits: Sequence[Sequence[float]], places: int, band: range) -> list[list[float]]:
    """Return for each body and shift the sum over all ways to lay out what stands before."""
    table: list[list[float]] = []
    for body in range(len(fits) + 1):
        row: list[float] = []
        for at, shift in enumerate(band):
            place = body + shift
            if not 0 <= place <= places:
                row.append(_NEVER)
                continue
            ways = [0.0 if body == place == 0 else _NEVER]
            if body and at + 1 < len(band):
                ways.append(table[-1][at + 1] + _GAP)
            if place and at:
                ways.append(row[at - 1] + _GAP)
            if body and place:
                ways.append(table[-1][at] + fits[body - 1][at])
            row.append(_log_sum(ways))
        table.append(row)
    return table


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    if top <= _NEVER / 2:
        return _NEVER
    return top + math.log(sum(math.exp(value - top) for value in values))


def _fits(places: Sequence[Place], bodies: Sequence[str], band: range) -> list[list[float]]:
    """Return for each body and shift how well the place there fits by its words."""
    weights = [_weights(place) for place in places]
    shared = [_pairs(body) for body in bodies]
    at_places, in_bodies = _counts(weights), _counts(shared)
    worth = {
        pair: math.log((len(places) + 1) / count) / math.sqrt(in_bodies[pair])
        for pair, count in at_places.items()
        if pair in in_bodies
    }
    return [
        [_fit(pairs, weights, worth, body + shift) for shift in band]
        for body, pairs in enumerate(shared)
    ]


def _fit(
    pairs: Iterable[_Pair],
    weights: Sequence[dict[_Pair, float]],
    worth: dict[_Pair, float],
    place: int,
) -> float:
    if not 0 <= place < len(weights):
        return _NEVER
    here = weights[place]
    evidence = sum(here[pair] * worth[pair] for pair in pairs if pair in here)
    return min(_MAX_EVIDENCE, _EVIDENCE_SCALE * evidence)


def _weights(place: Place) -> dict[_Pair, float]:
    return dict.fromkeys(_pairs(place.around), _AROUND_WEIGHT) | dict.fromkeys(
        _pairs(place.near), 1.0
    )


def _counts(groups: Iterable[Iterable[_Pair]]) -> Counter[_Pair]:
    return Counter(pair for group in groups for pair in group)


def _pairs(text: str) -> dict[_Pair, None]:
    # A dictionary keeps the order: sums of floats must not depend on the hashes of strings.
    words = _WORD.findall(text.lower())
    return dict.fromkeys(zip(words, words[1:], strict=False))
