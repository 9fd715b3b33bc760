"""Numbers that measure or count something, with unit, divisor and qualifier.

Vietnamese reports write a point between thousands and a comma before decimals; a point with one
or two digits behind it is a slip for a comma. A number that can be read in two ways is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.facts.not_values import line_start, non_value_end
from indexer.facts.numbers import (
    DIGITS,
    goes_on,
    is_grouped,
    parse_number,
    read_compound,
    spaced_end,
    unreadable_end,
)
from indexer.facts.signs import is_minus, with_sign
from indexer.facts.units import DURATIONS, Unit, read_unit
from indexer.models import Quantity, Shape, Span

__all__ = ["find_quantities", "parse_number"]

_NUMBER = re.compile(rf"(?<!\w)(?<!\d[.,/]){DIGITS}")
_NEXT_NUMBER = re.compile(DIGITS)
_RANGE = re.compile(r"[ \t]*(?:[-–—]|đến|tới)[ \t]*(?=\d)")
_RATIO = re.compile(r"[ \t]?/[ \t]?(?:tổng số[ \t]+)?(?=\d)")
_SHARE = re.compile(r"[ \t]*(?:tổng[ \t]+)?số(?=[ \t])")
_AREAS = frozenset({"ha", "m2", "km2", "đơn vị"})
_DAY_MONTH = (31, 12)

_QUALIFIER = re.compile(
    r"(?<!\w)(trên dưới|ít nhất|tối thiểu|tối đa|không quá|không dưới|xấp xỉ|trên|dưới|khoảng"
    r"|hơn|gần|chừng|ngót|≥|≤|>|<)(?:[ \t]+từ)?[ \t]*$",
    re.IGNORECASE,
)
_SIGNS = {"≥": "ít nhất", "≤": "tối đa", ">": "trên", "<": "dưới", "ngót": "gần"}
_COMPARED = re.compile(r"(?:cao|thấp|nhiều|ít|lớn|nhỏ|nhanh|chậm|sớm|muộn|dài|ngắn)[ \t]+$", re.I)
_BOUND_AFTER = re.compile(r"[^.,;:()\n\d]{0,30}?(?<!\w)(trở lên|trở xuống)(?!\w)", re.IGNORECASE)

_YEARLY = re.compile(
    r"(?<!\w)(?:(?<!chỉ tiêu )(?<!kế hoạch )(?:mỗi|hàng|hằng|từng)[ \t]+năm(?!\w)"
    r"|(?:bình quân|trung bình)(?:[ \t]+(?:\d+|mỗi|một|trong|của|hàng|hằng|từng))*"
    r"[ \t]+năm(?!\w)(?![ \t]+\d))",
    re.IGNORECASE,
)
# "hàng năm đạt 95%" is the level of each year; only a rate of change is per year.
_MOVING = re.compile(r"(?<!\w)(?:tăng|giảm|tốc độ|nhịp độ)(?!\w)", re.IGNORECASE)
_BREAK = re.compile(r"[;:\n]|\.(?!\d)|,(?!\d)")
_ASIDE = re.compile(r"\([^()]*\)")
_BEFORE, _AFTER = 160, 50

_VALUE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:đạt|là|còn|tăng|giảm|lên|xuống|thêm|bằng|chiếm|được|có|từ|tổng số|hiện có)"
    r"(?:[ \t]+(?:từ|khoảng|trên|hơn|gần|dưới))?|[^\W\d_]:)[ \t]*$",
    re.IGNORECASE,
)
_CELL_AFTER = re.compile(r"[ \t]*(?:\||\n|\Z)")
_ROW_NUMBER = re.compile(r"\d{1,3}[ \t]*\|[ \t]*[^\W\d_]")
_CHANGE_TO = re.compile(
    r"[ \t]*(?:\([^()]*\)[ \t]*)?(?:lên|xuống|còn|thành|tăng lên|giảm xuống)"
    r"(?:[ \t]+(?:còn|thành|đến))?[ \t]*",
    re.IGNORECASE,
)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text, in order and without overlaps.

    >>> found = find_quantities("Hỗ trợ 1.250/1.300 hộ, tổng vốn trên 3,5 tr.đồng/hộ năm 2018.")
    >>> [(str(one.value), str(one.other), one.unit, one.per, one.qualifier) for one in found]
    [('1250', '1300', 'hộ', '', ''), ('3.5', 'None', 'triệu đồng', 'hộ', 'trên')]
    """
    found: list[Quantity] = []
    for quantity in _scan(text):
        if found and not found[-1].unit and quantity.unit:
            between = Span(found[-1].span.end, quantity.span.start).of(text)
            if _CHANGE_TO.fullmatch(between):
                found[-1] = replace(found[-1], unit=quantity.unit, per=quantity.per)
        found.append(quantity)
    return tuple(found)


def _scan(text: str) -> Iterator[Quantity]:
    passed = 0
    for number in _NUMBER.finditer(text):
        if number.start() < passed:
            continue
        if skipped := non_value_end(text, number.start()) or unreadable_end(text, number):
            passed = skipped
            continue
        quantity = _read(text, number)
        if quantity:
            passed = quantity.span.end
            signed = with_sign(text, quantity)
            if signed:
                yield _described(text, signed)


def _read(text: str, number: re.Match[str]) -> Quantity | None:
    end = spaced_end(text, number.start())
    unit = read_unit(text, end) if end else None
    if end and unit:
        return _quantity(text, Span(number.start(), end), unit)
    return _ratio(text, number) or _range(text, number) or _single(text, number)


def _single(text: str, number: re.Match[str]) -> Quantity | None:
    unit = read_unit(text, number.end())
    if unit is None:
        if not _counts_alone(text, number):
            return None
        unit = Unit("", "", number.end())
    if unit.name in DURATIONS or _is_divisor(text, number, unit):
        return None
    if compound := read_compound(text, number, unit):
        digits = Span(number.start(), compound.digits_end)
        span = Span(number.start(), compound.unit.end)
        return Quantity(
            span, digits, compound.value, unit=compound.unit.name, per=compound.unit.per
        )
    return _quantity(text, Span(*number.span()), unit)


def _is_divisor(text: str, number: re.Match[str], unit: Unit) -> bool:
    """Say whether this is the area of `giá trị sản phẩm trên 01 ha đất`, which measures nothing."""
    before = text[max(0, number.start() - 6) : number.start()].lower().rstrip()
    return unit.name in _AREAS and number.group() in ("1", "01") and before.endswith("trên")


def _quantity(text: str, digits: Span, unit: Unit) -> Quantity:
    return Quantity(
        span=Span(digits.start, unit.end),
        number=digits,
        value=parse_number(digits.of(text)),
        unit=unit.name,
        per=unit.per,
    )


def _range(text: str, number: re.Match[str]) -> Quantity | None:
    """Read `350 - 700 triệu đồng`, `3 đến 4 sao`, `5% - 7%`; a fall (`5 đến 3`) is no range."""
    first = read_unit(text, number.end())
    second = None
    for start in (number.end(), first.end if first else number.end()):
        dash = _RANGE.match(text, start)
        second = _NEXT_NUMBER.match(text, dash.end()) if dash else None
        if second:
            break
    if second is None or non_value_end(text, second.start()) or unreadable_end(text, second):
        return None
    unit = read_unit(text, second.end())
    low, high = parse_number(number.group()), parse_number(second.group())
    same = first is None or (unit is not None and first.name == unit.name)
    if unit is None or unit.name in DURATIONS or not same or low >= high or goes_on(text, unit):
        return None
    base = _quantity(text, Span(*number.span()), unit)
    digits = Span(number.start(), second.end())
    return replace(base, number=digits, other=high, shape=Shape.RANGE)


def _ratio(text: str, number: re.Match[str]) -> Quantity | None:
    """Read `19/28 trường`, `45 thửa/60 thửa`; a day and month without a noun is no ratio."""
    first = read_unit(text, number.end())
    start = first.end if first and not first.per else number.end()
    slash = _RATIO.match(text, start)
    second = _NEXT_NUMBER.match(text, slash.end()) if slash else None
    if second is None or unreadable_end(text, second) or spaced_end(text, second.start()):
        return None
    named = _SHARE.match(text, second.end())
    unit = read_unit(text, named.end() if named else second.end()) or first
    part, whole = parse_number(number.group()), parse_number(second.group())
    may_be_date = part <= _DAY_MONTH[0] and whole <= _DAY_MONTH[1]
    counted = unit is not None and unit.name not in DURATIONS and part <= whole
    if may_be_date and not counted and not _is_cell(text, Span(number.start(), second.end())):
        return None
    if unit is None or unit.name in DURATIONS:
        unit = Unit("", "", second.end())
    elif unit is first:
        unit = replace(unit, end=second.end())
    base = _quantity(text, Span(*number.span()), unit)
    digits = Span(number.start(), second.end())
    return replace(base, number=digits, other=whole, shape=Shape.RATIO)


def _counts_alone(text: str, number: re.Match[str]) -> bool:
    """Say whether a number without unit is a value: by its form, its verb, or its table cell."""
    written = number.group()
    if re.match(r"[ \t]*[/-]", text[number.end() : number.end() + 3]):
        return False
    if is_grouped(written) or "," in written:
        return True
    start = max(line_start(text, number.start()), number.start() - 30)
    if _VALUE_BEFORE.search(text, start, number.start()):
        return True
    if _QUALIFIER.search(text, start, number.start()):
        return True
    return _is_cell(text, Span(*number.span()))


def _is_cell(text: str, span: Span) -> bool:
    """Say whether a value fills a cell of a table row, or the whole text; row numbers do not."""
    line = line_start(text, span.start)
    start = span.start - is_minus(text, span.start - 1)
    before = text[line:start].strip(" \t")
    if (before or line) and not before.endswith("|"):
        return False
    if before.count("|") < 2 and _ROW_NUMBER.match(text, span.start):
        return False
    return _CELL_AFTER.match(text, span.end) is not None


def _described(text: str, quantity: Quantity) -> Quantity:
    yearly = not quantity.per and _is_yearly(text, quantity)
    per = "năm" if yearly else quantity.per
    return replace(quantity, per=per, qualifier=_qualifier(text, quantity.span))


def _qualifier(text: str, span: Span) -> str:
    after = _BOUND_AFTER.match(text, span.end)
    if after:
        return after[1].lower()
    before = text[max(0, span.start - 30) : span.start]
    found = _QUALIFIER.search(before)
    if found is None:
        return ""
    word = found[1].lower()
    if word == "hơn" and _COMPARED.search(before[: found.start()]):
        return ""
    return _SIGNS.get(word, word)


def _is_yearly(text: str, quantity: Quantity) -> bool:
    """Say whether the clause around a value makes it a yearly one (`bình quân mỗi năm ...`)."""
    span = quantity.span
    before = _ASIDE.sub("", text[max(0, span.start - _BEFORE) : span.start])
    clause = _BREAK.split(before)[-1].rpartition("(")[2]
    if quantity.unit == "%" and not _MOVING.search(clause):
        return False
    if _YEARLY.search(clause):
        return True
    after = text[span.end : span.end + _AFTER]
    clause = re.split(r"[;:\n().,\d]", after, maxsplit=1)[0]
    return bool(_YEARLY.search(clause))
