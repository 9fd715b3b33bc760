"""Which reports are versions of one another, how near they are, and what differs.

Candidates are found by sketches (the smallest hashes of the runs of three words), so that a
thousand reports are not compared with each other; what is said of a pair is counted on its words.
"""

from __future__ import annotations

import heapq
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from zlib import crc32

from indexer.models import Document
from indexer.text.normalise import match_form

NEAR = 0.95
FILE_NAME = "sketches.json"

_SKETCH = 128
# Sketches of versions share far more than this; those of reports of one kind far less.
_MIN_SHARED = 0.5
_SHINGLE = 3
_WORD = re.compile(r"\w+")
# A hash that so many reports share is a phrase of the office, and tells nothing.
_MAX_HOLDERS = 60
# Pairs of paragraphs longer than this are compared as wholes: the matcher is quadratic.
_MAX_WORDS = 400
_MAX_SHOWN = 20
_SHOWN_LETTERS = 160

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
    """Two reports that are versions of each other, by their sources and ids."""

    source: str
    document_id: str
    other: str
    other_id: str
    comparison: Comparison


def sketch(text: str) -> Sketch:
    """Return the sketch of a text: alike for texts that are alike.

    >>> sketch("Sản lượng tôm tăng.") == sketch("sản  lượng tôm TĂNG")
    True
    """
    words = [match_form(word) for word in _WORD.findall(text)]
    ends = range(max(1, len(words) - _SHINGLE + 1))
    hashes = {crc32(" ".join(words[at : at + _SHINGLE]).encode()) for at in ends}
    return tuple(heapq.nsmallest(_SKETCH, hashes))


def near_pairs(sketches: Mapping[str, Sketch]) -> list[tuple[str, str]]:
    """Return the pairs of ids whose sketches are alike, in the order of the ids."""
    holders: dict[int, list[str]] = defaultdict(list)
    for name in sorted(sketches):
        for value in sketches[name]:
            holders[value].append(name)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in holders.values():
        if 1 < len(names) <= _MAX_HOLDERS:
            for pair in combinations(names, 2):
                shared[pair] += 1
    return sorted(pair for pair, count in shared.items() if _is_near(sketches, pair, count))


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
    sizes = [sum(len(_WORD.findall(line)) for line in side) for side in (left, right)]
    same, places = 0, []
    matcher = SequenceMatcher(None, [*map(_form, left)], [*map(_form, right)], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            same += sum(len(_WORD.findall(line)) for line in left[a:b])
        else:
            found, differences = _words("\n".join(left[a:b]), "\n".join(right[c:d]))
            same += found
            places += differences
    share = 2 * same / sum(sizes) if sum(sizes) else 1.0
    return Comparison(share, len(places), tuple(places[:_MAX_SHOWN]))


def find_versions(
    documents: Sequence[Document], sketches: Mapping[str, Sketch]
) -> tuple[Version, ...]:
    """Return the pairs of these documents that are versions of each other, nearest first."""
    by_id = {document.id: document for document in documents}
    known = {name: sketches[name] for name in by_id if name in sketches}
    found = []
    for pair in near_pairs(known):
        first, second = sorted((by_id[name] for name in pair), key=_age)
        comparison = compare(first.text, second.text)
        if comparison.share >= NEAR:
            found.append(Version(first.source, first.id, second.source, second.id, comparison))
    return tuple(sorted(found, key=lambda version: -version.comparison.share))


class SketchFile:
    """The sketches of the reports, kept in the data folder: a run reads only what is new."""

    def __init__(self, data: Path) -> None:
        """Open the file of a data folder; one that cannot be read counts as empty."""
        self._path = data / FILE_NAME

    def update(self, documents: Sequence[Document], reading_version: int) -> dict[str, Sketch]:
        """Return id → sketch of these documents, those of the last run taken as they are."""
        old = self._read(reading_version)
        sketches = {each.id: old.get(each.id) or sketch(each.text) for each in documents}
        if not sketches.keys() <= old.keys():
            content = {"version": reading_version, "sketches": {**old, **sketches}}
            temporary = self._path.with_suffix(".tmp")
            temporary.write_text(json.dumps(content), encoding="utf-8")
            temporary.replace(self._path)
        return sketches

    def _read(self, reading_version: int) -> dict[str, Sketch]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            if content["version"] != reading_version:
                return {}
            return {name: tuple(values) for name, values in content["sketches"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _age(document: Document) -> tuple[str, str]:
    return (document.metadata.date or "9999", document.source)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _form(line: str) -> str:
    return " ".join(map(match_form, _WORD.findall(line)))


def _words(before: str, after: str) -> tuple[int, list[Difference]]:
    """Return how many words two differing places share, and where they differ."""
    left, right = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    if not left or not right or max(len(left), len(right)) > _MAX_WORDS:
        return 0, [_difference(before, after)] if left or right else []
    ours, theirs = ([match_form(word[0]) for word in side] for side in (left, right))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    if same < 0.3 * max(len(left), len(right)):
        return same, [_difference(before, after)]
    return same, list(_changes(matcher, (before, left), (after, right)))


def _changes(
    matcher: SequenceMatcher[str],
    before: tuple[str, list[re.Match[str]]],
    after: tuple[str, list[re.Match[str]]],
) -> Iterator[Difference]:
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            yield _difference(_between(*before, a, b), _between(*after, c, d))


def _between(text: str, words: Sequence[re.Match[str]], start: int, end: int) -> str:
    return text[words[start].start() : words[end - 1].end()] if start < end else ""


def _difference(before: str, after: str) -> Difference:
    return Difference(before[:_SHOWN_LETTERS], after[:_SHOWN_LETTERS])
