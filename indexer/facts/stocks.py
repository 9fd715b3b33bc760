"""How many there are of something: what a bare counted noun measures, and what a count counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.facts.measures import is_measure
from indexer.indicators import Indicator
from indexer.models import Fact, FactKind, Shape

_IN_ALL = re.compile(r"\b(?:tổng số|tổng cộng|toàn)\b", re.I)
# Behind another value, "có 7 đảng viên" tells who is among those counted.
_THERE_ARE = re.compile(
    r"\b(?:thị xã|thành phố|huyện|quận|tỉnh|xã|phường|đảng bộ|địa bàn|địa phương|hiện|hiện nay)"
    r"\s+(?:hiện\s+)?(?:có|còn)\b",
    re.I,
)
_HAS = re.compile(r"\bcó\b", re.I)
_NEW = re.compile(r"\b(?:mới|thêm|thành lập|kết nạp|phát triển|giải thể|cấp)\b", re.I)
_LEVELS = (FactKind.RESULT, FactKind.TARGET, FactKind.BASELINE)
_PAUSE = re.compile(r"[\s,;]*(?:và\s+)?")


def states_stock(fact: Fact, text: str, before: Sequence[Fact]) -> bool:
    """Say whether a value is how many there are: `toàn huyện có 40 hợp tác xã`, not new ones.

    `before` are the values of the sentence before it: a list goes on with what it began with.
    """
    if not _counts_things(fact) or _NEW.search(fact.clause.of(text)):
        return False
    lead = text[fact.clause.start : fact.quantity.span.start]
    if _IN_ALL.search(lead) or (not before and _THERE_ARE.search(lead)):
        return True
    if fact.kind is FactKind.TARGET and not before and _HAS.search(lead):
        return True
    if lead.strip() or not before:
        return False
    gap = text[before[-1].clause.end : fact.clause.start]
    return bool(_PAUSE.fullmatch(gap)) and states_stock(before[-1], text, before[:-1])


def _counts_things(fact: Fact) -> bool:
    """Say whether a value is a plain number of things that nothing else is said of."""
    unit = fact.quantity.unit
    if not unit or is_measure(unit) or fact.quantity.shape is not Shape.SINGLE:
        return False
    is_level = fact.kind in _LEVELS and not fact.direction
    return is_level and fact.name.casefold() == unit.casefold()


def counted_unit(indicator: Indicator | None) -> str:
    """Return what an indicator counts, for a number without a unit; empty when it measures.

    >>> counted_unit(Indicator("so-cho", "số chợ", (), ("chợ",)))
    'chợ'
    >>> counted_unit(Indicator("ty-le-ho-ngheo", "tỷ lệ hộ nghèo", (), ("%",)))
    ''
    """
    if indicator is None or not indicator.units or any(map(is_measure, indicator.units)):
        return ""
    return indicator.units[0]
