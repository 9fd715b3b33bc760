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


def drop_heads(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Return the lines of every page without running heads and page numbers.

    A line is a running head when its words stand at the same height of several pages, at the
    top or bottom; a page number when it counts along with the pages.
    """
    edges = [_edges(lines, height) for lines, height in zip(pages, heights, strict=True)]
    heads = _heads(edges)
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

    return _DIGITS.sub(counted, line.plain.lower()), round(line.base / _HEIGHT_STEP)


def _heads(edges: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    counts: Counter[tuple[str, int]] = Counter()
    for lines in edges:
        counts.update({_key(line) for line in lines if len(_key(line)[0].strip("#-0123 ")) > 1})
    least = max(_MIN_PAGES, min(_SHARE * len(edges), 8))
    return {key for key, count in counts.items() if count >= least}


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
