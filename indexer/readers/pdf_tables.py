"""Tables of a page: cells between ruled lines, and lines whose pieces stand in columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.readers.pdf_lines import Line, build_lines
from indexer.readers.pdf_words import NEAR, PageWords, Rule, Word, touch

_MIN_ALIGNED_ROWS = 2
_MIN_ALIGNED_CELLS = 3
_COVERED = 0.6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines, how many columns it spans, whether it goes on from the row above."""

    lines: tuple[Line, ...]
    columns: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table; `columns` are the places of the upright lines, `table` counts on a page.

    `row` is how far below the top it begins, `bottom` where it ends.
    """

    cells: tuple[Cell, ...]
    left: float
    right: float
    row: float
    bottom: float
    table: int
    columns: tuple[float, ...]
    ruled: bool
    page: int = 0


def ruled_tables(page: PageWords) -> tuple[list[TableRow], list[Word]]:
    """Return the rows of the ruled tables of a page, and the words that stand in none."""
    rows: list[TableRow] = []
    words = list(page.words)
    for number, grid in enumerate(_grids(page.rules), start=1):
        inside = [word for word in words if grid.holds(word)]
        if not inside:
            continue
        taken = set(map(id, inside))
        words = [word for word in words if id(word) not in taken]
        rows += grid.rows(inside, number, page.number)
    return rows, words


class _Grid:
    """Ruled lines that hang together, seen as rows and columns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.level = [rule for rule in rules if rule.is_level]
        self.upright = [rule for rule in rules if not rule.is_level]
        self.heights = _merged([rule.top for rule in self.level])
        self.places = _merged([rule.left for rule in self.upright])

    def is_table(self) -> bool:
        """Say whether there are at least two cells."""
        rows, columns = len(self.heights) - 1, len(self.places) - 1
        return rows >= 1 and columns >= 1 and rows * columns >= 2

    def holds(self, word: Word) -> bool:
        """Say whether the middle of a word lies inside."""
        middle, height = (word.left + word.right) / 2, word.base - 0.3 * word.size
        across = self.places[0] - NEAR <= middle <= self.places[-1] + NEAR
        return across and self.heights[0] - NEAR <= height <= self.heights[-1] + NEAR

    def rows(self, words: Sequence[Word], table: int, page: int) -> Iterator[TableRow]:
        """Yield the rows with the words in their cells."""
        owners = self._owners()
        held: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            held.setdefault(owners[self._slot(word)], []).append(word)
        for row in range(len(self.heights) - 1):
            yield TableRow(
                cells=tuple(self._cells(row, owners, held, page)),
                left=self.places[0],
                right=self.places[-1],
                row=self.heights[row],
                bottom=self.heights[row + 1],
                table=table,
                columns=tuple(self.places),
                ruled=True,
                page=page,
            )

    def _slot(self, word: Word) -> tuple[int, int]:
        row = bisect_right(self.heights, word.base - 0.3 * word.size) - 1
        column = bisect_right(self.places, (word.left + word.right) / 2) - 1
        return (
            min(max(row, 0), len(self.heights) - 2),
            min(max(column, 0), len(self.places) - 2),
        )

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return for every slot the slot on the top left of its cell."""
        owners: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.heights) - 1):
            for column in range(len(self.places) - 1):
                owner = (row, column)
                if row and not self._has_level(row, column):
                    owner = owners[row - 1, column]
                if column and not self._has_upright(row, column):
                    beside = owners[row, column - 1]
                    owner = min(owner, beside) if owner[0] < row else beside
                owners[row, column] = owner
        return owners

    def _has_level(self, row: int, column: int) -> bool:
        start, end = self.places[column], self.places[column + 1]
        spans = [(r.left, r.right) for r in self.level if abs(r.top - self.heights[row]) <= NEAR]
        return _covers(spans, start, end)

    def _has_upright(self, row: int, column: int) -> bool:
        start, end = self.heights[row], self.heights[row + 1]
        place = self.places[column]
        spans = [(r.top, r.bottom) for r in self.upright if abs(r.left - place) <= NEAR]
        return _covers(spans, start, end)

    def _cells(
        self,
        row: int,
        owners: dict[tuple[int, int], tuple[int, int]],
        held: dict[tuple[int, int], list[Word]],
        page: int,
    ) -> Iterator[Cell]:
        column, count = 0, len(self.places) - 1
        while column < count:
            owner = owners[row, column]
            end = column + 1
            while end < count and owners[row, end] == owner:
                end += 1
            above = owner[0] < row
            lines = () if above else tuple(build_lines(held.get(owner, ()), page))
            yield Cell(lines, end - column, above)
            column = end


def _covers(spans: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    held = sum(max(0.0, min(right, end) - max(left, start)) for left, right in spans)
    return held >= _COVERED * (end - start)


def _merged(values: Sequence[float]) -> list[float]:
    """Return the values in order, those close to each other as one."""
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > NEAR:
            merged.append(value)
    return merged


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    """Return the groups of ruled lines that touch and make up cells, from the top."""
    left = sorted(rules, key=lambda rule: (rule.top, rule.left))
    grids: list[_Grid] = []
    while left:
        group, left = _connected(left)
        grid = _Grid(group)
        if grid.is_table():
            grids.append(grid)
    return grids


def _connected(rules: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    group, waiting, rest = [rules[0]], [rules[0]], list(rules[1:])
    while waiting:
        here = waiting.pop()
        touching = [rule for rule in rest if touch(here, rule)]
        if touching:
            taken = set(map(id, touching))
            rest = [rule for rule in rest if id(rule) not in taken]
            group += touching
            waiting += touching
    return group, rest


# --- without ruled lines ---------------------------------------------------------------------


def aligned_tables(lines: Sequence[Line], first: int) -> list[Line | TableRow]:
    """Return the lines of a flow, rows of at least three aligned pieces made table rows.

    `first` is the number of the first table found.
    """
    rows: dict[float, list[Line]] = {}
    for line in lines:
        rows.setdefault(line.row, []).append(line)
    groups = list(rows.values())
    found: list[Line | TableRow] = []
    at, number = 0, first
    while at < len(groups):
        end = at
        while end < len(groups) and _goes_on(groups[at:end], groups[end]):
            end += 1
        if end - at >= _MIN_ALIGNED_ROWS:
            found += [_aligned(group, number) for group in groups[at:end]]
            number += 1
        else:
            end = at + 1
            found += groups[at]
        at = end
    return found


def _goes_on(before: Sequence[Sequence[Line]], group: Sequence[Line]) -> bool:
    if len(group) < _MIN_ALIGNED_CELLS:
        return False
    if not before:
        return True
    if len(before[-1]) != len(group):
        return False
    pairs = zip(before[-1], group, strict=True)
    return all(one.left <= other.right and other.left <= one.right for one, other in pairs)


def _aligned(group: Sequence[Line], number: int) -> TableRow:
    return TableRow(
        cells=tuple(Cell((line,)) for line in group),
        left=group[0].left,
        right=group[-1].right,
        row=group[0].row,
        bottom=group[0].row,
        table=number,
        columns=tuple(line.left for line in group),
        ruled=False,
        page=group[0].page,
    )
