"""From the words of all pages to the blocks and notes of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from indexer.models import (
    BlockKind,
    RawBlock,
    RawCell,
    RawDocument,
    RawMark,
    RawNote,
    RawPage,
)
from indexer.readers.marked_text import PLACEHOLDER, take_marks, tidy
from indexer.readers.ocr_marks import mark_lost_calls
from indexer.readers.pdf_columns import Flow, Item, flows
from indexer.readers.pdf_endnotes import take_endnotes
from indexer.readers.pdf_heads import drop_heads, drop_specks
from indexer.readers.pdf_lines import Line, build_lines
from indexer.readers.pdf_margins import text_margins
from indexer.readers.pdf_marks import Binder
from indexer.readers.pdf_notes import Note, NoteTaker
from indexer.readers.pdf_paragraphs import Paragraph, body_size, join_text, paragraphs
from indexer.readers.pdf_rows import RowJoiner
from indexer.readers.pdf_tables import Cell, TableRow, aligned_tables, ruled_tables
from indexer.readers.pdf_words import PageWords
from indexer.text.normalise import fold_characters


def assemble(pages: Sequence[PageWords], bookmarks: Mapping[str, int]) -> RawDocument:
    """Return the blocks and notes of a file; `bookmarks` give the levels of its headings.

    Running heads and page numbers are no part of the text and do not come back.
    """
    tables = [ruled_tables(page) for page in pages]
    lines = [
        build_lines(words, page.number) for (_, words), page in zip(tables, pages, strict=True)
    ]
    lines = drop_heads(lines, [page.height for page in pages])
    lines = [
        drop_specks(held, page.height) if page.ocr else held
        for page, held in zip(pages, lines, strict=True)
    ]
    items: list[list[Item]] = [
        [*rows, *held] for (rows, _), held in zip(tables, lines, strict=True)
    ]
    taker = NoteTaker(body_size(items))
    margins = text_margins(pages, lines)
    read = [
        flow
        for page, held, edges in zip(pages, items, margins, strict=True)
        for flow in _flows(page, flows(held, edges), taker)
    ]
    read, endnotes = take_endnotes(read)
    notes = [*taker.notes, *endnotes]
    binder = Binder(notes)
    bound = binder.bind(_all_lines(read, notes))
    blocks = _Blocks(bound, bookmarks)
    turned = [_turned(text, page.number) for page in pages for text in page.turned]
    return RawDocument(
        blocks=(*blocks.of([_with(flow, bound) for flow in read]), *turned),
        notes=tuple(_note(*pair, bound) for pair in zip(notes, binder.keys, strict=True)),
        pages=tuple(RawPage(page.number, page.ocr, page.confidence) for page in pages),
    )


def _flows(page: PageWords, held: Sequence[Flow], taker: NoteTaker) -> list[Flow]:
    called = frozenset(
        mark
        for flow in held
        for line in flow.lines
        if not line.text.startswith(PLACEHOLDER)
        for mark in line.marks
    )
    before = len(taker.notes)
    found = [taker.take(flow, page.rules, called) for flow in held]
    if page.ocr:
        found = mark_lost_calls(found, len(taker.notes) - before)
    return [_with_aligned(flow) for flow in found if flow.items]


def _with_aligned(flow: Flow) -> Flow:
    """Return the flow with the tables that have no ruled lines."""
    found: list[Item] = []
    run: list[Line] = []
    number = max((item.table for item in flow.items if isinstance(item, TableRow)), default=0) + 100
    for item in flow.items:
        if isinstance(item, Line):
            run.append(item)
            continue
        found += [*aligned_tables(run, number), item]
        number += len(run)
        run = []
    return replace(flow, items=(*found, *aligned_tables(run, number)))


def _all_lines(read: Sequence[Flow], notes: Sequence[Note]) -> Iterator[Line]:
    for item in chain.from_iterable(flow.items for flow in read):
        if isinstance(item, Line):
            yield item
        else:
            yield from chain.from_iterable(cell.lines for cell in item.cells)
    for note in notes:
        yield from note.lines


def _with(flow: Flow, bound: Mapping[int, Line]) -> Flow:
    items = (bound.get(id(i), i) if isinstance(i, Line) else i for i in flow.items)
    return replace(flow, items=tuple(items))


def _settled(text: str, keys: Sequence[str]) -> tuple[str, tuple[RawMark, ...]]:
    """Return a text as it is stored, with its marks."""
    return take_marks(tidy(fold_characters(text)), iter(keys))


def _joined(lines: Sequence[Line], bound: Mapping[int, Line]) -> tuple[str, tuple[RawMark, ...]]:
    held = [bound.get(id(line), line) for line in lines]
    return _settled(join_text(held), [mark for line in held for mark in line.marks])


def _note(note: Note, key: str, bound: Mapping[int, Line]) -> RawNote:
    text, marks = _joined(note.lines, bound)
    label = "" if note.label == "?" else note.label
    return RawNote(key, text, label, note.kind, marks, note.page)


def _turned(text: str, page: int) -> RawBlock:
    return RawBlock(BlockKind.PARAGRAPH, fold_characters(text), page=page)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Makes blocks of paragraphs and table rows."""

    bound: Mapping[int, Line]
    bookmarks: Mapping[str, int]

    def of(self, read: Sequence[Flow]) -> Iterator[RawBlock]:
        """Yield the blocks of all flows in order."""
        for item in RowJoiner().of(paragraphs(read)):
            block = self._row(item) if isinstance(item, TableRow) else self._paragraph(item)
            if block is not None:
                yield block

    def _paragraph(self, paragraph: Paragraph) -> RawBlock | None:
        keys = [mark for line in paragraph.lines for mark in line.marks]
        text, marks = _settled(join_text(paragraph.lines), keys)
        if not text.strip() and not marks:
            return None
        level = self.bookmarks.get(" ".join(text.split()))
        return RawBlock(
            BlockKind.PARAGRAPH if level is None else BlockKind.HEADING,
            text,
            level=level,
            bold=paragraph.bold,
            centered=paragraph.centered,
            page=paragraph.page,
            marks=marks,
        )

    def _row(self, row: TableRow) -> RawBlock:
        return RawBlock(
            BlockKind.TABLE_ROW,
            "",
            bold=all(line.bold for cell in row.cells for line in cell.lines),
            page=row.page,
            table=row.table,
            cells=tuple(self._cell(cell) for cell in row.cells),
        )

    def _cell(self, cell: Cell) -> RawCell:
        text, marks = _joined(cell.lines, self.bound)
        return RawCell(text, cell.columns, cell.continues, marks)
