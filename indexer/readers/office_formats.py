"""Which office format a file has, by its content, and why one of them cannot be converted."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from indexer.errors import UnreadableFile, reason
from indexer.readers.containers import (
    HEAD_BYTES,
    OLE_MAGIC,
    ZIP_MAGIC,
    BrokenContainer,
    OleFile,
    head_of,
    zip_names,
)

# Endings by which LibreOffice sees the format in a copy of the file.
ENDINGS = {"doc": ".doc", "rtf": ".rtf", "odt": ".odt", "fodt": ".fodt", "wordml": ".xml"}
ENCRYPTED = b"\0EncryptedPackage\0"

_WORD_STREAM = "WordDocument"
_OLD_WORD = (b"\xdb\xa5\x2d\x00", b"\x9b\xa5\x21\x00")
_RTF = b"{\\rtf"
_ODT_TYPE = re.compile(
    rb"mimetypeapplication/vnd\.(?:oasis\.opendocument|sun\.xml)\.(?:text|writer)"
)
_FLAT_ODT = re.compile(
    rb"<office:document\b[^>]{0,4000}"
    rb"office:mimetype=.application/vnd\.oasis\.opendocument\.text"
)
_WORD_XML = b"schemas.microsoft.com/office/word/2003/wordml"
_ODT_MANIFEST = "META-INF/manifest.xml"
_MAX_MANIFEST = 2_000_000
_FLAGS_AT, _LOCKED_FLAG = 10, 0x0100
_RTF_MARKS = re.compile(rb"\\bin\d|\\.|[{}]", re.DOTALL)
_MACRO_NAMES = (b"\0Macros\0", b"\0_VBA_PROJECT\0")

_ASK_AGAIN = "Hãy xin lại bản gốc của tệp rồi thử lại."
_UNLOCK = "Hãy mở tệp bằng Word hoặc LibreOffice, bỏ mật khẩu, lưu lại rồi thử lại."


def office_format(head: bytes) -> str:
    """Return "doc", "rtf", "odt", "fodt" or "wordml" for what `head_of` gives of a file, else "".

    >>> office_format(b"{\\\\rtf1 Tom"), office_format(b"PK\\x03\\x04 xl/workbook.xml")
    ('rtf', '')
    """
    if head.startswith(OLE_MAGIC):
        return "doc" if f"\0{_WORD_STREAM}\0".encode() in head else ""
    if head.startswith(_OLD_WORD):
        return "doc"
    if head.startswith(ZIP_MAGIC):
        return "odt" if _ODT_TYPE.match(head, 30) else ""
    start = head[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_RTF):
        return "rtf"
    if start.startswith(b"<"):
        return "fodt" if _FLAT_ODT.search(start) else "wordml" if _WORD_XML in start else ""
    return ""


def has_macros(head: bytes) -> bool:
    """Say whether there are macros in the OLE2 file of which `head_of` gives this."""
    return head.startswith(OLE_MAGIC) and any(name in head for name in _MACRO_NAMES)


def check(path: Path) -> str:
    """Return the format of an office file that can be converted.

    Raises UnreadableFile when it is locked by a password, was cut off, or is no office file.
    """
    try:
        head = head_of(path)
        kind = office_format(head)
        broken, locked = _broken(path, head), _locked(path, kind)
    except OSError as error:
        raise _unreadable(path, reason(error), _ASK_AGAIN) from error
    if ENCRYPTED in head or locked:
        raise _unreadable(path, "tệp được bảo vệ bằng mật khẩu", _UNLOCK)
    if broken:
        raise _unreadable(path, "tệp bị hỏng hoặc chưa tải về đủ", _ASK_AGAIN)
    if not kind:
        why = "nội dung không phải văn bản Word, RTF hay OpenDocument"
        raise _unreadable(path, why, _ASK_AGAIN)
    return kind


def _unreadable(path: Path, why: str, hint: str) -> UnreadableFile:
    return UnreadableFile(f"Không đọc được `{path.name}`: {why}.", hint)


def _broken(path: Path, head: bytes) -> bool:
    """Say whether the file was cut off: LibreOffice would show what is left as if it were all."""
    with path.open("rb") as file:
        try:
            if head.startswith(OLE_MAGIC):
                return not OleFile(file).is_whole()
            if head.startswith(ZIP_MAGIC):
                return not zip_names(file)
        except BrokenContainer:
            return True
        return office_format(head) == "rtf" and not _ends(file.read())


def _ends(rtf: bytes) -> bool:
    """Say whether every group of an RTF text is closed."""
    depth = 0
    for mark in _RTF_MARKS.finditer(rtf):
        if mark[0].startswith(b"\\bin"):
            return True  # bytes that may be braces follow: nothing can be said
        depth += {b"{": 1, b"}": -1}.get(mark[0], 0)
    return depth <= 0


def _locked(path: Path, kind: str) -> bool:
    if kind == "doc":
        return _is_locked_doc(path)
    return kind == "odt" and _is_locked_odt(path)


def _is_locked_doc(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            container = OleFile(file)
            beginning = container.beginning(container.streams[_WORD_STREAM], _FLAGS_AT + 2)
        except (BrokenContainer, KeyError):
            return False
    return bool(int.from_bytes(beginning[_FLAGS_AT:], "little") & _LOCKED_FLAG)


def _is_locked_odt(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package, package.open(_ODT_MANIFEST) as member:
            return b"encryption-data" in member.read(_MAX_MANIFEST)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
        return False
