"""The bytes of a web page: out of its mail wrapping, in its character set, as a tree.

Nothing outside of the file is ever loaded: no network, no entity of its own, no style sheet.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from indexer.errors import UnreadableFile
from indexer.readers.encodings import Decoded, decode_bytes
from indexer.readers.html_mail import MAIL_SUFFIXES, BrokenMail, MailPage, is_mail, page_of_mail
from indexer.readers.html_mend import mend_tables
from indexer.readers.html_tags import Source, read_source

Element: TypeAlias = etree._Element

MAX_BYTES = 100_000_000
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.I
)
_HEAD_BYTES = 8192
# A page of one of these names holds bytes that are letters only under a legacy font.
_BYTE_SETS = frozenset(
    {"x-user-defined", "windows-1252", "cp1252", "iso-8859-1", "latin1", "us-ascii", "ascii"}
)
# Possessive: a page may begin with any number of comments.
_BEGINS = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:(?><!--.*?-->)\s*+)*+"
    r"<(?:!doctype\s+html|html|head|body|meta)\b",
    re.I | re.S,
)
_SPREADSHEET = re.compile(r"\s*+(?:<meta[^>]*+>\s*+)?+<(?:table|style)\b", re.I)
_TOO_DEEP = "ERR_RESOURCE_LIMIT"
_COPY_AGAIN = "Hãy tải hoặc sao chép lại tệp gốc rồi thử lại."
_UNFINISHED = "Trang không có phần kết thúc (</html>); có thể thiếu nội dung ở cuối."
_UNCLOSED = "Trang có một thẻ hoặc lời ghi không đóng; chữ nằm sau nó có thể không được đọc."
_SAVE_AGAIN = "Hãy mở tệp bằng trình duyệt hoặc Word, lưu lại thành .docx rồi thử lại."


def is_page(head: bytes) -> bool:
    """Say whether a file that begins like this is a web page, whatever its name.

    >>> is_page("<HTML><body>Tôm".encode("utf-16")), is_page(b"Ti\\xc3\\xaau <html>")
    (True, False)
    """
    text = _roughly(head)
    return bool(_BEGINS.match(text) or _SPREADSHEET.match(text))


def read_tree(path: Path) -> tuple[Element, Decoded]:
    """Return the root of a page and the text that it was made of.

    Raises UnreadableFile when it is empty, cut off, too large, no text or nested too deep.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise unreadable(path, f"trang lớn hơn {MAX_BYTES // 1_000_000} MB", _SAVE_AGAIN)
    mail = _mail(data, path)
    decoded = page_text(mail.data, path.name, mail.charset)
    source = read_source(decoded.text)
    if source.cut_off:
        raise unreadable(path, "trang bị cắt ngang: thẻ cuối cùng chưa đóng", _COPY_AGAIN)
    root = _parsed(source.text, path)
    mend_tables(root)
    told = (*mail.warnings, *_told(source))
    return root, replace(decoded, warnings=(*decoded.warnings, *told))


def _told(source: Source) -> Iterator[str]:
    if source.unclosed:
        yield _UNCLOSED
    if source.unfinished:
        yield _UNFINISHED


def _mail(data: bytes, path: Path) -> MailPage:
    head = data[:_HEAD_BYTES]
    if not is_mail(head) and (path.suffix.lower() not in MAIL_SUFFIXES or is_page(head)):
        return MailPage(data, "")
    try:
        return page_of_mail(data)
    except BrokenMail as error:
        raise unreadable(path, str(error), _COPY_AGAIN) from error


def unreadable(path: Path, why: str, hint: str = _SAVE_AGAIN) -> UnreadableFile:
    """Return the error that says which page could not be read, why, and what to do."""
    return UnreadableFile(f"Không đọc được `{path.name}`: {why}.", hint)


def page_text(data: bytes, name: str, declared: str = "") -> Decoded:
    """Return the text of a page, decoded: what its bytes are goes before what it says.

    Raises UnreadableFile when it is empty, binary, or in an encoding that is not known.

    >>> page_text("<meta charset=windows-1258><p>Ca\\u0301".encode("cp1258"), "a.html").encoding
    'cp1258'
    """
    if data.startswith(_BOMS):
        return decode_bytes(data, name)
    if b"\x00" not in data:
        for encoding in ("utf-8", declared, _declared(data)):
            text = _strictly(data, encoding)
            if text is not None and text.strip():
                known = "cp1252" if _is_byte_set(encoding) else codecs.lookup(encoding).name
                return Decoded(text, known)
    return decode_bytes(data, name)


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data, 0, _HEAD_BYTES)
    return found[1].decode("ascii", "replace") if found else ""


def _is_byte_set(encoding: str) -> bool:
    return encoding.lower() in _BYTE_SETS


def _strictly(data: bytes, encoding: str) -> str | None:
    if _is_byte_set(encoding):
        # What browsers do; bytes that cp1252 leaves free keep their number for the font decoders.
        return "".join(map(_WINDOWS.__getitem__, data))
    try:
        return data.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _windows_letter(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_WINDOWS = tuple(map(_windows_letter, range(256)))


def _roughly(head: bytes) -> str:
    if head.startswith(_BOMS[1:]):
        return head.decode("utf-16", "replace")
    return head.removeprefix(_BOMS[0]).decode("latin-1").replace("\x00", "")


def _parsed(text: str, path: Path) -> Element:
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        # Old pages leave hundreds of <font> open; the walk over the tree does not recurse.
        huge_tree=True,
    )
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise unreadable(path, "nội dung không phải trang web") from error
    if root is None:
        raise unreadable(path, "trong trang không có chữ nào")
    if any(entry.type_name == _TOO_DEEP for entry in parser.error_log):
        # The parser stops there: the rest of the page would be lost without a word.
        raise unreadable(path, "nội dung lồng vào nhau quá sâu")
    return root
