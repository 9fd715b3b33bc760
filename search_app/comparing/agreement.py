"""Whether two values may be held against each other, and whether they then agree.

A value that is written "trên 1.800" is a bound, not a number: it agrees with 1.850.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from indexer.models import Fact, Quantity, Shape

OVER = frozenset({"trên", "hơn"})
AT_LEAST = frozenset({"ít nhất", "tối thiểu", "không dưới", "trở lên"})
UNDER = frozenset({"dưới", "gần"})
AT_MOST = frozenset({"tối đa", "không quá", "trở xuống"})
ABOUT = frozenset({"khoảng", "chừng", "xấp xỉ", "trên dưới", "gần"})

_PERSON = frozenset({"người", "đầu người"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which numbers a value lies; None is no bound. `open`: the bound itself is not it."""

    low: Decimal | None
    high: Decimal | None
    open: bool = False


def bounds_of(quantity: Quantity) -> Bounds:
    """Return the bounds that a value's words set.

    >>> from indexer.models import Span
    >>> nowhere = Span(0, 0)
    >>> bounds_of(Quantity(nowhere, nowhere, Decimal(3), qualifier="dưới"))
    Bounds(low=None, high=Decimal('3'), open=True)
    >>> bounds_of(Quantity(nowhere, nowhere, Decimal(3), qualifier="khoảng"))
    Bounds(low=None, high=None, open=False)
    """
    low = quantity.value
    high = quantity.other if is_range(quantity) and quantity.other is not None else low
    word = quantity.qualifier.lower()
    if word in OVER | AT_LEAST:
        return Bounds(low, None, open=word in OVER)
    if word in UNDER | AT_MOST:
        return Bounds(None, high, open=word in UNDER)
    if word in ABOUT:
        return Bounds(None, None)
    return Bounds(low, high)


def is_range(quantity: Quantity) -> bool:
    """Say whether a value is written from … to …."""
    return quantity.shape is Shape.RANGE


def is_within(bounds: Bounds, least: Decimal) -> bool | None:
    """Say whether a value is at least a number; None when its bounds leave both possible."""
    if bounds.low is not None and bounds.low >= least:
        return True
    if bounds.high is None:
        return None
    return False if bounds.high < least or (bounds.high == least and bounds.open) else None


def same_measure(first: Fact, other: Fact) -> bool:
    """Say whether two values count the same in the same way: unit, divisor, direction, whole.

    An income per head is per year unless it says otherwise, so "50 triệu đồng" and "50 triệu
    đồng/người/năm" are one measure there.
    """
    if _measure(first) != _measure(other):
        return False
    wholes = {_whole(first.quantity), _whole(other.quantity)} - {None}
    return len(wholes) < 2


def contradict(first: Fact, other: Fact) -> bool:
    """Say whether two values of one measure cannot both be right.

    A number and its own rounding agree, and so do a bound and a number beyond it.
    """
    one, two = bounds_of(first.quantity), bounds_of(other.quantity)
    if is_rounding(first.quantity, other.quantity) or is_rounding(other.quantity, first.quantity):
        return False
    return _below(one, two) or _below(two, one)


def is_rounding(rough: Quantity, exact: Quantity) -> bool:
    """Say whether one number is the other with fewer decimals, rounded or cut off.

    >>> from indexer.models import Span
    >>> at = Span(0, 0)
    >>> is_rounding(Quantity(at, at, Decimal("46.6")), Quantity(at, at, Decimal("46.58")))
    True
    """
    if is_range(rough) or is_range(exact) or _whole(rough) != _whole(exact):
        return False
    if rough.qualifier or exact.qualifier:
        return False
    exponent = _exponent(rough.value)
    finer = _exponent(exact.value)
    if exponent is None or finer is None or finer > exponent:
        return False
    step = Decimal((0, (1,), exponent))
    # The usual context raises for more than 28 digits; rounding up may add one.
    digits = len(exact.value.as_tuple().digits) + 1
    context = Context(prec=digits, Emin=MIN_EMIN, Emax=MAX_EMAX)
    ways = (ROUND_HALF_UP, ROUND_DOWN)
    return any(exact.value.quantize(step, way, context) == rough.value for way in ways)


def _exponent(number: Decimal) -> int | None:
    """Return the power of ten of the last digit; None for what is no finite number."""
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else None


def _below(first: Bounds, other: Bounds) -> bool:
    # "trên 3%" beside "3%" is loose wording, no contradiction.
    return first.high is not None and other.low is not None and first.high < other.low


def _measure(fact: Fact) -> tuple[str, tuple[str, ...], str]:
    quantity = fact.quantity
    unit = quantity.unit.casefold()
    per = [part for part in quantity.per.casefold().split("/") if part]
    if unit.endswith(("đồng", "usd")) and (
        _PERSON & set(per) or any(word in fact.name.casefold() for word in _PERSON)
    ):
        per = [part for part in per if part not in _PERSON | {"năm"}]
    return unit, tuple(sorted(per)), fact.direction


def _whole(quantity: Quantity) -> Decimal | None:
    return quantity.other if quantity.shape is Shape.RATIO else None
