"""Which values are negative: a dash before a number is more often a list's or a range's."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.facts.not_values import line_start
from indexer.models import Quantity, Shape, Span

_MINUS = "-−–"
_NEGATIVE_WORD = re.compile(
    r"(?<!\w)(?<!phát )(?<!ghi )(?<!thu )(?<!lồng )(?<!nguyên )(?<!phụ )(?<!bát )âm[ \t]+$", re.I
)
_VALUE_WORD = re.compile(
    r"(?<!\w)(?:đạt|là|còn|ở mức|mức|bằng|tăng trưởng|tăng|lên|xuống|đến|tới|từ|thành|được|ước"
    r"|chỉ|khoảng|gần|trên|dưới|hơn|có)$",
    re.I,
)
# What has fallen by "-2%" has fallen by 2%.
_FALLEN = re.compile(r"(?<!\w)(?:giảm|sụt|hụt)(?:[ \t]+(?:khoảng|gần|hơn|trên|còn))?$", re.I)
_CELL_AFTER = re.compile(r"[ \t]*(?:\||\n|\Z)")
_MEASURES = ("%", "‰", "đồng", "USD", "tỷ", "triệu", "nghìn", "độ C")
_LONGEST_LEAD = 40


def with_sign(text: str, quantity: Quantity) -> Quantity | None:
    """Return a quantity with the sign that stands before it; none if that cannot be decided.

    >>> from decimal import Decimal
    >>> text = "tăng trưởng đạt -2,5%"
    >>> found = with_sign(text, Quantity(Span(17, 21), Span(17, 20), Decimal("2.5"), unit="%"))
    >>> str(found.value), found.span.of(text)
    ('-2.5', '-2,5%')
    """
    start = quantity.span.start
    word = _NEGATIVE_WORD.search(text, max(0, start - _LONGEST_LEAD), start)
    if word and _is_measured(quantity):
        return _negated(quantity, word.start())
    if not is_minus(text, start - 1):
        return quantity
    negative = _is_negative(text, quantity)
    if negative is None:
        return None
    return _negated(quantity, start - 1) if negative else quantity


def is_minus(text: str, at: int) -> bool:
    """Say whether a dash stands here that may be a sign: with nothing or a space before it.

    >>> is_minus("đạt -2", 4), is_minus("5-7", 1)
    (True, False)
    """
    return at >= 0 and text[at] in _MINUS and (at == 0 or text[at - 1] in " \t\n\u00a0(|")


def _is_negative(text: str, quantity: Quantity) -> bool | None:
    """Say whether the dash before a value is its sign; None when it may be something else."""
    start = quantity.span.start
    line = line_start(text, start)
    lead = text[max(line, start - _LONGEST_LEAD) : start - 1].rstrip()
    ends = _CELL_AFTER.match(text, quantity.span.end) is not None
    measured = _is_measured(quantity)
    if not lead:
        # A list's dash, or a cell that holds nothing else.
        alone = ends and (measured or line == 0)
        return (True if measured else None) if alone else False
    if lead[-1] == "|":
        return ends
    if lead[-1].isdigit() or lead[-1] in "%‰" or _FALLEN.search(lead):
        return False
    if lead[-1] == "(" or _VALUE_WORD.search(lead):
        return True
    if lead[-1] == ":":
        return True if quantity.unit == "%" else None
    return None if measured else False


def _is_measured(quantity: Quantity) -> bool:
    return not quantity.unit or quantity.unit.endswith(_MEASURES)


def _negated(quantity: Quantity, start: int) -> Quantity | None:
    if quantity.shape is not Shape.SINGLE:
        return None
    return replace(
        quantity,
        value=-quantity.value,
        span=Span(start, quantity.span.end),
        number=Span(start, quantity.number.end),
    )
