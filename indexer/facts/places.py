"""Which commune, ward or town a value is about."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.models import Span

_UPPER = "A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_WORD = rf"[{_UPPER}][^\W\d_]*"
_NAME = rf"(?:{_WORD}(?:[ -]{_WORD}){{0,3}}|(?<=(?i:phường)\s)\d{{1,2}}(?![\d.,/%]))"
_LEVEL = r"(?i:thị xã|thành phố|huyện|quận|thị trấn|phường|xã)"
_PLACE = re.compile(rf"\b(?P<level>{_LEVEL})\s+(?P<name>{_NAME}(?:\s[A-Z]\b)?)")
# Names in a row belong to one number: "02 xã An Thuận, Bình Hòa", "các xã …", "xã A và xã B".
_SEVERAL = re.compile(rf"(?:\d|\b(?:các|những|hai|ba|bốn|năm|mỗi))\s+{_LEVEL}\s+[{_UPPER}]")
_JOINT = r"\s*(?:,\s*và\s|,?\s*[-–]|,|và\s)\s*"
_JOINED = re.compile(_JOINT)
_MORE_NAMES = re.compile(rf"(?:{_JOINT}(?!{_LEVEL}\s)(?![{_UPPER}]{{2}}){_NAME})+")
_PART_OF_NAME = re.compile(
    r"(?:đảng bộ|đảng ủy|ubnd|ủy ban nhân dân|hđnd|ban chấp hành|trạm y tế|trường|chợ|cầu|đường"
    r"|kênh|nhà máy|trụ sở|đình|huyện ủy|thị ủy)\s+$",
    re.I,
)


# All of what the report is about, beside single places of it.
_WHOLE = re.compile(
    rf"(?<!tất )\b(?:toàn|cả|trên địa bàn(?: toàn)?)\s+(?P<level>{_LEVEL}|(?i:tỉnh))(?!\w)"
    rf"(?!\s+[{_UPPER}\d])",
    re.I,
)
_LONGEST_LEAD = 200
_GROUP = re.compile(r"[,;:(]")
_COUNT = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that is named, or the whole of the report's: then `name` is its level alone."""

    span: Span
    name: str
    whole: bool = False


def places_in(text: str) -> tuple[tuple[Span, str], ...]:
    """Return where a text names single places below the province, and their names.

    >>> places_in("Tại xã Bình Hòa có 12 hộ, xã Tân An có 9; các xã Hòa An, Tân Lập đã có")
    ((Span(start=4, end=15), 'xã Bình Hòa'), (Span(start=26, end=35), 'xã Tân An'))
    """
    matches = list(_PLACE.finditer(text))
    listed = _listed(text, matches)
    found = []
    for at, match in enumerate(matches):
        before = text[max(match.start() - 22, 0) : match.start()]
        if at in listed or _SEVERAL.search(text[max(match.start() - 6, 0) : match.end()]):
            continue
        if _PART_OF_NAME.search(before) or match["name"].isupper() and len(match["name"]) > 2:
            continue
        name = " ".join(match["name"].split())
        found.append((Span(*match.span()), f"{match['level'].lower()} {name}"))
    return tuple(found)


def _listed(text: str, matches: Sequence[re.Match[str]]) -> frozenset[int]:
    """Return which places stand in a row with others, with or without their level."""
    listed: set[int] = set()
    reach = 0
    for at, match in enumerate(matches):
        if at and _JOINED.fullmatch(text, reach, match.start()):
            listed |= {at - 1, at}
        more = _MORE_NAMES.match(text, match.end())
        if more:
            listed.add(at)
        reach = more.end() if more else match.end()
    return frozenset(listed)


def place_of(
    sentence: str, clause: Span, report_place: str, value: Span | None = None
) -> str | None:
    """Return the place that a value in a clause is about; none when it cannot be decided.

    That is the place named in its clause, else the nearest one before it within its part of the
    sentence, else the one that opens the sentence, else the report's.

    >>> sentence = "Xã Phú Lâm có 350 hộ nghèo, xã Tân Hòa có 120; toàn huyện có 900 hộ"
    >>> spans = [(Span(0, 26), Span(14, 20)), (Span(28, 45), Span(42, 45))]
    >>> [place_of(sentence, clause, "huyện Bãi Vàng", value) for clause, value in spans]
    ['xã Phú Lâm', 'xã Tân Hòa']
    >>> place_of(sentence, Span(47, 67), "huyện Bãi Vàng")
    'huyện Bãi Vàng'
    """
    value = value or clause
    found = _outside_other_brackets(sentence, value, _all_places(sentence))
    inside = [one for one in found if clause.holds(one.span)]
    if any(one.span.end <= value.start for one in inside):
        # What follows behind a comma begins the next statement.
        inside = [one for one in inside if "," not in sentence[value.end : one.span.start]]
    if inside:
        names = {_meant(one, found, sentence, report_place) for one in inside}
        return names.pop() if len(names) == 1 else None
    governing = _governing(sentence, value, found)
    return _meant(governing, found, sentence, report_place) if governing else report_place


@lru_cache(maxsize=4)
def _all_places(sentence: str) -> tuple[_Place, ...]:
    # Asked for each value of a sentence in turn.
    named = [_Place(span, name) for span, name in places_in(sentence)]
    whole = [
        _Place(Span(*match.span()), match["level"].lower(), whole=True)
        for match in _WHOLE.finditer(sentence)
    ]
    return tuple(sorted([*named, *whole], key=lambda one: one.span.start))


def _outside_other_brackets(sentence: str, value: Span, places: Sequence[_Place]) -> list[_Place]:
    """Return the places without those in brackets that the value does not stand in."""
    aside = [
        span
        for span in (Span(*match.span()) for match in _BRACKETS.finditer(sentence))
        if not span.holds(value)
    ]
    starts = [span.start for span in aside]
    kept = []
    for one in places:
        at = bisect(starts, one.span.start) - 1
        if at < 0 or not aside[at].holds(one.span):
            kept.append(one)
    return kept


def _governing(sentence: str, value: Span, places: Sequence[_Place]) -> _Place | None:
    """Return the place before a value that governs it."""
    before = (one for one in reversed(places) if one.span.end <= value.start)
    nearest = next((one for one in before if _leads(sentence, one)), None)
    if nearest is None:
        return None
    if ";" not in sentence[nearest.span.end : value.start]:
        return nearest
    is_header = re.match(r"\s*:", sentence[nearest.span.end :])
    alone = len({one.name for one in places}) == 1
    opens = alone and not re.search(r"\w\s+\w", sentence[: nearest.span.start])
    return nearest if is_header or opens else None


def _leads(sentence: str, place: _Place) -> bool:
    """Say whether a place stands before its value, not behind one."""
    start = place.span.start
    words = _GROUP.split(sentence[max(0, start - _LONGEST_LEAD) : start])[-1]
    return _COUNT.search(words) is None


def _meant(place: _Place, places: Sequence[_Place], sentence: str, report_place: str) -> str:
    """Return the name of a place; `toàn xã` behind the name of a commune is that commune."""
    if not place.whole:
        return report_place if place.name.lower() == report_place.lower() else place.name
    if report_place.lower().startswith(place.name):
        return report_place
    named = [
        one
        for one in places
        if not one.whole
        and one.name.startswith(f"{place.name} ")
        and one.span.end <= place.span.start
        and ";" not in sentence[one.span.end : place.span.start]
    ]
    return named[-1].name if named else report_place
