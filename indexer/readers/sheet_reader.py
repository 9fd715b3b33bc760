"""Spreadsheets (.xlsx, .xls, .csv, .tsv): every sheet as tables with their titles and headings.

Numbers stand as they are printed, in Vietnamese form. Hidden sheets, rows and columns are read
too, and told.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.models import RawDocument
from indexer.readers.bounded_zip import RefusedZip
from indexer.readers.containers import OLE_MAGIC, ZIP_MAGIC, head_of
from indexer.readers.encodings import Decoded, decode_bytes, with_decoding
from indexer.readers.legacy_runs import RunDecoder
from indexer.readers.sheet_csv import read_csv
from indexer.readers.sheet_grid import Sheet, warnings
from indexer.readers.sheet_layout import Layout, comments
from indexer.readers.sheet_xls import read_xls
from indexer.readers.sheet_xlsx import read_xlsx

_PACKED = (".xlsx", ".xlsm", ".xltx", ".xltm")
_OLD = (".xls", ".xlt")
_PLAIN = (".csv", ".tsv")
_OLD_STREAMS = (b"\0Workbook\0", b"\0Book\0")
_LOCKED_STREAM = b"\0EncryptedPackage\0"
_UNLOCK = "Hãy mở tệp bằng Excel, bỏ mật khẩu rồi lưu lại."
_SAVE_AGAIN = "Hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi thử lại."


class SheetReader:
    """Reads .xlsx, .xlsm, .xls, .csv and .tsv files."""

    name = "sheet"
    suffixes: tuple[str, ...] = (*_PACKED, *_OLD, *_PLAIN)

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether the file is a workbook by its content, or a plain table by its name."""
        if head.startswith(ZIP_MAGIC):
            return b"xl/workbook" in head or (suffix in _PACKED and b"word/" not in head)
        if head.startswith(OLE_MAGIC):
            return suffix in (*_PACKED, *_OLD) or any(name in head for name in _OLD_STREAMS)
        return suffix in _PLAIN

    def read(self, path: Path) -> RawDocument:
        """Return the sheets of the file at `path` as headings, paragraphs and table rows.

        Raises UnreadableFile when it is damaged, locked, empty or too large.
        """
        decoder = RunDecoder()
        book = _book(path, decoder)
        if decoder.has_heard_old_text():
            book = _book(path, decoder)
        sheets, layout = book.sheets, Layout()
        named = sum(bool(sheet.rows) for sheet in sheets) > 1
        raw = RawDocument(
            blocks=tuple(each for sheet in sheets for each in layout.blocks(sheet, named=named)),
            notes=tuple(note for sheet in sheets for note in comments(sheet)),
            encoding=book.decoded.encoding,
            warnings=tuple(message for sheet in sheets for message in warnings(sheet)),
            format=book.format,
        )
        if not raw.blocks:
            raise _unreadable(path, "trong tệp không có ô nào có chữ", "Hãy xem lại tệp gốc.")
        return with_decoding(decoder.finish(raw), book.decoded)


@dataclass(frozen=True, slots=True)
class _Book:
    """The sheets of a file, its format, and how its text was decoded where it is plain."""

    sheets: list[Sheet]
    format: str
    decoded: Decoded = Decoded("", "")


def _book(path: Path, decoder: RunDecoder) -> _Book:
    with path.open("rb") as file:
        head = file.read(len(OLE_MAGIC))
    try:
        if head.startswith(ZIP_MAGIC):
            return _Book(read_xlsx(path, decoder), "xlsx")
        if head.startswith(OLE_MAGIC):
            if _is_locked(path):
                raise RefusedZip("tệp được bảo vệ bằng mật khẩu", locked=True)
            return _Book(read_xls(path, decoder), "xls")
    except RefusedZip as error:
        hint = _UNLOCK if error.locked else _SAVE_AGAIN
        raise _unreadable(path, error.why, hint) from error
    decoded = decode_bytes(path.read_bytes(), path.name)
    return _Book([read_csv(decoded.text, path.name)], "csv", decoded)


def _is_locked(path: Path) -> bool:
    return _LOCKED_STREAM in head_of(path)


def _unreadable(path: Path, why: str, hint: str) -> UnreadableFile:
    return UnreadableFile(f"Không đọc được `{path.name}`: {why}.", hint)
