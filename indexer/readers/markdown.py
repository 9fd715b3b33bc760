"""The blocks of a text in Markdown: headings, paragraphs, items and pipe tables.

Only the signs that say what a block is are taken away, and the pairs that make text bold. All
else stays as it was written, because reports use the same signs for themselves: `(*)`, `5 * 3`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.models import BlockKind, RawBlock, RawCell
from indexer.readers.markdown_notes import is_bold, plain
from indexer.readers.marked_text import MarkedText, take_marks, tidy

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"\s*(?:[-+*•]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[IVXLC]+)[.)])[ \t]+\S")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_QUOTED = re.compile(r"^ {0,3}(?:> ?)+")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_HARD_BREAK = ("  ", "\\")


def blocks(marked: MarkedText) -> Iterator[RawBlock]:
    """Yield the blocks of a text whose notes were taken out.

    >>> text = "# KẾT QUẢ\\n\\nThu\\n**đạt** khá.\\n\\n| Năm | Thu |\\n|---|--:|\\n| 1 | 5 |"
    >>> for block in blocks(MarkedText(text, ())):
    ...     print(block.kind.value, block.level, block.text, [cell.text for cell in block.cells])
    heading 0 KẾT QUẢ []
    paragraph None Thu đạt khá. []
    table_row None  ['Năm', 'Thu']
    table_row None  ['1', '5']
    """
    return _Reading(marked.text.split("\n"), iter(marked.keys)).blocks()


@dataclass(slots=True)
class _Reading:
    """The place in a text up to which it was read."""

    lines: list[str]
    keys: Iterator[str]
    at: int = 0
    tables: int = 0
    begun: list[str] = field(default_factory=list)

    def blocks(self) -> Iterator[RawBlock]:
        while self.at < len(self.lines):
            line = _QUOTED.sub("", self.lines[self.at])
            if _FENCE.match(line):
                yield from self._flush()
                yield from self._fenced()
            elif self._begins_table():
                yield from self._flush()
                yield from self._table()
            else:
                yield from self._line(line)
                self.at += 1
        yield from self._flush()

    def _line(self, line: str) -> Iterator[RawBlock]:
        heading = _HEADING.match(line)
        underline = _UNDERLINE.match(line)
        if heading is not None:
            yield from self._flush()
            yield from self._block(heading[2] or "", level=len(heading[1]) - 1)
        elif underline is not None and self.begun and not _ITEM.match(self.begun[0]):
            yield from self._flush(level=0 if underline[1].startswith("=") else 1)
        elif not line.strip() or _RULE.match(line):
            yield from self._flush()
        else:
            if _ITEM.match(line) or (self.begun and self.begun[-1].endswith(_HARD_BREAK)):
                yield from self._flush()
            self.begun.append(line.rstrip("\n"))

    def _flush(self, level: int | None = None) -> Iterator[RawBlock]:
        lines = [line.strip().removesuffix("\\") for line in self.begun]
        self.begun = []
        if lines:
            yield from self._block(" ".join(lines), level=level)

    def _block(self, line: str, *, level: int | None = None) -> Iterator[RawBlock]:
        text, marks = take_marks(plain(line), self.keys)
        if text or marks:
            kind = BlockKind.LIST_ITEM if _ITEM.match(line) else BlockKind.PARAGRAPH
            kind = kind if level is None else BlockKind.HEADING
            yield RawBlock(kind, text, level=level, bold=is_bold(line), marks=marks)

    def _fenced(self) -> Iterator[RawBlock]:
        self.at += 1
        while self.at < len(self.lines) and not _FENCE.match(self.lines[self.at]):
            text, marks = take_marks(tidy(self.lines[self.at].strip()), self.keys)
            if text or marks:
                yield RawBlock(BlockKind.PARAGRAPH, text, marks=marks)
            self.at += 1
        self.at += 1

    def _begins_table(self) -> bool:
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        here = self.lines[self.at]
        return "|" in here and "|" in below and _DELIMITER.match(below) is not None

    def _table(self) -> Iterator[RawBlock]:
        self.tables += 1
        first = self.at
        while self.at < len(self.lines) and "|" in self.lines[self.at]:
            if self.at != first + 1:
                cells = tuple(self._cells(self.lines[self.at]))
                header = self.at == first
                yield RawBlock(
                    BlockKind.TABLE_ROW, "", table=self.tables, cells=cells, header=header
                )
            self.at += 1

    def _cells(self, line: str) -> Iterator[RawCell]:
        row = line.strip().removeprefix("|")
        row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
        for cell in _PIPE.split(row):
            text, marks = take_marks(plain(cell.replace("<br>", " ")), self.keys)
            yield RawCell(text, marks=marks)
