"""Word files (.docx): paragraphs, headings, lists, tables and notes in the order of the text.

What is printed is read: list numbers are written out, tracked insertions kept, deletions left
out, every note marked at its exact place. Page headers and footers are no part of the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.models import BlockKind, RawBlock, RawDocument, RawMark
from indexer.readers.containers import OLE_MAGIC, ZIP_MAGIC
from indexer.readers.docx_drawn import show_drawn
from indexer.readers.docx_fonts import Decode
from indexer.readers.docx_lines import Line, join_lines, settle
from indexer.readers.docx_note_references import refer_to_notes
from indexer.readers.docx_notes import read_notes
from indexer.readers.docx_numbering import ListNumbers
from indexer.readers.docx_package import Parts, explained, read_parts, unreadable
from indexer.readers.docx_paragraphs import Paragraphs
from indexer.readers.docx_styles import Format, StyleSheet, is_centered, outline_level
from indexer.readers.docx_tables import Row, read_rows, row_blocks
from indexer.readers.docx_xml import PARAGRAPH, TABLE, Element, below, children
from indexer.readers.drawn_text import unread_warning
from indexer.readers.legacy_runs import RunDecoder

MACROS_IGNORED = "Tệp có chứa macro; macro không được chạy và không được đọc."
_OTHER_FORMATS = (b"\0WordDocument\0", b"\0Workbook\0", b"\0Book\0", b"\0xl/workbook.xml\0")
_NO_TEXT_HINT = (
    "Nếu văn bản trong tệp là ảnh quét, hãy nhận dạng chữ (OCR), lưu lại thành .docx rồi thử lại."
)


class DocxReader:
    """Reads .docx and .docm files."""

    name = "docx"
    suffixes: tuple[str, ...] = (".docx", ".docm")

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether this may be a Word file; one locked by a password is told so by `read`.

        `head` is what `containers.head_of` returns.
        """
        named = suffix.lower() in self.suffixes
        if head.startswith(ZIP_MAGIC) and b"\0word/document" in head:
            return True
        # An old Word file, or a workbook, under a new name is read by another reader.
        is_other = any(name in head for name in _OTHER_FORMATS)
        return named and head.startswith((ZIP_MAGIC, OLE_MAGIC)) and not is_other

    def read(self, path: Path) -> RawDocument:
        """Return the blocks and notes of the Word file at `path`.

        Raises UnreadableFile when it is damaged, locked, too large, empty or no Word file.
        """
        parts = read_parts(path)
        with explained(path):
            document = _read(parts)
        if not document.blocks:
            raise unreadable(path, "trong tệp không có chữ nào", _NO_TEXT_HINT)
        return document


def _read(parts: Parts) -> RawDocument:
    refer_to_notes(parts)
    unread = unread_warning("Tệp", show_drawn(parts))
    decoder = RunDecoder()
    paragraphs = Paragraphs(StyleSheet(parts.styles, parts.theme))
    raw = _read_with(parts, paragraphs, decoder.decode)
    if decoder.has_heard_old_text():
        raw = decoder.finish(_read_with(parts, paragraphs, decoder.decode))
    return replace(raw, warnings=(*raw.warnings, unread)) if unread else raw


def _read_with(parts: Parts, paragraphs: Paragraphs, decode: Decode) -> RawDocument:
    story = _Story(parts, paragraphs, decode)
    body = below(parts.document, "body")
    blocks = () if body is None else tuple(story.blocks(body))
    called = [mark.key for block in blocks for mark in _marks(block)]
    found = read_notes(parts, called, lambda note: story.flow(note, "\n"))
    macros = (MACROS_IGNORED,) if parts.has_macros else ()
    warnings = (*macros, *found.warnings)
    return RawDocument(blocks=blocks, notes=found.notes, warnings=warnings, format="docx")


def _marks(block: RawBlock) -> Iterator[RawMark]:
    yield from block.marks
    for cell in block.cells:
        yield from cell.marks


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph as printed, or a table."""

    line: Line = field(default_factory=Line)
    formats: tuple[Format, ...] = ()
    table: Element | None = None


class _Story:
    """Reads the running text of one file, counting its lists and tables on the way."""

    def __init__(self, parts: Parts, paragraphs: Paragraphs, decode: Decode) -> None:
        self._decode = decode
        self._paragraphs = paragraphs
        self._numbers = ListNumbers(parts.numbering, paragraphs.sheet, decode)
        self._tables = 0

    def blocks(self, container: Element) -> Iterator[RawBlock]:
        """Yield the blocks of a body or a text box; a text box follows what it hangs on."""
        for item in self._items(container):
            if item.table is not None:
                yield from self._table(item.table)
            else:
                yield from self._paragraph(item)

    def flow(self, container: Element, separator: str) -> Line:
        """Return all the text of a cell or note as one line, its lists numbered."""
        lines: list[Line] = []
        for item in self._items(container):
            if item.table is not None:
                lines.append(self._nested_table(item.table))
            else:
                lines.append(item.line.labelled(self._numbers.label(item.formats)))
                lines.extend(self.flow(box, separator) for box in item.line.boxes)
        return join_lines(separator, lines)

    def _items(self, container: Element) -> Iterator[_Item]:
        """Yield paragraphs with their text, and tables.

        A paragraph whose end was deleted goes on in the next one, as it is printed.
        """
        begun: list[Line] = []
        formats: tuple[Format, ...] = ()
        for child in children(container):
            if child.tag == PARAGRAPH:
                paragraph = self._paragraphs.read(child)
                formats = paragraph.formats
                begun.append(paragraph.printed.line(self._decode))
                if not paragraph.goes_on:
                    yield _Item(join_lines("", begun), formats)
                    begun = []
            elif child.tag == TABLE:
                yield _Item(table=child)
        if begun:
            yield _Item(join_lines("", begun), formats)

    def _paragraph(self, item: _Item) -> Iterator[RawBlock]:
        label = self._numbers.label(item.formats)
        if item.line.text.strip():
            yield _block(item.line, label, item.formats)
        for box in item.line.boxes:
            yield from self.blocks(box)

    def _table(self, table: Element) -> Iterator[RawBlock]:
        rows = self._rows(table)
        self._tables += 1
        yield from row_blocks(rows, self._tables)

    def _rows(self, table: Element) -> list[Row]:
        return read_rows(table, lambda cell: self.flow(cell, " "))

    def _nested_table(self, table: Element) -> Line:
        rows = (join_lines(" | ", (cell.line for cell in row.cells)) for row in self._rows(table))
        return join_lines("; ", rows)


def _block(line: Line, label: str, formats: tuple[Format, ...]) -> RawBlock:
    text, marks = settle(line.labelled(label))
    level = outline_level(formats)
    kind = BlockKind.LIST_ITEM if label else BlockKind.PARAGRAPH
    return RawBlock(
        kind=kind if level is None else BlockKind.HEADING,
        text=text,
        level=level,
        bold=bool(line.bold),
        centered=is_centered(formats),
        marks=marks,
    )
