"""Numbers as reports write them: which can be read in one way only, and what they come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from indexer.facts.not_values import non_value_end
from indexer.facts.units import DURATIONS, Unit, read_unit

DIGITS = (
    r"(?:[1-9]\d{0,2}(?:,\d{3})+\.\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)"
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)?)"
)
_THOUSANDS = re.compile(
    r"[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3}){2,}|(?:,\d{3})+\.\d{1,2})"
)
_SPACED = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?![\d]|[.,]\d)")
_TO = r"[ \t]*(?:[-–—/]|đến|tới)[ \t]*"
_BOUND_BEFORE = re.compile(rf"\d(?:{_TO}|[ \u00a0\u202f])$")
_BOUND_AFTER = re.compile(rf"{_TO}\d[\d.,]*(?:[ \u00a0\u202f]\d{{3}}(?!\d))*")
_MORE_DIGITS = re.compile(r"(?:[.,]\d+)+")
_WHOLE_SPACED = re.compile(r"[ \t]?/[ \t]?[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?!\d)")
_OF_TIME = re.compile(r"\s*(?:năm|tháng|quý|tuần|ngày)(?!\w)", re.I)
_REST = re.compile(r"[ \t]+(?P<digits>\d{1,3})(?![.,]?\d)")
# Powers of ten.
_SCALES = {"nghìn": 3, "triệu": 6, "tỷ": 9}
_MOST_DIGITS = 25
_LONGEST_SIGN = 12


@dataclass(frozen=True, slots=True)
class Compound:
    """A number in several steps (`3 tỷ 200 triệu đồng`), in the unit of the first."""

    value: Decimal
    unit: Unit
    digits_end: int


def parse_number(written: str) -> Decimal:
    """Return the value of a number as Vietnamese writes it.

    >>> [str(parse_number(text)) for text in ("41.026", "52,418", "3.8", "1.234,5", "06")]
    ['41026', '52.418', '3.8', '1234.5', '6']
    >>> [str(parse_number(text)) for text in ("1,234.5", "2 000")]
    ['1234.5', '2000']
    """
    written = "".join(written.split())
    if is_grouped(written):
        separator = next(sign for sign in written if not sign.isdigit())
        written = written.replace(separator, "")
    return Decimal(written.replace(",", "."))


def is_grouped(written: str) -> bool:
    """Say whether a number has signs between its thousands."""
    return _THOUSANDS.fullmatch(written) is not None


def spaced_end(text: str, start: int) -> int | None:
    """Return where a number with spaces between its thousands ends, or none for another number.

    >>> spaced_end("có 2 000 hộ", 3), spaced_end("có 2 hộ", 3)
    (8, None)
    """
    found = _SPACED.match(text, start)
    return found.end() if found else None


def unreadable_end(text: str, number: re.Match[str]) -> int | None:
    """Return where a number ends that can be read in several ways, else none.

    >>> text = "vốn 1.23.4 tỷ, 3 tỷ 200, 1 234"
    >>> [unreadable_end(text, found) for found in re.finditer(DIGITS, text)][0]
    10
    """
    start, end = number.span()
    more = _MORE_DIGITS.match(text, end) or _WHOLE_SPACED.match(text, end)
    if more or sum(map(str.isdigit, number.group())) > _MOST_DIGITS:
        return more.end() if more else end
    spaced = spaced_end(text, start)
    if spaced is not None:
        before = text[max(0, start - _LONGEST_SIGN) : start]
        after = _BOUND_AFTER.match(text, spaced)
        unit = read_unit(text, spaced)
        counted = unit is not None and unit.name not in DURATIONS
        too_long = spaced - start > _MOST_DIGITS
        if after or too_long or not counted or _BOUND_BEFORE.search(before):
            return after.end() if after else spaced
        return None
    unit = read_unit(text, end)
    rest = _rest_of(text, unit) if unit else None
    return rest.end() if rest and unit and read_compound(text, number, unit) is None else None


def goes_on(text: str, unit: Unit | None) -> bool:
    """Say whether smaller steps of a number follow its unit: `3 tỷ` of `3 tỷ 200 triệu`."""
    return unit is not None and _rest_of(text, unit) is not None


def read_compound(text: str, number: re.Match[str], unit: Unit) -> Compound | None:
    """Return the number whose first step has this unit; none if it has no other, or a wrong one.

    >>> text = "thu 3 tỷ 200 triệu đồng"
    >>> read_compound(text, re.compile(DIGITS).search(text), read_unit(text, 5))
    Compound(value=Decimal('3.2'), unit=Unit(name='tỷ đồng', per='', end=23), digits_end=12)
    """
    value, first, last = parse_number(number.group()), unit.name, unit
    digits_end = None
    while rest := _rest_of(text, last):
        following = read_unit(text, rest.end())
        scale, _, noun = following.name.partition(" ") if following else ("", "", "")
        smaller = _SCALES.get(scale, 99) < _SCALES.get(last.name, 0)
        if (
            following is None
            or not smaller
            or value != value.to_integral_value()
            and not digits_end
        ):
            return None
        value += Decimal(rest["digits"]).scaleb(_SCALES[scale] - _SCALES[first])
        last, digits_end = following, rest.end()
    if digits_end is None:
        return None
    noun = last.name.partition(" ")[2]
    written = f"{value:f}"
    value = Decimal(written.rstrip("0").rstrip(".") if "." in written else written)
    return Compound(value, Unit(f"{first} {noun}".strip(), last.per, last.end), digits_end)


def _rest_of(text: str, unit: Unit) -> re.Match[str] | None:
    """Return the digits behind a scale without a noun, unless they are of something else."""
    if unit.per or not all(word in _SCALES for word in unit.name.split()):
        return None
    rest = _REST.match(text, unit.end)
    if rest is None or non_value_end(text, rest.start("digits")):
        return None
    return None if _OF_TIME.match(text, rest.end()) else rest
