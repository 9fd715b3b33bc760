"""Text hidden by merged ranges is kept, and hostile ranges cost little."""

from __future__ import annotations

from time import perf_counter

from indexer.readers.sheet_grid import GridCell, Merge, Sheet
from indexer.readers.sheet_merges import uncover


def sheet_of(cells: dict[tuple[int, int], str], *merges: Merge) -> Sheet:
    sheet = Sheet("", merges=list(merges))
    for (row, column), text in cells.items():
        sheet.put(row, column, GridCell(text))
    uncover(sheet)
    return sheet


def texts(sheet: Sheet) -> dict[int, dict[int, str]]:
    return {
        row: {column: cell.text for column, cell in cells.items()}
        for row, cells in sheet.rows.items()
    }


def test_covered_text_goes_to_the_cell_that_is_shown():
    cells = {(0, 0): "Ao", (0, 1): "hồ", (1, 0): "đầm", (1, 2): "sông"}
    assert texts(sheet_of(cells, Merge(0, 0, 1, 1))) == {0: {0: "Ao hồ đầm"}, 1: {2: "sông"}}


def test_what_only_repeats_is_not_written_twice_and_an_empty_first_cell_is_filled():
    assert texts(sheet_of({(0, 0): "Ao", (1, 0): "Ao"}, Merge(0, 0, 1, 0))) == {0: {0: "Ao"}}
    assert texts(sheet_of({(2, 1): "Ao"}, Merge(0, 0, 2, 1))) == {0: {0: "Ao"}}


def test_a_range_that_begins_inside_another_is_left_alone():
    cells = {(0, 0): "A", (1, 0): "x", (1, 1): "y"}
    merges = (Merge(0, 0, 1, 0), Merge(1, 0, 1, 2))
    assert texts(sheet_of(cells, *merges)) == {0: {0: "A x"}, 1: {1: "y"}}


def test_whole_sheets_merged_many_times_end_soon():
    cells = {(row, 0): f"{row}" for row in range(20_000)}
    began = perf_counter()
    sheet_of(cells, *[Merge(row, 1, 1_048_575, 16_383) for row in range(5_000)])
    assert perf_counter() - began < 20
