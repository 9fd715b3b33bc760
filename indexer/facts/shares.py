"""Shares that are told of other things: of those counted before, or to say which are meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.facts.clauses import Clause
from indexer.facts.enumerations import Name, Statement
from indexer.facts.measures import is_measure
from indexer.facts.naming import is_share_of_base, lowered

# What stands behind "chiếm 3%" is what the share is of.
_BASE = re.compile(
    r"\s*(?:(?:so với|so|trên|của|trong)\s+)?(?P<base>[^\W\d_]+(?: [^\W\d_]+){0,3}?)"
    r"\s*(?=[,;.()]|$)"
)
_TOTAL = re.compile(r"^(?:tổng số|số lượng|số)\s+", re.I)
_OF_PLACE = re.compile(
    r"\s(?:của )?(?:toàn )?(?:thị xã|thành phố|huyện|quận|tỉnh|xã|phường|đảng bộ)(?: nhà)?$", re.I
)
_RATE = re.compile(r"(?:tỷ lệ|tỉ lệ)\s", re.I)


def share_name(words: str, clause: Clause, name: Name) -> str:
    """Return the name of a share of those counted before in something else; empty for others.

    `tổng số hội viên lên 2.000 người, chiếm 3% dân số`: `tỷ lệ hội viên so với dân số`.
    """
    base = _BASE.match(clause.tail.of(words))
    if not (name.elliptic and base and is_share_of_base(words, clause)):
        return ""
    if not _TOTAL.match(name.words):
        return ""
    told = _OF_PLACE.sub("", _TOTAL.sub("", name.words))
    return f"tỷ lệ {told} so với {lowered(base['base'])}"


def describes(own: str, clause: Clause, done: Sequence[Statement]) -> bool:
    """Say whether a rate only tells which of the things counted before are meant.

    `còn 9 ấp có tỷ lệ hộ nghèo trên 30%` states no rate of the place.
    """
    if not done or clause.opener != "có" or not _RATE.match(own):
        return False
    is_next = done[-1].clause.end == clause.span.start - 1
    return is_next and not is_measure(done[-1].quantity.unit)
