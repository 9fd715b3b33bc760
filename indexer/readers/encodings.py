"""From the bytes of a plain text to its letters, and the name of the encoding they stood in.

In this order: byte order mark (of UTF-8, 16, 32), UTF-16 without one, strict UTF-8, the old
Vietnamese encodings, cp1258, UTF-8 with a few damaged bytes, cp1252. The order is what keeps
guesses out: a text that one step accepts is hardly ever that by accident.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from indexer.errors import UnreadableFile
from indexer.models import Conversion, RawDocument
from indexer.text.legacy_detection import detect, score_text
from indexer.text.legacy_lines import convert_text, decode_lines

# That of UTF-32 begins with that of UTF-16.
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WIDE = ("utf-16", "utf-32")
_OTHER_FORMATS = (
    (b"PK\x03\x04", "là tệp nén hoặc tệp Word/Excel mới"),
    (b"\xd0\xcf\x11\xe0", "là tệp Word/Excel đời cũ"),
    (b"%PDF", "là tệp PDF"),
    (b"{\\rtf", "là tệp RTF"),
)
_BINARY = "là tệp nhị phân"
_READS_WELL = 0.8
_FEW_DAMAGED = 0.02
_FEW_FOREIGN = 0.1
# Western text has these five bytes in no place, and none of the control characters of DOS.
_FREE_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\x0b\x0c\x1a\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, its encoding, and what people should know about its decoding."""

    text: str
    encoding: str
    conversions: tuple[Conversion, ...] = ()
    warnings: tuple[str, ...] = ()


def decode_bytes(data: bytes, name: str) -> Decoded:
    """Return the text of a file, whatever the encoding.

    Raises UnreadableFile, naming the file, the reason and what to do.

    >>> decode_bytes("Đảng bộ".encode("utf-16"), "a.txt").encoding
    'utf-16'
    >>> decoded = decode_bytes(b"L\\xb7nh \\xae\\xb9o huy\\xd6n", "a.txt")
    >>> decoded.text, decoded.encoding
    ('Lãnh đạo huyện', 'TCVN3')
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    encoding = encoding or _utf16_without_bom(data) or "utf-8"
    _refuse_binary(data, name, encoding)
    decoded = _decode(data, encoding, name)
    if not decoded.text.strip("\ufeff").strip():
        raise empty_file(name)
    if "\x00" in decoded.text:
        raise _other_format(name, _BINARY)
    return decoded


def empty_file(name: str) -> UnreadableFile:
    """Return the error that says that a file holds no text."""
    return UnreadableFile(f"Không đọc được `{name}`: tệp trống.", "Hãy kiểm tra lại tệp gốc.")


def with_decoding(raw: RawDocument, decoded: Decoded) -> RawDocument:
    """Return what was read of a decoded text, with what people should know about its decoding.

    >>> raw = RawDocument(blocks=(), warnings=("Bảng bị cắt.",))
    >>> with_decoding(raw, Decoded("", "utf-8", warnings=("Có 1 chỗ hỏng.",))).warnings
    ('Có 1 chỗ hỏng.', 'Bảng bị cắt.')
    """
    return replace(
        raw,
        conversions=(*decoded.conversions, *raw.conversions),
        warnings=(*decoded.warnings, *raw.warnings),
    )


def _decode(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        decoded = None
        if not encoding.startswith(_WIDE):
            decoded = _old(data) or _cp1258(data) or _damaged(data, error) or _western(data)
        if decoded is None:
            raise _unknown(name, error) from error
        return decoded
    text, conversions = convert_text(text)
    # An ASCII text that was changed is VIQR, whose signs are all ASCII.
    is_viqr = bool(conversions) and encoding == "utf-8" and data.isascii()
    known = conversions[0].encoding if is_viqr else encoding.removesuffix("-sig")
    return Decoded(text, known, conversions)


def _old(data: bytes) -> Decoded | None:
    text = _as_cp1252(data)
    encoding = detect(text)
    if encoding is None:
        return None
    decoded, conversions = decode_lines(text, encoding)
    return Decoded(decoded, encoding.value, conversions)


def _cp1258(data: bytes) -> Decoded | None:
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    return Decoded(text, "cp1258") if score_text(text).share >= _READS_WELL else None


def _damaged(data: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """Return a text in UTF-8 of which few bytes are wrong: cut off, or pasted in."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    beyond = sum(not letter.isascii() for letter in text)
    if lost > max(1, _FEW_DAMAGED * beyond) or lost == beyond:
        return None
    warning = (
        f"Tệp ở bảng mã UTF-8 nhưng có {lost} chỗ hỏng (chỗ đầu tiên ở byte thứ "
        f"{error.start + 1}); các chỗ đó hiện thành dấu \ufffd."
    )
    text, conversions = convert_text(text)
    return Decoded(text, "utf-8", conversions, (warning,))


def _western(data: bytes) -> Decoded | None:
    beyond = sum(byte > 0x7F for byte in data)
    if beyond > _FEW_FOREIGN * len(data) or (_FREE_IN_CP1252 | _CONTROLS) & frozenset(data):
        return None
    warning = "Không chắc về bảng mã của tệp; đã đọc theo cp1252. Hãy kiểm tra các chữ có dấu."
    return Decoded(data.decode("cp1252"), "cp1252", warnings=(warning,))


def _as_cp1252(data: bytes) -> str:
    """Return the bytes as cp1252 shows them, the five bytes that it leaves free as Latin-1."""
    if not _FREE_IN_CP1252 & frozenset(data):
        return data.decode("cp1252")
    return data.decode("latin-1").translate(_cp1252_signs())


def _cp1252_signs() -> dict[int, str]:
    codes = frozenset(range(0x80, 0xA0)) - _FREE_IN_CP1252
    return {code: bytes([code]).decode("cp1252") for code in codes}


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
    if known is None and b"\x00" in data and not encoding.startswith(_WIDE):
        known = _BINARY
    if known is not None:
        raise _other_format(name, known)


def _other_format(name: str, what: str) -> UnreadableFile:
    return UnreadableFile(
        f"Không đọc được `{name}`: tên tệp là văn bản thuần nhưng nội dung {what}.",
        "Hãy đổi lại đúng phần mở rộng của tệp hoặc thay bằng tệp gốc.",
    )


def _unknown(name: str, error: UnicodeDecodeError) -> UnreadableFile:
    return UnreadableFile(
        f"Không đọc được `{name}`: không nhận ra bảng mã của tệp (không phải UTF-8, UTF-16 hay "
        f"một bảng mã tiếng Việt cũ; chỗ lạ đầu tiên ở byte thứ {error.start + 1}).",
        "Hãy mở tệp và lưu lại bằng bảng mã UTF-8 rồi lập chỉ mục lại.",
    )
