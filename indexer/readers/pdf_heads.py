"""Running heads and page numbers: what stands at the same place of many pages is no text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.readers.pdf_lines import Line

_NUMBER = re.compile(
    r"(?:trang\s*|tr\.\s*|page\s*)?[-–—|/\s]*(\d{1,4})[-–—|/\s]*(?:(?:/|of)\s*\d+)?", re.I
)
_DIGITS = re.compile(r"\d+")
_EDGE_ROWS = 2
_MARGIN = 0.12
_MIN_PAGES = 3
_SHARE = 0.4
_HEIGHT_STEP = 4.0
_MAX_AHEAD = 3
_SPECK, _FROM_SPECK = 3, 1.3
# Of the pages, how many must have a line at one height for a place of running heads.
_PLACE_SHARE = 0.6
# From a running head to the text, in sizes of its letters.
_APART = 1.9


def drop_heads(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Return the lines of every page without running heads and page numbers.

    A line is a running head when its words stand at the same height of several pages, at the
    top or bottom; a page number when it counts along with the pages.
    """
    edges = [_edges(lines, height) for lines, height in zip(pages, heights, strict=True)]
    heads = _heads(edges) | _changing_heads(pages, edges)
    offsets = _offsets(edges)
    kept = []
    for at, lines in enumerate(pages):
        gone = {
            id(line)
            for line in edges[at]
            if _key(line) in heads or _is_number(line, at + 1, offsets)
        }
        kept.append([line for line in lines if id(line) not in gone])
    return kept


def drop_specks(lines: Sequence[Line], height: float) -> list[Line]:
    """Return the lines of a recognised page without signs alone in its margins.

    They are page numbers that were read wrongly, or dirt.
    """
    gone = {
        id(line)
        for line in _edges(lines, height)
        if len(line.plain.strip()) <= _SPECK and _is_apart(line, lines, _FROM_SPECK)
    }
    return [line for line in lines if id(line) not in gone]


def _edges(lines: Sequence[Line], height: float) -> list[Line]:
    """Return the lines of the first and last rows that stand in the margins of a page."""
    rows = list(dict.fromkeys(line.row for line in lines))
    outer = {*rows[:_EDGE_ROWS], *rows[-_EDGE_ROWS:]}
    low, high = _MARGIN * height, (1 - _MARGIN) * height
    return [line for line in lines if line.row in outer and not low < line.base < high]


def _key(line: Line) -> tuple[str, int]:
    # Only a number that counts along with the pages may differ.
    def counted(match: re.Match[str]) -> str:
        ahead = int(match[0]) - line.page if len(match[0]) <= 4 else _MAX_AHEAD + 1
        return f"#{ahead}" if abs(ahead) <= _MAX_AHEAD else match[0]

    return _DIGITS.sub(counted, line.plain.lower()), _place(line)


def _heads(edges: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    counts: Counter[tuple[str, int]] = Counter()
    for lines in edges:
        counts.update({_key(line) for line in lines if len(_key(line)[0].strip("#-0123 ")) > 1})
    least = max(_MIN_PAGES, min(_SHARE * len(edges), 8))
    return {key for key, count in counts.items() if count >= least}


def _changing_heads(
    pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[Line]]
) -> set[tuple[str, int]]:
    """Return the heads that name the section of their page, so that only their place is the same.

    They stand apart from the text, at the height of the first or last line of most pages, and
    most of them come again on another page.
    """
    outer = [
        line
        for held, edge in zip(pages, edges, strict=True)
        for line in dict.fromkeys((*held[:1], *held[-1:]))
        if line in edge and _is_apart(line, held)
    ]
    found: set[tuple[str, int]] = set()
    for place in {_place(line) for line in outer}:
        here = [line for line in outer if _place(line) == place]
        again = Counter(_key(line) for line in here)
        often = len({line.page for line in here}) >= max(_MIN_PAGES + 1, _PLACE_SHARE * len(pages))
        if often and sum(c for c in again.values() if c > 1) >= _PLACE_SHARE * len(here):
            found |= again.keys()
    return found


def _place(line: Line) -> int:
    return round(line.base / _HEIGHT_STEP)


def _is_apart(line: Line, lines: Sequence[Line], sizes: float = _APART) -> bool:
    """Say whether no other row stands within so many sizes of a line."""
    near = sizes * line.size
    return all(abs(other.row - line.row) > near for other in lines if other.row != line.row)


def _offsets(edges: Sequence[Sequence[Line]]) -> set[int]:
    """Return by how much printed numbers differ from the count of pages, where it is steady."""
    counts: Counter[int] = Counter()
    for at, lines in enumerate(edges):
        counts.update({number - at - 1 for line in lines if (number := _number(line)) is not None})
    return {offset for offset, count in counts.items() if count >= _MIN_PAGES} | {0}


def _number(line: Line) -> int | None:
    match = _NUMBER.fullmatch(line.plain.strip())
    return int(match[1]) if match else None


def _is_number(line: Line, page: int, offsets: set[int]) -> bool:
    number = _number(line)
    return number is not None and number - page in offsets
