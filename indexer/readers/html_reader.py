"""Web pages (.html, .htm, .mht, and pages named .doc or .xls): headings, lists, tables, notes.

Scripts, styles and navigation are no part of the report; what the page hides is counted in a
warning. Text under a legacy font (.VnTime, VNI-…) is decoded where that font holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from indexer.models import NoteKind, RawBlock, RawDocument, RawNote
from indexer.readers.docx_lines import Line, join_lines, settle
from indexer.readers.docx_tables import Row, row_blocks
from indexer.readers.encodings import with_decoding
from indexer.readers.html_lines import Item, Lines, Page
from indexer.readers.html_mail import MAIL_SUFFIXES, is_mail
from indexer.readers.html_note_plan import FoundNote, NotePlan
from indexer.readers.html_notes import find_notes
from indexer.readers.html_source import Element, is_page, read_tree, unreadable
from indexer.readers.html_styles import Look, Styles
from indexer.readers.html_tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    caption,
    is_data,
    nested_line,
    read_rows,
    with_heading,
)
from indexer.readers.legacy_runs import RunDecoder

_PLAIN_TEXT = frozenset({".txt", ".md", ".csv", ".tsv"})
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_MAX_NESTED_TABLES = 20
_NO_TEXT_HINT = "Nếu trang chỉ có ảnh chụp văn bản, hãy lưu ảnh thành .pdf rồi nhận dạng chữ."
_HIDDEN = "Trang có {count} chỗ chữ bị ẩn; những chỗ đó không được đọc."
_MISSING = "Chú thích {label} được gọi trong bài nhưng tệp không có nội dung của nó."
_NOT_CALLED = "Một chú thích có nội dung nhưng không nơi nào trong bài gọi đến: “{text}”."
_TABLE_CUT = (
    "Trang có bảng rộng quá {columns} cột hoặc dài quá {rows} dòng; phần vượt quá không được đọc."
)
_SHOWN = 40


class HtmlReader:
    """Reads .html, .htm, .xhtml and .mht files, and web pages of any other name."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml", *MAIL_SUFFIXES)

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether the file is a web page: by its content, or by its name when that is text."""
        if suffix in _PLAIN_TEXT or head.startswith(_BINARY):
            return False
        return is_page(head) or is_mail(head) or suffix in self.suffixes

    def read(self, path: Path) -> RawDocument:
        """Return the blocks and notes of the page at `path`.

        Raises UnreadableFile when it is damaged, empty, too large or nested too deep.
        """
        root, decoded = read_tree(path)
        try:
            decoder = RunDecoder()
            document = _Story(root, decoder).document(decoded.encoding)
            if decoder.has_heard_old_text():
                document = decoder.finish(_Story(root, decoder).document(decoded.encoding))
        except RecursionError as error:
            raise unreadable(path, "nội dung lồng vào nhau quá sâu") from error
        if not document.blocks:
            raise unreadable(path, "trong trang không có chữ nào", _NO_TEXT_HINT)
        return with_decoding(document, decoded)


class _Story:
    """Reads one page, counting its tables on the way."""

    def __init__(self, root: Element, decoder: RunDecoder) -> None:
        self._root = root
        self._styles = Styles(root)
        self._plan: NotePlan = find_notes(root)
        self._page = Page(
            self._styles,
            self._plan,
            lambda table: is_data(table, self._styles),
            decoder.decode,
        )
        self._tables = 0
        self._depth = 0
        self._table_cut = False
        self._looks: dict[Element | None, Look] = {None: Look()}

    def document(self, encoding: str) -> RawDocument:
        blocks = tuple(self._blocks(self._items(self._root)))
        notes = tuple(self._note(note) for note in self._plan.notes)
        return RawDocument(
            blocks=blocks,
            notes=notes,
            encoding=encoding,
            format="html",
            warnings=tuple(self._warnings(notes)),
        )

    def _items(self, element: Element) -> Iterator[Item]:
        return Lines(self._page, element, self._look_around(element)).items()

    def _look_around(self, element: Element) -> Look:
        """Return how the text in front of an element looks; no element is looked at twice."""
        unknown = []
        outer = element.getparent()
        while outer not in self._looks:
            unknown.append(outer)
            outer = None if outer is None else outer.getparent()
        look = self._looks[outer]
        for each in reversed(unknown):
            if each is not None:
                look = self._looks[each] = self._styles.look(each, look)
        return look

    def _blocks(self, items: Iterator[Item]) -> Iterator[RawBlock]:
        for item in items:
            if item.table is not None:
                yield from self._table(item.table)
            else:
                text, marks = settle(item.line)
                if text or marks:
                    yield RawBlock(
                        kind=item.kind,
                        text=text,
                        level=item.level,
                        bold=bool(item.line.bold),
                        centered=item.centered,
                        marks=marks,
                    )

    def _table(self, table: Element) -> Iterator[RawBlock]:
        title = caption(table)
        if title is not None:
            yield from self._blocks(self._items(title))
        rows = with_heading(self._rows(table))
        self._tables += 1
        yield from row_blocks(rows, self._tables)

    def _rows(self, table: Element) -> list[Row]:
        rows, cut = read_rows(table, self._styles, self._cell)
        self._table_cut |= cut
        return rows

    def _cell(self, cell: Element) -> Line:
        bodies = self._plan.bodies
        # What is read as a note is not read again as a cell.
        return Line() if cell in bodies or cell.getparent() in bodies else self._flow(cell, " ")

    def _flow(self, element: Element, separator: str) -> Line:
        """Return all the text of a cell or a note as one line."""
        self._depth += 1
        if self._depth > _MAX_NESTED_TABLES:
            raise RecursionError
        lines: list[Line] = []
        for item in self._items(element):
            lines.append(item.line if item.table is None else self._nested(item.table))
        self._depth -= 1
        return join_lines(separator, lines)

    def _nested(self, table: Element) -> Line:
        title = caption(table)
        line = Line() if title is None else self._flow(title, " ")
        return nested_line(line, self._rows(table))

    def _note(self, note: FoundNote) -> RawNote:
        line = join_lines(
            "\n", [self._flow(element, "\n") for element in (note.body, *note.following)]
        )
        text, marks = settle(_without_label(line, note.label))
        kind = NoteKind.ENDNOTE if note.endnote else NoteKind.FOOTNOTE
        return RawNote(note.key, text, note.label, kind, marks)

    def _warnings(self, notes: tuple[RawNote, ...]) -> Iterator[str]:
        if self._page.hidden:
            yield _HIDDEN.format(count=self._page.hidden)
        if self._table_cut:
            yield _TABLE_CUT.format(columns=MAX_COLUMNS, rows=MAX_ROWS)
        yield from (_MISSING.format(label=label) for label in self._plan.missing)
        for note in notes:
            if note.key in self._plan.uncalled:
                yield _NOT_CALLED.format(text=note.text[:_SHOWN])


def _without_label(line: Line, label: str) -> Line:
    """Drop what a note's text begins with beside the text: its number, a sign, its list number."""
    text = line.text.strip().rstrip(" ↩^")
    shown = rf"[\[(]?{re.escape(label)}(?:[\]).:]+|(?=\s))" if label else "(?!)"
    text = re.sub(rf"\A(?:[-^↩]\s+)?(?:{shown}\s*|[.):\]]+\s+)?(?:[\^↩]\s*)?", "", text)
    return Line(text, line.calls, line.bold)
