"""What differs between two reports: paragraphs changed, moved, or in one of them only.

Values in, values out; any two reports can be compared. The work is bounded for long reports
(`indexer.text.diff`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.labels import parse_label
from indexer.models import Document, Passage, Span
from indexer.text.diff import WORD, gaps_between, matches, similar_pairs, word_forms
from indexer.text.normalise import match_form

# Paragraphs that share less of their words are two paragraphs, not one rewritten.
_SAME_PARAGRAPH = 0.5
_FIGURE = re.compile(r"[-−–]?\d")  # noqa: RUF001


class Change(StrEnum):
    """What became of a paragraph."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph, note or table row of one report; `changed` are the words that differ in it.

    `passage` is the first passage of it; spans count in the text of the paragraph.
    """

    passage: Passage
    span: Span
    text: str
    changed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A place that differs; a side is None where that report has nothing.

    `figures` are the numbers among the changed words: those of the left and of the right side.
    """

    change: Change
    left: Side | None
    right: Side | None
    figures: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def has_figures(self) -> bool:
        """Say whether a changed paragraph gives other figures."""
        return self.figures != ((), ())


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two reports, in the order of the text; `same` counts paragraphs."""

    left: Document
    right: Document
    same: int
    places: tuple[Difference, ...]

    def count(self, change: Change) -> int:
        """Return how many places changed in this way."""
        return sum(place.change == change for place in self.places)

    @property
    def figures(self) -> int:
        """Return in how many places figures changed."""
        return sum(place.has_figures for place in self.places)

    @property
    def figures_first(self) -> tuple[Difference, ...]:
        """Return the places, those with changed figures before all others."""
        return tuple(sorted(self.places, key=lambda place: not place.has_figures))


def find_differences(left: Document, right: Document) -> Differences:
    """Return what differs between two reports.

    >>> from indexer.readers.text_reader import read_text
    >>> from indexer.structure import build_document
    >>> texts = ("Tôm đạt 70 tấn.\\nCá giảm.", "Tôm đạt 71 tấn.\\nCá giảm.\\nLúa tăng.")
    >>> one, two = (build_document(read_text(text), "a.txt", "0" * 64) for text in texts)
    >>> found = find_differences(one, two)
    >>> [(place.change.value, place.figures) for place in found.places]
    [('changed', (('70',), ('71',))), ('added', ((), ()))]
    """
    ours, theirs = list(_paragraphs(left)), list(_paragraphs(right))
    words = [[word_forms(side.text) for side in sides] for sides in (ours, theirs)]
    runs = matches(*([" ".join(found) for found in each] for each in words))
    pairs: list[tuple[int | None, int | None]] = []
    for one, other in gaps_between(runs, len(ours), len(theirs)):
        found = similar_pairs(words[0][one], words[1][other], _SAME_PARAGRAPH)
        pairs += _in_order(one, other, found)
    moved = _moved(pairs, [*map(tuple, words[0])], [*map(tuple, words[1])])
    places = tuple(_places(pairs, moved, (ours, theirs)))
    return Differences(left, right, sum(size for _, _, size in runs), places)


def _paragraphs(document: Document) -> Iterator[Side]:
    """Yield paragraphs, notes and table rows: passages are cut where others begin."""
    group: list[Passage] = []
    for passage in document.passages:
        if group and not _together(document, group[-1], passage):
            yield _side(document, group)
            group = []
        group.append(passage)
    if group:
        yield _side(document, group)


def _together(document: Document, before: Passage, passage: Passage) -> bool:
    if (
        before.table
        or passage.table
        or (before.kind, before.footnote)
        != (
            passage.kind,
            passage.footnote,
        )
    ):
        return False
    return "\n" not in document.text[before.span.end : passage.span.start]


def _side(document: Document, group: Sequence[Passage]) -> Side:
    span = Span(group[0].span.start, group[-1].span.end)
    return Side(group[0], span, span.of(document.text))


def _in_order(
    one: slice, other: slice, pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield the paragraphs of a gap: pairs, and before each what stands on one side only."""
    i, j = one.start, other.start
    ends = (one.stop - one.start, other.stop - other.start)
    for a, b in (*pairs, ends):
        yield from ((at, None) for at in range(i, one.start + a))
        yield from ((None, at) for at in range(j, other.start + b))
        i, j = one.start + a, other.start + b
        if (a, b) != ends:
            yield i, j
            i, j = i + 1, j + 1


def _moved(
    pairs: Sequence[tuple[int | None, int | None]],
    left: Sequence[tuple[str, ...]],
    right: Sequence[tuple[str, ...]],
) -> dict[int, int]:
    """Return which paragraphs of the left, found nowhere beside, stand elsewhere on the right."""
    added = {right[j]: j for i, j in pairs if i is None and j is not None}
    return {
        i: added.pop(left[i]) for i, j in pairs if j is None and i is not None and left[i] in added
    }


def _places(
    pairs: Sequence[tuple[int | None, int | None]],
    moved: dict[int, int],
    sides: tuple[Sequence[Side], Sequence[Side]],
) -> Iterator[Difference]:
    there = set(moved.values())
    for i, j in pairs:
        if i is not None and j is not None:
            yield changed_words(sides[0][i], sides[1][j])
        elif i is not None and i in moved:
            yield Difference(Change.MOVED, sides[0][i], sides[1][moved[i]])
        elif i is not None:
            yield Difference(Change.REMOVED, sides[0][i], None)
        elif j is not None and j not in there:
            yield Difference(Change.ADDED, None, sides[1][j])


def changed_words(left: Side, right: Side) -> Difference:
    """Return two paragraphs with the words in which they differ."""
    ours, theirs = list(WORD.finditer(left.text)), list(WORD.finditer(right.text))
    runs = matches(*([match_form(word[0]) for word in side] for side in (ours, theirs)))
    gaps = list(gaps_between(runs, len(ours), len(theirs)))
    before = [ours[one] for one, _ in gaps]
    after = [theirs[other] for _, other in gaps]
    return Difference(
        Change.CHANGED,
        _with_changes(left, before),
        _with_changes(right, after),
        _figures((left, before), (right, after)),
    )


def _with_changes(side: Side, gaps: Sequence[Sequence[re.Match[str]]]) -> Side:
    changed = tuple(Span(gap[0].start(), gap[-1].end()) for gap in gaps if gap)
    return Side(side.passage, side.span, side.text, changed)


def _figures(
    *sides: tuple[Side, Sequence[Sequence[re.Match[str]]]],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the numbers of the changed words that only one side has, in their order."""
    left, right = ([*_numbers(*side)] for side in sides)
    return _without(left, right), _without(right, left)


def _numbers(side: Side, gaps: Sequence[Sequence[re.Match[str]]]) -> Iterator[str]:
    # The number of an item changes with the items before it, and states nothing.
    label = parse_label(side.text)
    start = label.rest if label else 0
    for gap in gaps:
        yield from (word[0] for word in gap if _FIGURE.match(word[0]) and word.start() >= start)


def _without(numbers: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    left = Counter(others)
    found = []
    for number in numbers:
        if left[number]:
            left[number] -= 1
        else:
            found.append(number)
    return tuple(found)
