"""Ruled tables of thousands of lines: the same cells as of a few, and quickly."""

from __future__ import annotations

import time

import pytest

from indexer.readers.pdf_tables import ruled_tables
from indexer.readers.pdf_words import PageWords, Rule, Word


def grid(rows: int, columns: int, *, pieces: bool, top: float = 50.0) -> list[Rule]:
    """Return the rules of a table, drawn cell by cell (`pieces`) or from edge to edge."""
    high, wide = (
        [top + 7 * row for row in range(rows + 1)],
        [50 + 12.0 * c for c in range(columns + 1)],
    )
    if not pieces:
        level = [Rule(wide[0], y, wide[-1], y) for y in high]
        return level + [Rule(x, high[0], x, high[-1]) for x in wide]
    level = [Rule(a, y, b, y) for y in high for a, b in zip(wide, wide[1:], strict=False)]
    return level + [Rule(x, a, x, b) for x in wide for a, b in zip(high, high[1:], strict=False)]


def page(rules: list[Rule], *words: Word) -> PageWords:
    return PageWords(1, 595, 842, words, tuple(rules))


def word(text: str, left: float, base: float) -> Word:
    return Word(text, left, left + 5, base, 6.0)


@pytest.mark.parametrize("pieces", [True, False])
def test_a_table_is_the_same_however_its_rules_are_drawn(pieces):
    words = [word("a", 51, 56), word("b", 63, 56), word("c", 51, 63)]
    rows, outside = ruled_tables(page(grid(2, 2, pieces=pieces), *words, word("ngoài", 300, 500)))
    cells = [[[line.text for line in cell.lines] for cell in row.cells] for row in rows]
    assert cells == [[["a"], ["b"]], [["c"], []]]
    assert [each.text for each in outside] == ["ngoài"]


def test_two_tables_that_do_not_touch_are_two():
    rules = grid(2, 2, pieces=True) + grid(2, 2, pieces=True, top=200.0)
    rows, _ = ruled_tables(page(rules, word("a", 51, 56), word("b", 51, 206)))
    assert [row.table for row in rows] == [1, 1, 2, 2]


def test_eight_thousand_rules_are_read_in_a_moment():
    rules = grid(100, 39, pieces=True)
    assert len(rules) > 7_500
    began = time.process_time()
    rows, _ = ruled_tables(page(rules, word("a", 51, 56)))
    assert len(rows) == 100 and len(rows[0].cells) == 39
    assert time.process_time() - began < 3


def test_a_hatched_field_is_no_table():
    high = [Rule(50, 50 + 4.0 * n, 1050, 50 + 4.0 * n) for n in range(251)]
    wide = [Rule(50 + 4.0 * n, 50, 50 + 4.0 * n, 1050) for n in range(251)]
    rows, outside = ruled_tables(page(high + wide, word("a", 51, 56)))
    assert rows == [] and len(outside) == 1
