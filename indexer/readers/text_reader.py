"""Plain text and Markdown, with footnotes written inline or with their marks lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from indexer.models import BlockKind, RawBlock, RawCell, RawDocument, RawNote
from indexer.readers import inline_notes, lost_marks, markdown, markdown_notes
from indexer.readers.encodings import decode_bytes, empty_file, with_decoding
from indexer.readers.marked_text import PLACEHOLDER, MarkedText, guard, take_marks, tidy
from indexer.text.normalise import fold_characters

_MIN_CELLS = 3
_MIN_ROWS = 2


class TextReader:
    """Reads .txt files in Unicode and in the old Vietnamese encodings."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt",)

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether the name is that of a plain text; `read` checks that its bytes agree."""
        return suffix in self.suffixes

    def read(self, path: Path) -> RawDocument:
        """Return the lines of the file as blocks, its notes taken out of the sentences.

        Raises UnreadableFile when the file is empty, binary or in an encoding not known.
        """
        return replace(_read(path, read_text), format="txt")


class MarkdownReader:
    """Reads .md files, in the same encodings."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md",)

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether the name is that of a text in Markdown."""
        return suffix in self.suffixes

    def read(self, path: Path) -> RawDocument:
        """Return the headings, paragraphs, items and table rows of the file, and its notes.

        Raises UnreadableFile as the reader of plain texts does.
        """
        return replace(_read(path, read_markdown), format="md")


def _read(path: Path, read: Callable[[str, str], RawDocument]) -> RawDocument:
    decoded = decode_bytes(path.read_bytes(), path.name)
    raw = read(decoded.text, decoded.encoding)
    if not raw.blocks and not raw.notes:
        raise empty_file(path.name)
    return with_decoding(raw, decoded)


def read_text(text: str, encoding: str = "utf-8") -> RawDocument:
    """Return the blocks and notes of a text that was already decoded.

    >>> raw = read_text("Doanh thu tăng[footnoteRef:1]. [1:  Đạt 5 tỷ đồng] ")
    >>> raw.blocks[0].text, raw.blocks[0].marks[0].span, raw.notes[0].text
    ('Doanh thu tăng.', Span(start=14, end=14), 'Đạt 5 tỷ đồng')
    """
    marked, notes, warnings = _take_notes(_lines(text))
    keys = iter(marked.keys)
    rows = _with_text([row for row in map(tidy, marked.text.split("\n")) if row.strip()])
    blocks = tuple(_blocks(rows, keys))
    return RawDocument(blocks=blocks, notes=notes, encoding=encoding, warnings=warnings)


def read_markdown(text: str, encoding: str = "utf-8") -> RawDocument:
    """Return the blocks and notes of a text in Markdown that was already decoded.

    >>> raw = read_markdown("## Kết quả\\n\\nThu tăng[^1].\\n\\n[^1]: Đạt 5 tỷ đồng")
    >>> [(block.level, block.text) for block in raw.blocks], raw.notes[0].text
    ([(1, 'Kết quả'), (None, 'Thu tăng.')], 'Đạt 5 tỷ đồng')
    """
    lines = _lines(text)
    notes: tuple[RawNote, ...] = ()
    warnings: tuple[str, ...] = ()
    if inline_notes.has_marks(lines):
        marked, notes, warnings = inline_notes.take_notes(lines)
    elif markdown_notes.has_bodies(lines):
        marked, notes, warnings = markdown_notes.take_notes(lines)
    else:
        marked = MarkedText(guard(lines), ())
    return RawDocument(tuple(markdown.blocks(marked)), notes, encoding, warnings)


def _lines(text: str) -> str:
    return fold_characters(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))


def _take_notes(lines: str) -> tuple[MarkedText, tuple[RawNote, ...], tuple[str, ...]]:
    """Return the text with its marks, its notes and warnings, by the form its notes have."""
    if inline_notes.has_marks(lines):
        return inline_notes.take_notes(lines)
    if lost_marks.has_bodies(lines):
        return lost_marks.take_notes(lines)
    if markdown_notes.has_bodies(lines):
        return markdown_notes.take_notes(lines)
    return lost_marks.join_lines(lines), (), ()


def _with_text(rows: list[str]) -> list[str]:
    """Return the rows, those of nothing but marks and signs joined to the row that they follow."""
    joined: list[str] = []
    for row in rows:
        calls_only = PLACEHOLDER in row and not any(letter.isalnum() for letter in row)
        if calls_only and joined:
            joined[-1] += row.strip()
        elif joined and not joined[-1].strip(PLACEHOLDER):
            joined[-1] += row
        else:
            joined.append(row)
    return joined


def _blocks(rows: list[str], keys: Iterator[str]) -> Iterator[RawBlock]:
    tables = _tables(rows)
    for at, row in enumerate(rows):
        if tables[at]:
            yield _table_row(row, tables[at], keys, header=not at or tables[at - 1] != tables[at])
        else:
            text, marks = take_marks(row.strip(), keys)
            yield RawBlock(BlockKind.PARAGRAPH, text, marks=marks)


def _table_row(row: str, table: int, keys: Iterator[str], *, header: bool) -> RawBlock:
    cells = []
    for cell in row.split("\t"):
        text, marks = take_marks(cell.strip(), keys)
        cells.append(RawCell(text, marks=marks))
    return RawBlock(BlockKind.TABLE_ROW, "", table=table, cells=tuple(cells), header=header)


def _tables(rows: list[str]) -> list[int]:
    """Return for each row the number of the table it belongs to; 0 for ordinary lines.

    A table is a run of at least two lines of three or more cells; a line of fewer cells between
    two of them is a row that spans the table.
    """
    wide = [len([cell for cell in row.split("\t") if cell]) >= _MIN_CELLS for row in rows]
    filled = [
        here or (0 < at < len(rows) - 1 and wide[at - 1] and wide[at + 1])
        for at, here in enumerate(wide)
    ]
    numbers = [0] * len(rows)
    table = 0
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and filled[end]:
            end += 1
        if sum(wide[at:end]) >= _MIN_ROWS:
            table += 1
            numbers[at:end] = [table] * (end - at)
        at = max(end, at + 1)
    return numbers
