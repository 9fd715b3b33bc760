"""From the features of a CRFsuite model to the tables of `WordModel`.

A feature is named `T[first,last].what=value`: the tokens from `first` to `last`, counted from the
position that is scored, as they are written, in lower case, or by a property of theirs that is
`True` or `False`. A feature that reaches over an end of the text has the value `BOS` or `EOS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from indexer.text.crf_file import Crf
from indexer.text.word_model import Grams, Row, WordModel

_FEATURE = re.compile(r"T\[(-?\d)(?:,(-?\d))?\](?:\.(\w+))?")
_LABELS = ("B-W", "I-W")
_PLACES = {1: 5, 2: 4, 3: 3}  # by the number of tokens
_REACH = 2


class _Feature(NamedTuple):
    name: str
    first: int
    last: int
    what: str

    @property
    def size(self) -> int:
        return self.last - self.first + 1

    @property
    def place(self) -> int:
        return self.first + _REACH


def build_model(crf: Crf, names: Iterable[str], dictionary: Iterable[str]) -> WordModel:
    """Return the tables of a CRF with these features and this dictionary.

    Raises ValueError when the CRF has other labels or features of another kind.
    """
    if crf.labels != _LABELS:
        raise ValueError(f"other labels: {crf.labels}")
    features = _Features(crf, names)
    words, pairs, triples = (_grams(features, size, dictionary) for size in _PLACES)
    (begin_begin, begin_on), (on_begin, on_on) = crf.transitions
    return WordModel(
        words=words,
        pairs=pairs,
        triples=triples,
        titles=(features.row(1, "istitle", "False"), features.row(1, "istitle", "True")),
        numbers=(features.row(1, "isdigit", "False"), features.row(1, "isdigit", "True")),
        title_pair=features.title_difference(2),
        title_triple=features.title_difference(3),
        inside=features.usual(),
        first=(features.over_the_start(0), features.over_the_start(1)),
        last=(features.over_the_end(0), features.over_the_end(1)),
        steps=(begin_begin, begin_on, on_begin, on_on),
    )


class _Features:
    """What the values of features weigh: a row for each n-gram or property of n-grams."""

    def __init__(self, crf: Crf, names: Iterable[str]) -> None:
        self._features = {name: _parse(name) for name in names}
        self._weights = {text: begins - goes_on for text, (begins, goes_on) in crf.states.items()}
        self._rows: dict[tuple[int, str], dict[str, list[float]]] = {}
        for text, weight in self._weights.items():
            name, _, value = text.partition("=")
            if feature := self._features.get(name):
                rows = self._rows.setdefault((feature.size, feature.what), {})
                rows.setdefault(value, [0.0] * _PLACES[feature.size])[feature.place] = weight

    def rows(self, size: int, what: str) -> dict[str, Row]:
        """Return the rows of all values of the features of n-grams of a size."""
        return {value: tuple(row) for value, row in self._rows.get((size, what), {}).items()}

    def row(self, size: int, what: str, value: str) -> Row:
        """Return what n-grams of a size with this property add at each of their places."""
        return self.rows(size, what).get(value, (0.0,) * _PLACES[size])

    def title_difference(self, size: int) -> float:
        """Return what n-grams whose tokens are all titles add at their first token."""
        titles = (self.row(size, "istitle", value) for value in ("True", "False"))
        return _difference(*titles)[_REACH]

    def usual(self) -> float:
        """Return what everything adds to a position whose n-grams are in no table."""
        return sum(map(self._usual, self._features.values()))

    def over_the_start(self, distance: int) -> float:
        """Return what differs from `usual` so many tokens behind the first."""
        over = (each for each in self._features.values() if distance + each.first < 0)
        return sum((self._over(each, "BOS") for each in over), 0.0)

    def over_the_end(self, distance: int) -> float:
        """Return what differs from `usual` so many tokens before the last."""
        over = (each for each in self._features.values() if each.last > distance)
        return sum((self._over(each, "EOS") for each in over), 0.0)

    def _over(self, feature: _Feature, end: str) -> float:
        return self._weights.get(f"{feature.name}={end}", 0.0) - self._usual(feature)

    def _usual(self, feature: _Feature) -> float:
        known = feature.what == "is_in_dict" or (feature.what == "istitle" and feature.size > 1)
        return self._weights.get(f"{feature.name}=False", 0.0) if known else 0.0


def _grams(features: _Features, size: int, dictionary: Iterable[str]) -> Grams:
    in_dictionary = _difference(
        features.row(size, "is_in_dict", "True"), features.row(size, "is_in_dict", "False")
    )
    folded = features.rows(size, "lower")
    for word in dictionary:
        if word.count(" ") + 1 == size == len(word.split()):
            folded[word] = _sum(folded[word], in_dictionary) if word in folded else in_dictionary
    written = dict(folded)
    for text, row in features.rows(size, "").items():
        lower = folded.get(text.lower())
        written[text] = _sum(lower, row) if lower else row
    return Grams(written, folded)


def _parse(name: str) -> _Feature:
    match = _FEATURE.fullmatch(name)
    if match is None:
        raise ValueError(f"an unknown feature: {name}")
    first = int(match[1])
    return _Feature(name, first, int(match[2] or first), match[3] or "")


def _sum(one: Row, other: Row) -> Row:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _difference(one: Row, other: Row) -> Row:
    return tuple(a - b for a, b in zip(one, other, strict=True))
