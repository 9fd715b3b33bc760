"""Which commune, ward or town a value is about."""

from __future__ import annotations

import re

from indexer.models import Span

_UPPER = "A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_WORD = rf"[{_UPPER}][^\W\d_]*"
_NAME = rf"(?:{_WORD}(?:[ -]{_WORD}){{0,3}}|(?<=(?i:phường)\s)\d{{1,2}}(?![\d.,/%]))"
_LEVEL = r"(?i:thị xã|thành phố|huyện|quận|thị trấn|phường|xã)"
_PLACE = re.compile(rf"\b(?P<level>{_LEVEL})\s+(?P<name>{_NAME}(?:\s[A-Z]\b)?)")
# Names in a row belong to one number: "02 xã An Thuận, Bình Hòa", "các xã …", "xã A và xã B".
_SEVERAL = re.compile(rf"(?:\d|\b(?:các|những|hai|ba|bốn|năm|mỗi))\s+{_LEVEL}\s+[{_UPPER}]")
_AND_MORE = re.compile(rf"\s*(?:,|và|,?\s*-)\s*(?:{_LEVEL}\s+)?[{_UPPER}]")
_PART_OF_NAME = re.compile(
    r"(?:đảng bộ|đảng ủy|ubnd|ủy ban nhân dân|hđnd|ban chấp hành|trạm y tế|trường|chợ|cầu|đường"
    r"|kênh|nhà máy|trụ sở|đình|huyện ủy|thị ủy)\s+$",
    re.I,
)


def places_in(text: str) -> tuple[tuple[Span, str], ...]:
    """Return where a text names single places below the province, and their names.

    >>> places_in("Tại xã Bình Hòa có 12 hộ")
    ((Span(start=4, end=15), 'xã Bình Hòa'),)
    """
    found = []
    for match in _PLACE.finditer(text):
        before = text[max(match.start() - 22, 0) : match.start()]
        if _SEVERAL.search(text[max(match.start() - 6, 0) : match.end()]):
            continue
        if _AND_MORE.match(text, match.end()) or _AND_MORE.search(before[-3:] + "X"):
            continue
        if _PART_OF_NAME.search(before) or match["name"].isupper() and len(match["name"]) > 2:
            continue
        name = " ".join(match["name"].split())
        found.append((Span(*match.span()), f"{match['level'].lower()} {name}"))
    return tuple(found)


def place_of(sentence: str, clause: Span, report_place: str) -> str:
    """Return the place that a clause of a sentence is about: named in it, opening the sentence,
    or the report's.
    """
    found = places_in(sentence)
    inside = {name for span, name in found if clause.holds(span)}
    if len(inside) == 1:
        return _known(inside.pop(), report_place)
    opening = [name for span, name in found if not re.search(r"\w", sentence[: span.start])]
    if not inside and len({name for _, name in found}) == 1 and opening:
        return _known(opening[0], report_place)
    return report_place


def _known(name: str, report_place: str) -> str:
    return report_place if name.lower() == report_place.lower() else name
