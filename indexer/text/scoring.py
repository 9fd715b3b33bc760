"""Which syllables are the likeliest side by side, from the counts of a language model.

Two models of three syllables, one reading forwards and one backwards, are multiplied. Estimates
are discounted and fall back on a shorter context: absolute discounting (Ney, Essen and Kneser
1994), with a share for the shorter context that grows with the number of different neighbours
(Witten and Bell 1991); single syllables count in part by the contexts in which they stand (Kneser
and Ney 1995); the lexicon is mixed in (Jelinek and Mercer 1980). The best sequences are found by
dynamic programming (Viterbi 1967; more than one: Seshadri and Sundberg 1994) over a narrow beam.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.text.language import LanguageModel, Pair

# Tuned on the four sample reports of corpus/, with models of one real report each.
_CONTEXTS = 0.6  # share of "in how many contexts" in the count of a syllable
_PRIOR = 300.0  # weight of the lexicon among single syllables, in tokens
_UNLISTED = 0.1
_VOCABULARY = 20_000
_LEXICON = 0.5  # share of the lexicon among pairs, when it knows the syllable well
_LISTED_WELL = 10.0
_DISCOUNT = 0.3
_PAIR_BACKOFF = 1.0
_TRIPLE_BACKOFF = 2.0
_BACKWARDS = 0.4  # share of the model that reads backwards

_NOTHING = Pair(0, 0, 0)

_EDGE = 0  # its form is the empty one, the first of all
_PATHS = 4
_BEAM, _NARROW_BEAM = 8, 4
LONG = 120  # syllables; no question is longer, and time must not grow with hostile input
OPTIONS = 8
FEW_OPTIONS = 6
_RATIO = 5.0  # states less likely than the best one by e^5 are given up

_Path = tuple["_Path", int] | None
_States = dict[tuple[int, int], list[tuple[float, _Path]]]


@dataclass(frozen=True, slots=True)
class Step:
    """The forms that a syllable may have and what each gains; `breaks`: a sign stands before."""

    options: Sequence[tuple[int, float]]
    breaks: bool = False


class _Weighed(NamedTuple):
    """A pair's counts, what it says of its second (`forwards`) and first syllable, and the logs."""

    times: int
    left: int
    right: int
    forwards: float
    backwards: float
    log_forwards: float
    log_backwards: float


class Scorer:
    """Scores for one question: remembers what it has worked out, and is thrown away after it."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._singles: dict[int, tuple[float, float]] = {}
        self._pairs: dict[tuple[int, int], _Weighed] = {}

    def gains(self, first: int, second: int, thirds: Iterable[int]) -> Iterator[float]:
        """Yield for each third syllable the score of it after two, and of `first` before two."""
        if second == _EDGE:
            yield from (self._pair(second, third).log_forwards for third in thirds)
            return
        far = self._pair(first, second)
        for third in thirds:
            near = self._pair(second, third)
            count = 0
            if far.times and near.times:
                count = self._model.triple(first, second, third)
            gain = near.log_forwards
            if far.times:
                shorter = near.forwards
                likely = _backed_off(count, far.times, far.right, shorter, _TRIPLE_BACKOFF)
                gain = (1 - _BACKWARDS) * math.log(likely)
            if near.times:
                shorter = far.backwards
                likely = _backed_off(count, near.times, near.left, shorter, _TRIPLE_BACKOFF)
                yield gain + _BACKWARDS * math.log(likely)
            else:
                yield gain + far.log_backwards

    def likeliest(self, options: Sequence[int], most: int) -> Sequence[int]:
        """Return the options that are worth looking at, when there are too many of them."""
        if len(options) <= most:
            return options
        return sorted(options, key=lambda number: -self._single(number)[0])[:most]

    def _pair(self, first: int, second: int) -> _Weighed:
        found = self._pairs.get((first, second))
        if found is None:
            found = self._pairs[first, second] = self._weigh(first, second)
        return found

    def _weigh(self, first: int, second: int) -> _Weighed:
        model, counts = self._model, self._model.counts
        pair = model.pair(first, second) or _NOTHING
        listed = model.listed_pair(first, second)
        forwards = _mixed(self._single(second)[0], listed, model.listed_first[first])
        backwards = _mixed(self._single(first)[1], listed, model.listed_second[second])
        n = pair.times
        forwards = _backed_off(n, counts[first], model.after[first], forwards, _PAIR_BACKOFF)
        backwards = _backed_off(n, counts[second], model.before[second], backwards, _PAIR_BACKOFF)
        return _Weighed(
            n,
            pair.left,
            pair.right,
            forwards,
            backwards,
            (1 - _BACKWARDS) * math.log(forwards),
            _BACKWARDS * math.log(backwards),
        )

    def _single(self, number: int) -> tuple[float, float]:
        """Return how likely a syllable is anywhere, for the forward and the backward model."""
        found = self._singles.get(number)
        if found is None:
            model = self._model
            prior = (model.listed[number] + _UNLISTED) / (
                model.listed_tokens + _UNLISTED * _VOCABULARY
            )
            tokens = max(model.tokens, 1)
            share = (1 - _CONTEXTS) * model.counts[number] / tokens
            kinds = _CONTEXTS / max(len(model.pairs), 1)
            found = self._singles[number] = (
                (tokens * (share + kinds * model.before[number]) + _PRIOR * prior)
                / (tokens + _PRIOR),
                (tokens * (share + kinds * model.after[number]) + _PRIOR * prior)
                / (tokens + _PRIOR),
            )
        return found


def _mixed(probability: float, listed: int, begun: int) -> float:
    """Mix in how often the lexicon goes on like this."""
    if not begun:
        return probability
    share = _LEXICON * begun / (begun + _LISTED_WELL)
    return (1 - share) * probability + share * listed / begun


def _backed_off(count: int, context: int, kinds: int, shorter: float, weight: float) -> float:
    """Return the discounted share of a count in its context, filled up from a shorter context."""
    if not context:
        return shorter
    left = weight * kinds + _DISCOUNT * kinds
    return (max(0.0, count - _DISCOUNT) + left * shorter) / (context + weight * kinds)


def best_paths(steps: Sequence[Step], scorer: Scorer) -> list[tuple[float, list[int]]]:
    """Return the likeliest sequences of forms, best first, with their log-likelihoods."""
    beam, paths = (_BEAM, _PATHS) if len(steps) <= LONG else (_NARROW_BEAM, 1)
    states: _States = {(_EDGE, _EDGE): [(0.0, None)]}
    for step in steps:
        if step.breaks:
            states = _close(states, scorer)
        states = _extend(states, step, scorer, beam, paths)
    return [(score, _forms(path)) for score, path in _close(states, scorer)[_EDGE, _EDGE]]


def _extend(states: _States, step: Step, scorer: Scorer, beam: int, paths: int) -> _States:
    found: dict[tuple[int, int], list[tuple[float, _Path]]] = {}
    thirds = [third for third, _ in step.options]
    for (first, second), entries in states.items():
        gains = scorer.gains(first, second, thirds)
        for (third, bonus), gain in zip(step.options, gains, strict=True):
            gained = gain + bonus
            reached = found.setdefault((second, third), [])
            for score, path in entries:
                reached.append((score + gained, (path, third)))
    for entries in found.values():
        entries.sort(key=_score, reverse=True)
        del entries[paths:]
    best = sorted(found.items(), key=lambda item: -item[1][0][0])[:beam]
    floor = best[0][1][0][0] - _RATIO
    return {state: entries for state, entries in best if entries[0][0] >= floor}


def _close(states: _States, scorer: Scorer) -> _States:
    """End a run of syllables: all states meet, the paths behind them stay."""
    ends = []
    for (first, second), entries in states.items():
        # What stands before the end counts only forwards: a question stops where its writer
        # does, not where a sentence would.
        (gained,) = scorer.gains(first, second, (_EDGE,))
        ends += [(score + gained, path) for score, path in entries]
    return {(_EDGE, _EDGE): sorted(ends, key=_score, reverse=True)[:_PATHS]}


def _score(entry: tuple[float, _Path]) -> float:
    return entry[0]


def _forms(path: _Path) -> list[int]:
    forms = []
    while path is not None:
        path, form = path
        forms.append(form)
    return forms[::-1]
