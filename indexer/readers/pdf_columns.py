"""The order in which the lines of a page are read: columns one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_tables import TableRow

Item = Line | TableRow

_MIN_ROWS = 4
_FULL = 0.75
_MIN_FULL = 0.6
_MIDDLE = (0.3, 0.7)
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines and table rows that are read from top to bottom between two margins."""

    items: tuple[Item, ...]
    left: float
    right: float

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return what is no table."""
        return tuple(item for item in self.items if isinstance(item, Line))


def flows(items: Sequence[Item], margins: tuple[float, float]) -> list[Flow]:
    """Return the flows of a page in the order in which they are read.

    `margins` are those of the running text, from the left edge of the page.

    Columns stand where several rows in turn leave a gutter free and are full on both sides.
    """
    if not items:
        return []
    left, right = min(item.left for item in items), max(item.right for item in items)
    rows = _rows(items)
    first, last = (left + share * (right - left) for share in _MIDDLE)
    places = [first + step * (last - first) / _STEPS for step in range(_STEPS + 1)]
    found = [(place, _bands(rows, place, left, right)) for place in places]
    gutter, bands = max(found, key=lambda one: sum(map(len, one[1])))
    return list(_in_order(rows, bands, gutter, margins))


def _rows(items: Sequence[Item]) -> list[list[Item]]:
    rows: dict[float, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.row, item.left)):
        rows.setdefault(item.row, []).append(item)
    return list(rows.values())


def _bands(rows: Sequence[list[Item]], x: float, left: float, right: float) -> list[range]:
    """Return the rows in turn that do not cross `x` and are two columns of text."""
    bands, start = [], 0
    for at in range(len(rows) + 1):
        if at < len(rows) and not any(item.left < x < item.right for item in rows[at]):
            continue
        band = [item for row in rows[start:at] for item in row]
        sides = ([i for i in band if i.right <= x], [i for i in band if i.left >= x])
        if all(map(_is_column, sides, (x - left, right - x))):
            bands.append(range(start, at))
        start = at + 1
    return bands


def _is_column(items: Sequence[Item], room: float) -> bool:
    lines = [item for item in items if isinstance(item, Line)]
    if len({line.row for line in lines}) < _MIN_ROWS or len(lines) > 1.2 * len(items):
        return False
    full = sum(line.right - line.left >= _FULL * room for line in lines)
    return full >= _MIN_FULL * len(lines)


def _in_order(
    rows: Sequence[list[Item]], bands: Sequence[range], x: float, margins: tuple[float, float]
) -> Iterator[Flow]:
    starts = {band.start: band for band in bands}
    across: list[Item] = []
    at = 0
    while at < len(rows):
        band = starts.get(at)
        if band is None:
            across += rows[at]
            at += 1
            continue
        if across:
            yield Flow(tuple(across), *margins)
            across = []
        inside = [item for row in rows[band.start : band.stop] for item in row]
        sides = ([i for i in inside if i.right <= x], [i for i in inside if i.left >= x])
        ends, starts_at = _inner_edges(sides[0], sides[1])
        yield Flow(tuple(sides[0]), margins[0], ends)
        yield Flow(tuple(sides[1]), starts_at, margins[1])
        at = band.stop
    if across:
        yield Flow(tuple(across), *margins)


def _inner_edges(left: Sequence[Item], right: Sequence[Item]) -> tuple[float, float]:
    """Return where the text of the left column ends and that of the right one begins."""
    return (
        max(item.right for item in left if isinstance(item, Line)),
        min(item.left for item in right if isinstance(item, Line)),
    )
