"""Which reader reads a file; each reader is imported when its format is first met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from indexer.errors import ReadingError, UnreadableFile, UnsupportedFormat, reason
from indexer.models import RawDocument
from indexer.readers.base import MAX_PAGES, PagedReader, Reader
from indexer.readers.containers import OLE_MAGIC, ZIP_MAGIC, head_of, is_document_zip
from indexer.readers.ways_out import way_out

# Module and class of every reader, in the order they are asked.
_READERS = (
    ("indexer.readers.office_reader", "OfficeReader"),
    ("indexer.readers.pdf_reader", "PdfReader"),
    ("indexer.readers.ocr_reader", "OcrReader"),
    ("indexer.readers.docx_reader", "DocxReader"),
    ("indexer.readers.html_reader", "HtmlReader"),
    ("indexer.readers.sheet_reader", "SheetReader"),
    ("indexer.readers.text_reader", "TextReader"),
    ("indexer.readers.text_reader", "MarkdownReader"),
)

_PLAIN_ENDINGS = frozenset({".txt", ".md", ".csv", ".tsv"})
_PLAIN_READERS = frozenset({"text", "markdown", "sheet"})
_FOREIGN_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_FOREIGN_ENDINGS = (".rar", ".7z")


def readers() -> tuple[Reader, ...]:
    """Return one of every reader there is."""
    return tuple(getattr(import_module(module), name)() for module, name in _READERS)


def known_suffixes() -> tuple[str, ...]:
    """Return the file name endings that some reader reads.

    >>> ".docx" in known_suffixes()
    True
    """
    return tuple(suffix for reader in readers() for suffix in reader.suffixes)


def read_file(
    path: Path,
    max_bytes: int,
    name: str = "",
    read: Callable[[Path], RawDocument] | None = None,
    *,
    max_pages: int = MAX_PAGES,
) -> RawDocument:
    """Return what stands in a file; `name` is what people call it when `path` is a kept copy.

    `read` takes the place of the reader's own where part of its work was done before.
    Raises UnsupportedFormat when no reader knows it and UnreadableFile when it cannot be read.
    """
    name = name or path.name
    try:
        reader = find_reader(path, max_bytes, name)
        if isinstance(reader, PagedReader):
            reader.max_pages = max_pages
        raw = (read or reader.read)(path)
        return raw if raw.format else replace(raw, format=reader.name)
    except ReadingError as error:
        raise type(error)(_named(error.message, path, name), error.hint) from error


def is_plain(path: Path, name: str) -> bool:
    """Say whether a file is a plain text by its name and its first bytes."""
    suffix = Path(name).suffix.lower()
    if suffix not in _PLAIN_ENDINGS:
        return False
    try:
        head = head_of(path)
    except OSError:
        return False
    reader = next((reader for reader in readers() if reader.accepts(head, suffix)), None)
    is_packed = head.startswith((ZIP_MAGIC, OLE_MAGIC))
    return reader is not None and reader.name in _PLAIN_READERS and not is_packed


def refuse_foreign_archive(head: bytes, name: str) -> None:
    """Raise UnsupportedFormat for a file that begins or is named like an archive we cannot open.

    >>> refuse_foreign_archive(b"PK\\x03\\x04", "a.zip")
    """
    if head.startswith(_FOREIGN_ARCHIVES) or name.lower().endswith(_FOREIGN_ENDINGS):
        raise UnsupportedFormat(
            f"Chưa mở được tệp nén `{name}`: chỉ mở được .zip và .tar.",
            way_out(".rar"),
        )


def find_reader(path: Path, max_bytes: int, name: str) -> Reader:
    """Return the reader for a file after a look at its size and its first bytes.

    Raises UnsupportedFormat when no reader knows it, UnreadableFile when it is empty or too
    large or cannot be opened.
    """
    try:
        size = path.stat().st_size
        head = head_of(path)
        is_archive = is_document_zip(path) is False
    except OSError as error:
        raise UnreadableFile(
            f"Không mở được `{name}`: {reason(error)}.",
            "Hãy kiểm tra tệp còn đó và quyền đọc tệp.",
        ) from error
    suffix = Path(name).suffix.lower()
    if not head:
        raise UnreadableFile(f"Không đọc được `{name}`: tệp trống.", "Hãy xem lại tệp gốc.")
    refuse_foreign_archive(head, name)
    if is_archive and suffix in known_suffixes() and suffix not in _PLAIN_ENDINGS:
        raise UnreadableFile(
            f"Không đọc được `{name}`: tên tệp là {suffix} nhưng nội dung là tệp nén .zip.",
            "Hãy đổi phần mở rộng của tệp thành .zip rồi lập chỉ mục lại.",
        )
    reader = next((reader for reader in readers() if reader.accepts(head, suffix)), None)
    if reader is None and suffix in known_suffixes():
        raise UnreadableFile(
            f"Không đọc được `{name}`: nội dung không phải tệp {suffix}.",
            "Hãy đổi lại đúng phần mở rộng của tệp hoặc thay bằng tệp gốc.",
        )
    if reader is None:
        raise UnsupportedFormat(
            f"Chưa đọc được loại tệp của `{name}`.",
            way_out(suffix),
        )
    if size > max_bytes:
        raise UnreadableFile(
            f"Không đọc được `{name}`: tệp lớn {size // 2**20} MB, quá giới hạn "
            f"{max_bytes // 2**20} MB.",
            "Hãy tách tệp hoặc tăng VANKIEN_MAX_FILE_MB.",
        )
    return reader


def _named(message: str, path: Path, name: str) -> str:
    # A reader sees the kept copy, whose name is its hash; people know the file by its own name.
    return message.replace(path.name, name)
