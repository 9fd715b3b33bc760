"""Tables of a page: cells between ruled lines, and lines whose pieces stand in columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.readers.pdf_lines import Line, build_lines
from indexer.readers.pdf_words import NEAR, PageWords, Rule, Word, touch

_MIN_ALIGNED_ROWS = 2
_MIN_ALIGNED_CELLS = 3
_COVERED = 0.6
# More cells than this are no table: a map, a drawing, a hatched field.
_MAX_SLOTS = 40_000


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
        self._across = _by_place(
            [(rule.top, rule.left, rule.right) for rule in self.level], self.heights
        )
        self._down = _by_place(
            [(rule.left, rule.top, rule.bottom) for rule in self.upright], self.places
        )

    def is_table(self) -> bool:
        """Say whether there are at least two cells, and not as many as a drawing has."""
        rows, columns = len(self.heights) - 1, len(self.places) - 1
        return rows >= 1 and columns >= 1 and 2 <= rows * columns <= _MAX_SLOTS

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
        return self._across[row].covers(start, end)

    def _has_upright(self, row: int, column: int) -> bool:
        start, end = self.heights[row], self.heights[row + 1]
        return self._down[column].covers(start, end)

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


class _Spans:
    """Spans on one line, by which it is told how much of a piece of the line they cover."""

    def __init__(self, spans: Sequence[tuple[float, float]]) -> None:
        self._starts = sorted(start for start, _ in spans)
        self._ends = sorted(end for _, end in spans)
        self._start_sums = [0.0, *accumulate(self._starts)]
        self._end_sums = [0.0, *accumulate(self._ends)]

    def covers(self, start: float, end: float) -> bool:
        """Say whether most of a piece is covered; spans drawn twice count twice."""
        return self._before(end) - self._before(start) >= _COVERED * (end - start)

    def _before(self, place: float) -> float:
        """Return the length of all spans on this side of a place."""
        begun, over = bisect_right(self._starts, place), bisect_right(self._ends, place)
        begun_length = begun * place - self._start_sums[begun]
        return begun_length - (over * place - self._end_sums[over])


def _by_place(spans: Sequence[tuple[float, float, float]], places: Sequence[float]) -> list[_Spans]:
    """Return for every place the spans (place, start, end) that lie near it."""
    ordered = sorted(spans)
    where = [place for place, _, _ in ordered]
    found = []
    for place in places:
        near = slice(bisect_left(where, place - NEAR), bisect_right(where, place + NEAR))
        found.append(_Spans([(start, end) for _, start, end in ordered[near]]))
    return found


def _merged(values: Sequence[float]) -> list[float]:
    """Return the values in order, those close to each other as one."""
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > NEAR:
            merged.append(value)
    return merged


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    """Return the groups of ruled lines that touch and make up cells, from the top."""
    grids = (_Grid(group) for group in _connected(rules))
    return [grid for grid in grids if grid.is_table()]


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules in groups that touch, from the top down."""
    ordered = sorted(rules, key=lambda rule: (rule.top, rule.left))
    groups: list[list[int]] = [[number] for number in range(len(ordered))]
    reached: list[int] = []
    for number, rule in enumerate(ordered):
        # Only what reaches down to here can touch this rule or one below it.
        reached = [each for each in reached if ordered[each].bottom >= rule.top - 2 * NEAR]
        for each in reached:
            if groups[each] is not groups[number] and touch(ordered[each], rule):
                _join(groups, each, number)
        reached.append(number)
    distinct = {id(group): group for group in groups}
    return [[ordered[number] for number in sorted(group)] for group in distinct.values()]


def _join(groups: list[list[int]], one: int, other: int) -> None:
    """Make two groups one: the smaller goes into the larger."""
    smaller, larger = sorted((groups[one], groups[other]), key=len)
    larger += smaller
    for number in smaller:
        groups[number] = larger


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
