"""Units that measure, and numbers that only tell which thing is meant."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.models import Quantity

_MEASURE = re.compile(
    r"(?:^|\s)(?:đồng|USD|%|‰|ha|m2|m3|km2|km|m|cm|kg|tấn|tạ|lít|kW\w*|MW\w*|MVA|CV|lần|độ C|sao|"
    r"tuổi|triệu|tỷ|nghìn)(?:\s|$)"
)
_AVERAGE_AGE = re.compile(r"tuổi (?:thọ|bình quân|trung bình)", re.I)
# Ranks and levels that tell things apart: "khách sạn 3 sao", "chính quyền 2 cấp".
_RANKS = frozenset({"sao", "cấp", "chiều", "phần"})
_RANKED_PEOPLE = re.compile(r"\s*(?:trưởng|phó)\b", re.I)
_BEFORE = 40


@lru_cache(maxsize=1 << 10)
def is_measure(unit: str) -> bool:
    """Say whether a unit measures (`%`, `tỷ đồng`) and does not name what is counted.

    >>> is_measure("triệu đồng"), is_measure("hộ"), is_measure("đồng chí")
    (True, False, False)
    """
    return bool(_MEASURE.search(unit)) and unit != "đồng chí"


def is_part_of_name(text: str, quantity: Quantity) -> bool:
    """Say whether a number only tells which one is meant: `khách sạn 3 sao`, `dưới 16 tuổi`."""
    before = text[max(quantity.span.start - _BEFORE, 0) : quantity.span.start]
    if quantity.unit == "tuổi":
        return not _AVERAGE_AGE.search(before)
    return quantity.unit in _RANKS and not _RANKED_PEOPLE.match(text, quantity.span.end)
