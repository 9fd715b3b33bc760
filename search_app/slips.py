"""Slips of the pen: which words of the reports are one away from what was typed.

A slip is a typical Vietnamese confusion (ch/tr, s/x, n/ng, hỏi/ngã), or one or two letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import combinations

from indexer.text.language import EDGE, NUMBER, OTHER, LanguageModel
from indexer.text.normalise import strip_accents

_LONG = 6  # letters from which two may be wrong
_SLIP = 0.5
_FEWEST = 2  # times that a word must stand in the reports to be suggested
_ONSETS = tuple(
    tuple(group.split()) for group in ("d gi r", "ch tr", "s x", "l n", "ng ngh", "g gh", "c k")
)
_CODAS = tuple(tuple(group.split()) for group in ("n ng", "t c", "n nh"))
_SWAPPED_TONES = str.maketrans("\u0303\u0309", "\u0309\u0303")
_ONSET = re.compile(r"ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx]")


class Slips:
    """The words of the reports by what is left of them when a letter or two are missing."""

    def __init__(self, model: LanguageModel) -> None:
        self.model = model
        numbers = [
            number
            for number, form in enumerate(model.forms)
            if model.counts[number] >= _FEWEST and form not in (EDGE, NUMBER, OTHER)
        ]
        self._forms = _by_rest({model.forms[number] for number in numbers})
        self._bares = _by_rest({model.bares[number] for number in numbers})

    def candidates(self, form: str) -> dict[int, float]:
        """Return the words that may be meant, by their numbers, and how far away each is."""
        model = self.model
        # All letters right and only the accents wrong is one slip, however many they are.
        costs = dict.fromkeys(model.candidates(strip_accents(form)), 1.0)
        for other, cost in self._near(form, self._bares if form.isascii() else self._forms):
            found = model.find(other)
            exact = () if found is None else (found,)
            for number in model.candidates(other) if form.isascii() else exact:
                costs[number] = min(cost, costs.get(number, cost))
        return {
            number: cost
            for number, cost in costs.items()
            if model.counts[number] >= _FEWEST and model.forms[number] != form
        }

    def _near(self, form: str, by_rest: dict[str, list[str]]) -> Iterator[tuple[str, float]]:
        most = 2 if len(form) >= _LONG else 1
        found = {other for rest in _rests(form, most) for other in by_rest.get(rest, ())}
        for other in found:
            distance = _distance(form, other)
            if distance <= most:
                yield other, float(distance)
        once = dict.fromkeys(_slips(form), _SLIP)
        twice = dict.fromkeys((other for one in once for other in _slips(one)), 2 * _SLIP)
        for other, cost in (twice | once).items():
            if other in by_rest.get(other, ()):
                yield other, cost


def _by_rest(words: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        for rest in _rests(word, 2 if len(word) >= _LONG - 2 else 1):
            found.setdefault(rest, []).append(word)
    return found


def _rests(word: str, most: int) -> set[str]:
    """Return the word and what is left of it without one letter, or without two."""
    return {
        "".join(letter for at, letter in enumerate(word) if at not in missing)
        for count in range(most + 1)
        for missing in combinations(range(len(word)), count)
    }


def _distance(one: str, other: str) -> int:
    """Return how many letters differ; two that changed places count once (Damerau)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, sign in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != sign))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == sign:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def _slips(form: str) -> Iterator[str]:
    """Yield what a form may be confused with.

    >>> sorted(_slips("xãn"))
    ['sãn', 'xãng', 'xãnh', 'xản']
    """
    match = _ONSET.match(form)
    onset = match.group() if match else ""
    for group in _ONSETS:
        if onset in group:
            yield from (other + form[len(onset) :] for other in group if other != onset)
    ending = next((end for end in ("ng", "nh", "n", "t", "c") if form.endswith(end)), "")
    for group in _CODAS:
        if ending in group:
            yield from (form[: -len(ending)] + other for other in group if other != ending)
    swapped = unicodedata.normalize("NFD", form).translate(_SWAPPED_TONES)
    if (other := unicodedata.normalize("NFC", swapped)) != form:
        yield other
