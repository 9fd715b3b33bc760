"""One text out of many blocks: where every block, cell, mark and note body stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.models import BlockKind, RawBlock, RawDocument, RawMark, Span

CELL_GAP = " | "
_VALUE = re.compile(r" \(= ([^()|\n]+)\)")


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark in the text; `note` is the index of the note in whose body it stands, or None."""

    span: Span
    key: str
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a report and the spans of all that it was made of.

    `cells[i]` are the cells of block i (empty for a paragraph), without the exact value that may
    stand behind a printed number. Note bodies follow the blocks;
    `body_end` is where the last block ends, -1 without any.
    """

    text: str
    blocks: tuple[Span, ...]
    cells: tuple[tuple[Span, ...], ...]
    notes: tuple[Span, ...]
    marks: tuple[PlacedMark, ...]
    body_end: int


def lay_out(raw: RawDocument) -> Layout:
    """Return the one text of a report with the spans of its parts.

    >>> from indexer.models import RawNote
    >>> block = RawBlock(BlockKind.PARAGRAPH, "Tăng.", marks=(RawMark(Span(4, 4), "1"),))
    >>> layout = lay_out(RawDocument((block,), (RawNote("1", "Đạt 5%"),)))
    >>> layout.text, layout.marks[0].span, layout.notes[0]
    ('Tăng.\\nĐạt 5%', Span(start=4, end=4), Span(start=6, end=12))
    """
    pieces: list[str] = []
    blocks: list[Span] = []
    cells: list[tuple[Span, ...]] = []
    marks: list[PlacedMark] = []
    offset = 0
    for block in raw.blocks:
        text, spans, placed = _place(block, offset)
        blocks.append(Span(offset, offset + len(text)))
        cells.append(spans)
        marks.extend(placed)
        pieces.append(text)
        offset += len(text) + 1
    notes: list[Span] = []
    body_end = offset - 1
    for index, note in enumerate(raw.notes):
        notes.append(Span(offset, offset + len(note.text)))
        marks.extend(PlacedMark(mark.span.shift(offset), mark.key, index) for mark in note.marks)
        pieces.append(note.text)
        offset += len(note.text) + 1
    text = "\n".join(pieces)
    return Layout(text, tuple(blocks), tuple(cells), tuple(notes), tuple(marks), body_end)


def _place(block: RawBlock, offset: int) -> tuple[str, tuple[Span, ...], list[PlacedMark]]:
    if block.kind is not BlockKind.TABLE_ROW:
        return block.text, (), _shift(block.marks, offset)
    spans: list[Span] = []
    marks: list[PlacedMark] = []
    written: list[str] = []
    position = offset
    for cell in block.cells:
        spans.append(Span(position, position + len(cell.text)))
        marks.extend(_shift(cell.marks, position))
        written.append(f"{cell.text} (= {cell.value})" if cell.value else cell.text)
        position += len(written[-1]) + len(CELL_GAP)
    return CELL_GAP.join(written), tuple(spans), marks


def value_behind(text: str, cell: Span) -> str:
    """Return the exact number that stands behind a printed one, "" where there is none.

    >>> value_behind("Tôm | 12,3 (= 12,345) | 5", Span(6, 10))
    '12,345'
    """
    found = _VALUE.match(text, cell.end)
    return found[1] if found else ""


def _shift(marks: tuple[RawMark, ...], offset: int) -> list[PlacedMark]:
    return [PlacedMark(mark.span.shift(offset), mark.key) for mark in marks]
