"""What two sequences share in the same order, in bounded time.

Python's own matcher takes quadratic time and more where elements repeat, as the cells of a table
do. Here elements that occur once on each side are matched first (the patience diff of Bram
Cohen), and only short stretches between them are left to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from indexer.text.normalise import match_form

# A number is one word with its sign and separators, so that 2,5 and 25 differ as a whole.
WORD = re.compile(r"(?<![\w)])[-−–]?\d+(?:[.,/]\d+)*|\w+")  # noqa: RUF001

_MAX_DEPTH = 12
# Beyond these lengths two stretches are cut into as many parts each, and the parts are paired.
_MATCHED = 200
_PAIRED = 40

Pair = tuple[int, int]
_Gap = tuple[int, int, int, int]


def word_forms(text: str) -> list[str]:
    """Return the words and numbers of a text as they are compared.

    >>> word_forms("Tăng 1.234,5 TẤN.")
    ['tăng', '1.234,5', 'tấn']
    """
    return [match_form(word) for word in WORD.findall(text)]


def matches(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the equal runs of two sequences in order: place left, place right, length.

    >>> matches(["tôm", "tăng", "5"], ["tôm", "và", "cua", "tăng", "6"])
    [(0, 0, 1), (1, 3, 1)]
    """
    pairs: list[Pair] = []
    gaps = [(0, (0, len(left), 0, len(right)))]
    while gaps:
        depth, gap = gaps.pop()
        inner = _trim(left, right, gap, pairs)
        a, b, c, d = inner
        if a == b or c == d:
            continue
        found = _anchors(left, right, inner) if depth < _MAX_DEPTH else []
        if found:
            pairs += found
            gaps += [(depth + 1, rest) for rest in _between(found, inner)]
        else:
            pairs += _matched_in_parts(left, right, inner)
    return _runs(sorted(pairs))


def gaps_between(
    runs: Sequence[tuple[int, int, int]], left: int, right: int
) -> Iterator[tuple[slice, slice]]:
    """Yield what stands between equal runs on both sides of these lengths, empty pairs left out.

    >>> list(gaps_between([(0, 0, 1)], 2, 1))
    [(slice(1, 2, None), slice(1, 1, None))]
    """
    a = c = 0
    for at, other, size in (*runs, (left, right, 0)):
        if a < at or c < other:
            yield slice(a, at), slice(c, other)
        a, c = at + size, other + size


def similar_pairs(
    left: Sequence[Sequence[str]], right: Sequence[Sequence[str]], least: float
) -> list[Pair]:
    """Return which texts of two stretches are the same one rewritten, in order.

    Texts are words; two belong together when the share of their words in common (Dice) is at
    least `least`, and all pairs together share most.

    >>> similar_pairs([["cá", "tăng"], ["tôm", "đạt", "5"]], [["tôm", "đạt", "6"]], 0.5)
    [(1, 0)]
    """
    ours, theirs = [*map(Counter, left)], [*map(Counter, right)]
    pairs = []
    for a, b, c, d in _parts((0, len(left), 0, len(right)), _PAIRED):
        found = _best_pairs(ours[a:b], theirs[c:d], least)
        pairs += [(a + i, c + j) for i, j in found]
    return pairs


def _trim(left: Sequence[str], right: Sequence[str], gap: _Gap, pairs: list[Pair]) -> _Gap:
    """Add what a gap begins and ends with on both sides to the pairs; return the rest."""
    a, b, c, d = gap
    while a < b and c < d and left[a] == right[c]:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and left[b - 1] == right[d - 1]:
        b, d = b - 1, d - 1
        pairs.append((b, d))
    return a, b, c, d


def _anchors(left: Sequence[str], right: Sequence[str], gap: _Gap) -> list[Pair]:
    """Return the most elements that occur once on each side and stand in the same order."""
    a, b, c, d = gap
    ours, theirs = Counter(left[a:b]), Counter(right[c:d])
    places = {right[at]: at for at in range(c, d) if theirs[right[at]] == 1}
    common = [
        (at, places[left[at]]) for at in range(a, b) if ours[left[at]] == 1 and left[at] in places
    ]
    return _longest_rising(common)


def _longest_rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest part of pairs, ordered by their first, whose second ones rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for at, (_, place) in enumerate(pairs):
        rank = bisect_left(ends, place)
        before.append(last[rank - 1] if rank else None)
        ends[rank : rank + 1] = [place]
        last[rank : rank + 1] = [at]
    found = []
    step = last[-1] if last else None
    while step is not None:
        found.append(pairs[step])
        step = before[step]
    return found[::-1]


def _between(pairs: Sequence[Pair], gap: _Gap) -> Iterator[_Gap]:
    a, b, c, d = gap
    for at, other in (*pairs, (b, d)):
        if a < at and c < other:
            yield a, at, c, other
        a, c = at + 1, other + 1


def _matched_in_parts(left: Sequence[str], right: Sequence[str], gap: _Gap) -> Iterator[Pair]:
    for a, b, c, d in _parts(gap, _MATCHED):
        matcher = SequenceMatcher(None, left[a:b], right[c:d], autojunk=False)
        for i, j, size in matcher.get_matching_blocks():
            yield from zip(range(a + i, a + i + size), range(c + j, c + j + size), strict=True)


def _parts(gap: _Gap, most: int) -> Iterator[_Gap]:
    """Cut a gap into as many parts on each side, none longer than `most`."""
    a, b, c, d = gap
    count = max(1, -(-(b - a) // most), -(-(d - c) // most))
    for part in range(count):
        yield (
            a + (b - a) * part // count,
            a + (b - a) * (part + 1) // count,
            c + (d - c) * part // count,
            c + (d - c) * (part + 1) // count,
        )


def _runs(pairs: Sequence[Pair]) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for at, other in pairs:
        if runs and runs[-1][0] + runs[-1][2] == at and runs[-1][1] + runs[-1][2] == other:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((at, other, 1))
    return runs


def _best_pairs(
    left: Sequence[Counter[str]], right: Sequence[Counter[str]], least: float
) -> list[Pair]:
    """Return the pairs in order that share most together: the alignment of two short lists."""
    alike = [[_likeness(one, other, least) for other in right] for one in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_followed(best, alike))


def _followed(best: Sequence[Sequence[float]], alike: Sequence[Sequence[float]]) -> Iterator[Pair]:
    i = j = 0
    while i < len(alike) and j < len(alike[i]):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _likeness(one: Counter[str], other: Counter[str], least: float) -> float:
    """Return the share of words in common, 0 when it is less than `least`."""
    sizes = one.total(), other.total()
    # No more can be shared than the shorter one has; most pairs end here.
    if 2 * min(sizes) < least * sum(sizes) or not min(sizes):
        return 0.0
    share = 2 * (one & other).total() / sum(sizes)
    return share if share >= least else 0.0
