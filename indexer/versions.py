"""Which reports are versions of one another, how near they are, and what differs.

Candidates are found by sketches (the smallest hashes of the runs of three words), so that a
thousand reports are not compared with each other; what is said of a pair is counted on its words.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from indexer.text.diff import WORD, gaps_between, matches, word_forms
from indexer.text.normalise import match_form

NEAR = 0.95

_SKETCH = 128
# Sketches of versions share far more than this; those of reports of one kind far less.
_MIN_SHARED = 0.5
_SHINGLE = 3
# A hash that so many reports share is a phrase of the office, and tells nothing.
_MAX_HOLDERS = 60
_MAX_SHOWN = 20
_SHOWN_LETTERS = 160
# Places that share less than this are shown as one text in place of another.
_MIN_SAME = 0.3

Sketch = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place that differs: the words of each side, empty where one has nothing."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How near two texts are (0 to 1, by words), and where they differ.

    `count` is the number of places, of which `differences` holds the first.
    """

    share: float
    count: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """Two reports that are versions of each other, the older first, by their sources and ids."""

    source: str
    document_id: str
    other: str
    other_id: str
    comparison: Comparison

    def beside(self, document_id: str) -> str:
        """Return the id of the report that is a version of this one."""
        return self.document_id if document_id == self.other_id else self.other_id


def sketch(text: str) -> Sketch:
    """Return the sketch of a text: alike for texts that are alike.

    >>> sketch("Sản lượng tôm tăng.") == sketch("sản  lượng tôm TĂNG")
    True
    """
    words = word_forms(text)
    ends = range(max(1, len(words) - _SHINGLE + 1))
    hashes = {crc32(" ".join(words[at : at + _SHINGLE]).encode()) for at in ends}
    return tuple(heapq.nsmallest(_SKETCH, hashes))


def near_pairs(
    sketches: Mapping[str, Sketch], of: Collection[str] | None = None
) -> list[tuple[str, str]]:
    """Return the pairs of ids whose sketches are alike, in the order of the ids.

    With `of` only pairs with at least one of these ids.
    """
    wanted = sketches.keys() if of is None else set(of)
    values = {value for name in wanted for value in sketches[name]}
    holders: dict[int, list[str]] = defaultdict(list)
    for name in sorted(sketches):
        for value in values.intersection(sketches[name]):
            holders[value].append(name)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in holders.values():
        if 1 < len(names) <= _MAX_HOLDERS:
            for pair in combinations(names, 2):
                shared[pair] += 1
    return sorted(
        pair
        for pair, count in shared.items()
        if not wanted.isdisjoint(pair) and _is_near(sketches, pair, count)
    )


def _is_near(sketches: Mapping[str, Sketch], pair: tuple[str, str], count: int) -> bool:
    smaller = min(len(sketches[name]) for name in pair)
    return count >= _MIN_SHARED * smaller


def compare(before: str, after: str) -> Comparison:
    """Return how near two texts are and what differs; lines are paragraphs.

    >>> found = compare("Tôm tăng 5%.\\nCá giảm.", "Tôm tăng 6%.\\nCá giảm.")
    >>> round(found.share, 2), found.differences
    (0.8, (Difference(before='5', after='6'),))
    """
    left, right = _lines(before), _lines(after)
    runs = matches([*map(_form, left)], [*map(_form, right)])
    sizes = [sum(len(WORD.findall(line)) for line in side) for side in (left, right)]
    same = sum(len(WORD.findall(line)) for at, _, size in runs for line in left[at : at + size])
    places: list[Difference] = []
    for ours, theirs in gaps_between(runs, len(left), len(right)):
        found, differences = _words("\n".join(left[ours]), "\n".join(right[theirs]))
        same += found
        places += differences
    share = 2 * same / sum(sizes) if sum(sizes) else 1.0
    return Comparison(share, len(places), tuple(places[:_MAX_SHOWN]))


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _form(line: str) -> str:
    return " ".join(word_forms(line))


def _words(before: str, after: str) -> tuple[int, list[Difference]]:
    """Return how many words two differing places share, and where they differ."""
    left, right = list(WORD.finditer(before)), list(WORD.finditer(after))
    if not left or not right:
        return 0, [_difference(before, after)] if left or right else []
    runs = matches(*([match_form(word[0]) for word in side] for side in (left, right)))
    same = sum(size for _, _, size in runs)
    if same < _MIN_SAME * max(len(left), len(right)):
        return same, [_difference(before, after)]
    gaps = gaps_between(runs, len(left), len(right))
    return same, list(_changes(gaps, (before, left), (after, right)))


def _changes(
    gaps: Iterator[tuple[slice, slice]],
    before: tuple[str, list[re.Match[str]]],
    after: tuple[str, list[re.Match[str]]],
) -> Iterator[Difference]:
    for ours, theirs in gaps:
        yield _difference(_between(*before, ours), _between(*after, theirs))


def _between(text: str, words: Sequence[re.Match[str]], part: slice) -> str:
    found = words[part]
    return text[found[0].start() : found[-1].end()] if found else ""


def _difference(before: str, after: str) -> Difference:
    return Difference(before[:_SHOWN_LETTERS], after[:_SHOWN_LETTERS])
