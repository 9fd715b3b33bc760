"""Spreadsheets (.xlsx, .xls, .csv, .tsv): every sheet as tables with their titles and headings.

Numbers stand as they are printed, in Vietnamese form. Hidden sheets, rows and columns are read
too, and told.
"""

from __future__ import annotations

from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.models import RawDocument
from indexer.readers.bounded_zip import RefusedZip
from indexer.readers.containers import OLE_MAGIC, ZIP_MAGIC, head_of
from indexer.readers.legacy_runs import RunDecoder
from indexer.readers.sheet_csv import read_csv
from indexer.readers.sheet_grid import Sheet, warnings
from indexer.readers.sheet_layout import Layout
from indexer.readers.sheet_xls import read_xls
from indexer.readers.sheet_xlsx import read_xlsx
from indexer.readers.text_reader import decode

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
        found = _sheets(path, decoder)
        if decoder.has_heard_old_text():
            found = _sheets(path, decoder)
        sheets, encoding, kind = found
        layout = Layout()
        named = sum(bool(sheet.rows) for sheet in sheets) > 1
        blocks = tuple(block for sheet in sheets for block in layout.blocks(sheet, named=named))
        if not blocks:
            raise _unreadable(path, "trong tệp không có ô nào có chữ", "Hãy xem lại tệp gốc.")
        told = tuple(message for sheet in sheets for message in warnings(sheet))
        return decoder.finish(RawDocument(blocks, encoding=encoding, warnings=told, format=kind))


def _sheets(path: Path, decoder: RunDecoder) -> tuple[list[Sheet], str, str]:
    with path.open("rb") as file:
        head = file.read(len(OLE_MAGIC))
    try:
        if head.startswith(ZIP_MAGIC):
            return read_xlsx(path, decoder), "", "xlsx"
        if head.startswith(OLE_MAGIC):
            if _is_locked(path):
                raise RefusedZip("tệp được bảo vệ bằng mật khẩu", locked=True)
            return read_xls(path, decoder), "", "xls"
    except RefusedZip as error:
        hint = _UNLOCK if error.locked else _SAVE_AGAIN
        raise _unreadable(path, error.why, hint) from error
    text, encoding = decode(path.read_bytes(), path.name)
    return [read_csv(text, path.suffix.lower())], encoding, "csv"


def _is_locked(path: Path) -> bool:
    return _LOCKED_STREAM in head_of(path)


def _unreadable(path: Path, why: str, hint: str) -> UnreadableFile:
    return UnreadableFile(f"Không đọc được `{path.name}`: {why}.", hint)
