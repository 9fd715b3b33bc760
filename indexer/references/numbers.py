"""Numbers of documents in one spelling: `22 - nq/tw` and `22-NQ/TW` are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.references.kinds import CODES, code_spelling, is_state, suffix_spelling
from indexer.references.marks import GAP, MAY_GAP

_CODE = "|".join(CODES)
_JOIN = rf"{MAY_GAP}[-–—/.]{MAY_GAP}"
# A suffix is in capitals; the usual ones are also understood in small letters.
_SUFFIX = (
    r"(?:(?i:HNTW|TW|TXU|ThU|TPU|TU|HU|QU|CP|TTg|UBTVQH\d*|QH\d*|HĐND\d*|UBND)(?![\w])"
    r"|[A-ZĐ][\wĐ]*(?![a-zà-ỹ]))(?:[-.][A-ZĐ][\wĐ]*)*"
)
_STATE_ALONE = r"(?:UBTVQH\d*|QH\d+|CP|CTN|HĐBT|TTg|UBND(?:-[A-ZĐ]+)?)"
NUMBER = re.compile(
    rf"(?<![\w/.,-])(?P<digits>\d{{1,5}}[a-eđ]?)(?:{MAY_GAP}/{MAY_GAP}(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?:{MAY_GAP}[-–—/.]?{MAY_GAP}(?P<code>(?i:{_CODE})){_JOIN}(?P<suffix>{_SUFFIX})"
    rf"|{_JOIN}(?P<alone>{_STATE_ALONE})(?!\w))?"
)
_COUNTED = re.compile(rf"{MAY_GAP}[%‰/–-]|[.,]\d|\w")
# What may follow a number without a code: the mention ends, or tells more of the document.
_AFTER_SHORT = re.compile(
    rf"{MAY_GAP}(?:[.;:,)”\"\]]|$|\n)"
    rf"|{GAP}(?:của|ngày|năm|kh(?:óa|oá)|về|và|do|gắn|trong|theo|với|được|đã|đến|từ|ở|tại|cho|"
    rf"để|là|ban{GAP}hành|bằng|đối|như|nhằm|cũng|còn|một{GAP}cách|tới|trên)\b"
    rf"|{MAY_GAP}[(“\"]"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text; `text` is its one spelling, `key` its digits."""

    end: int
    text: str
    key: str
    year: str = ""
    code: str = ""
    suffix: str = ""


def read_number(text: str, start: int, *, told: bool) -> Number | None:
    """Return the number at a place; one without a code only where it cannot be a quantity.

    `told` says that the word `số` stands before it.

    >>> read_number("5 - nq / tw", 0, told=True).text, read_number("7%", 0, told=False)
    ('05-NQ/TW', None)
    >>> read_number("61/2018/NĐ-CP", 0, told=False).text
    '61/2018/NĐ-CP'
    """
    match = NUMBER.match(text, start)
    if match is None:
        return None
    if not (match["code"] or match["alone"]) and not _is_short(text, match, told=told):
        return None
    return number_of(match)


def _is_short(text: str, match: re.Match[str], *, told: bool) -> bool:
    digits = match["digits"]
    if _COUNTED.match(text, match.end()) or len(digits) > 4:
        return False
    if match["year"] or told:
        return True
    looks_like_year = len(digits) == 4 and digits[:2] in ("19", "20")
    return not looks_like_year and bool(_AFTER_SHORT.match(text, match.end()))


def number_of(match: re.Match[str]) -> Number:
    """Return the number of a match of `NUMBER`."""
    digits = match["digits"].lstrip("0") or "0"
    shown = digits.zfill(2) if digits.isdigit() else digits
    year = match["year"] or ""
    code = code_spelling(match["code"]) if match["code"] else ""
    suffix = _suffix(match["suffix"] or match["alone"] or "")
    if not suffix:
        shown = "/".join(filter(None, (shown, year)))
    elif not code or is_state(suffix):
        shown = "/".join(filter(None, (shown, year, "-".join(filter(None, (code, suffix))))))
    else:
        shown = f"{shown}-{code}/{suffix}"
    return Number(match.end(), shown, digits, year, code, suffix)


def _suffix(words: str) -> str:
    return "-".join(suffix_spelling(part) for part in re.split(r"[-.]", words)) if words else ""
