"""Plain text in which some or all lines stand in an old encoding although no font says so."""

from __future__ import annotations

from indexer.models import Conversion
from indexer.text.legacy import ConversionLog, Converted
from indexer.text.legacy_decoding import Encoding, decode
from indexer.text.legacy_detection import detect, has_unicode_letters, score_text

_READS_WELL = 0.8


def convert_text(text: str) -> tuple[str, tuple[Conversion, ...]]:
    """Return the text with its old lines in Unicode, and what was changed.

    A text all in one encoding is decoded as a whole; beside lines in Unicode only those lines
    are that read badly as they stand.

    >>> convert_text("Sản lượng tăng\\nN¨ng suÊt lóa ®¹t kh¸")[0]
    'Sản lượng tăng\\nNăng suất lúa đạt khá'
    """
    if text.isascii() or not has_unicode_letters(text):
        encoding = detect(text)
        return decode_lines(text, encoding) if encoding else (text, ())
    lines = text.split("\n")
    doubtful = [line for line in lines if _is_doubtful(line)]
    encoding = detect("\n".join(doubtful)) if doubtful else None
    if encoding is None:
        return text, ()
    log = ConversionLog()
    wanted = frozenset(line for line in doubtful if _reads_better(line, encoding))
    converted = [_decode(line, encoding, log) if line in wanted else line for line in lines]
    return "\n".join(converted), log.conversions()


def decode_lines(text: str, encoding: Encoding) -> tuple[str, tuple[Conversion, ...]]:
    """Return a text in Unicode whose encoding is known, and how many of its lines were changed.

    >>> text, conversions = decode_lines("Sè: 5\\n§¶ng bé", Encoding.TCVN3)
    >>> text, conversions[0].count, conversions[0].sample_after
    ('Số: 5\\nĐảng bộ', 2, 'Đảng bộ')
    """
    log = ConversionLog()
    decoded = "\n".join(_decode(line, encoding, log) for line in text.split("\n"))
    return decoded, log.conversions()


def _decode(line: str, encoding: Encoding, log: ConversionLog) -> str:
    decoded = decode(line, encoding)
    if decoded != line:
        log.add(line, Converted(decoded, encoding))
    return decoded


def _is_doubtful(line: str) -> bool:
    if line.isascii() or has_unicode_letters(line):
        return False
    raw = score_text(line)
    return not raw.of or raw.share < _READS_WELL


def _reads_better(line: str, encoding: Encoding) -> bool:
    return score_text(line, encoding).share > score_text(line).share
