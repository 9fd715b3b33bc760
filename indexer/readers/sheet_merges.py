"""What a merged range of a sheet hides: the text of its other cells goes to the first one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from indexer.readers.sheet_grid import GridCell, Merge, Sheet

# Hostile files merge whole sheets many thousand times.
_MAX_VISITS = 2_000_000


def uncover(sheet: Sheet) -> None:
    """Move what stands in the covered cells of merged ranges to the cell that is shown.

    A range that begins inside of another one is damage, and left alone.
    """
    covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
    visits = 0
    for merge in sheet.merges:
        rows = _rows(sheet, merge)
        around = covered.get(merge.top, ())
        visits += len(rows) + len(around)
        if visits > _MAX_VISITS:
            return
        if any(left <= merge.left <= right for left, right in around):
            continue
        for row in rows:
            covered[row].append((merge.left, merge.right))
            _move(sheet, row, merge)


def _rows(sheet: Sheet, merge: Merge) -> list[int]:
    span: Iterable[int] = range(merge.top, merge.bottom + 1)
    if merge.bottom - merge.top >= len(sheet.rows):
        span = sorted(sheet.rows)
    return [row for row in span if row in sheet.rows and merge.top <= row <= merge.bottom]


def _move(sheet: Sheet, row: int, merge: Merge) -> None:
    hidden = [
        column
        for column in sheet.row(row)
        if merge.left <= column <= merge.right and (row, column) != (merge.top, merge.left)
    ]
    for column in sorted(hidden):
        cell = sheet.rows[row].pop(column)
        shown = sheet.row(merge.top).get(merge.left)
        sheet.put(merge.top, merge.left, _joined(shown, cell))
    if not sheet.rows[row]:
        del sheet.rows[row]


def _joined(shown: GridCell | None, hidden: GridCell) -> GridCell:
    if shown is None:
        return hidden
    if hidden.text.strip() == shown.text.strip():
        return shown
    return replace(shown, text=f"{shown.text} {hidden.text}", number=False, value="")
