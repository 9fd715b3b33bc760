"""Plain text files, with footnotes written inline or with marks lost and bodies at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.models import BlockKind, RawBlock, RawCell, RawDocument, RawNote
from indexer.readers import inline_notes, lost_marks
from indexer.readers.marked_text import PLACEHOLDER, take_marks, tidy
from indexer.text.normalise import fold_characters

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OTHER_FORMATS = (
    (b"PK\x03\x04", "là tệp nén hoặc tệp Word/Excel mới"),
    (b"\xd0\xcf\x11\xe0", "là tệp Word/Excel đời cũ"),
    (b"%PDF", "là tệp PDF"),
    (b"{\\rtf", "là tệp RTF"),
    (b"\xff\xfe\x00\x00", "ở bảng mã UTF-32"),
    (b"\x00\x00\xfe\xff", "ở bảng mã UTF-32"),
)
_BINARY = "là tệp nhị phân"
_MIN_CELLS = 3
_MIN_ROWS = 2


class TextReader:
    """Reads .txt and .md files in UTF-8 or UTF-16."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt", ".md")

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether the name is that of a plain text; `read` checks that its bytes agree."""
        return suffix in self.suffixes

    def read(self, path: Path) -> RawDocument:
        """Return the lines of the file as blocks, its notes taken out of the sentences.

        Raises UnreadableFile when the file is empty, binary or in an encoding not known yet.
        """
        text, encoding = decode(path.read_bytes(), path.name)
        raw = read_text(text, encoding)
        if not raw.blocks and not raw.notes:
            raise _empty(path.name)
        return raw


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    Raises UnreadableFile, naming the file, the reason and what to do.

    >>> decode("Đảng bộ".encode("utf-16"), "a.txt")
    ('Đảng bộ', 'utf-16')
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    encoding = encoding or _utf16_without_bom(data) or "utf-8"
    _refuse_binary(data, name, encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"Không đọc được `{name}`: bảng mã của tệp không phải UTF-8 hay UTF-16 "
            f"(byte thứ {error.start + 1}).",
            "Hãy mở tệp và lưu lại bằng bảng mã UTF-8 rồi lập chỉ mục lại.",
        ) from error
    if not text.strip("\ufeff").strip():
        raise _empty(name)
    _refuse_zeros(text, name)
    return text, encoding.removesuffix("-sig")


def _empty(name: str) -> UnreadableFile:
    return UnreadableFile(f"Không đọc được `{name}`: tệp trống.", "Hãy kiểm tra lại tệp gốc.")


def _utf16_without_bom(data: bytes) -> str | None:
    """Return which UTF-16 it is when one byte of most pairs at the beginning is zero."""
    head = data[:2000]
    half = len(head) // 2
    zeros = (head[::2].count(0), head[1::2].count(0))
    # A combining accent (U+0300) has its zero in the other byte, but few letters have accents.
    if half < 4 or max(zeros) < 0.4 * half or min(zeros) > 0.1 * max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _refuse_binary(data: bytes, name: str, encoding: str) -> None:
    known = next((what for magic, what in _OTHER_FORMATS if data.startswith(magic)), None)
    if known is None and b"\x00" in data and not encoding.startswith("utf-16"):
        known = _BINARY
    if known is not None:
        raise _other_format(name, known)


def _refuse_zeros(text: str, name: str) -> None:
    if "\x00" in text:
        raise _other_format(name, _BINARY)


def _other_format(name: str, what: str) -> UnreadableFile:
    return UnreadableFile(
        f"Không đọc được `{name}`: tên tệp là văn bản thuần nhưng nội dung {what}.",
        "Hãy đổi lại đúng phần mở rộng của tệp hoặc thay bằng tệp gốc.",
    )


def read_text(text: str, encoding: str = "utf-8") -> RawDocument:
    """Return the blocks and notes of a text that was already decoded.

    >>> raw = read_text("Doanh thu tăng[footnoteRef:1]. [1:  Đạt 5 tỷ đồng] ")
    >>> raw.blocks[0].text, raw.blocks[0].marks[0].span, raw.notes[0].text
    ('Doanh thu tăng.', Span(start=14, end=14), 'Đạt 5 tỷ đồng')
    """
    lines = fold_characters(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    notes: tuple[RawNote, ...] = ()
    warnings: tuple[str, ...] = ()
    if inline_notes.has_marks(lines):
        marked, notes, warnings = inline_notes.take_notes(lines)
    elif lost_marks.has_bodies(lines):
        marked, notes, warnings = lost_marks.take_notes(lines)
    else:
        marked = lost_marks.join_lines(lines)
    keys = iter(marked.keys)
    rows = _with_text([row for row in map(tidy, marked.text.split("\n")) if row.strip()])
    blocks = tuple(_blocks(rows, keys))
    return RawDocument(blocks=blocks, notes=notes, encoding=encoding, warnings=warnings)


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
