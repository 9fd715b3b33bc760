"""The times of which a text speaks, also where they follow from the report's date and term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from indexer.facts.calendar import moment, overlaps, term_period
from indexer.facts.period_rules import RULES, Context
from indexer.models import Period, Span

__all__ = ["FoundPeriod", "find_periods", "overlaps", "term_period"]


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """Where a period is written, and which one it is."""

    span: Span
    period: Period


# Words that belong to the period that follows them.
_LEAD = re.compile(
    r"(?<!\w)(?:giai đoạn|thời kỳ|nhiệm kỳ|khóa|năm học|(?:các |những |0?5 )?năm|ngày)[ \t]+$",
    re.IGNORECASE,
)
_BEFORE = 40
# A base year of prices, a law's year and a document's date say nothing of when something was so.
_OF_PRICES = re.compile(
    r"(?<!\w)(?:giá|gía)(?:[ \t]+(?:cố định|so sánh))?(?:[ \t]+năm)?[ \t]*$", re.I
)
_OF_LAW = re.compile(r"(?:Luật|Hiến pháp|Pháp lệnh)(?!\w)[^.,;:()\n]*$")
_OF_DOCUMENT = re.compile(
    r"(?:\d[\w/]*-[\w/-]*[A-ZĐ]{2,}\w*|/[A-ZĐ][\w-]*)[,;]?[ \t]*(?:ngày[ \t]+)?$"
)
# A number of four digits is no year when it counts something or is counted itself.
_COUNTED = re.compile(
    r"[ \t]?(?:%|km|m2|m3|ha(?!\w)|tấn|tỷ|tỉ|triệu|nghìn|ngàn|đồng(?!\s+(?:chí|bằng))|kg|CV(?!\w)"
    r"|(?:lao động|hộ|người|căn|đảng viên|lượt|trường hợp|vụ)(?!\w))",
)
_COUNTING = re.compile(
    r"(?<!\w)(?:số|có|được|cho|gồm|khoảng|hơn|gần|trên|dưới|đạt)[ \t]+$", re.IGNORECASE
)
_FROM = re.compile(r"(?<!\w)(?:kể |tính )?từ[ \t]+$", re.IGNORECASE)
_TO = re.compile(r"[ \t]*(?:đến|tới|cho đến|-|–)(?:[ \t]+hết)?[ \t]*", re.IGNORECASE)
_TO_NOW = re.compile(
    r"[ \t]*(?:cho )?(?:đến|tới) (?:thời điểm )?(?:nay|hiện nay|hiện tại)(?!\w)", re.IGNORECASE
)
_OUTSIDE = re.compile(r"(?<!\w)(?:trước|sau)(?:[ \t]+(?:khi|thời điểm|mốc))?[ \t]+$", re.IGNORECASE)
# A value in brackets, or the year it changes to, makes the start a time of its own.
_OWN_VALUE = re.compile(
    r"[ \t]*(?:\([^()]{0,60}\d"
    r"|(?:là|có|đạt|còn)[ \t][^.;\n]{0,80}?(?:đến|xuống|lên)[ \t]+(?:cuối[ \t]+)?năm)",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?:đến|tới)[ \t]", re.IGNORECASE)
_ROMAN = re.compile(r"[IVX]+")
_START = re.compile(r"đầu[ \t]", re.IGNORECASE)


def find_periods(text: str, dated: str = "", term: str = "") -> tuple[FoundPeriod, ...]:
    """Return the periods of a text, in order, without overlaps; the longest reading wins.

    `dated` is the report's date (ISO 8601) for `hiện nay` or `6 tháng đầu năm`, `term` its term
    (`2020-2025`) for `nhiệm kỳ qua` or `5 năm tới`; without them such words are no periods. `từ
    năm 2016` reaches to the report's date, else to the end of its term; what lies `trước năm 2016`
    or `sau năm 2016` has no two ends and is no period.

    >>> text = "Từ năm 2016 đến tháng 6/2019 tăng; cuối năm 2020 còn 2%, nhiệm kỳ tới giảm tiếp."
    >>> for one in find_periods(text, term="2020-2025"):
    ...     print(one.period.text, one.period.start, one.period.end)
    Từ năm 2016 đến tháng 6/2019 2016-01-01 2019-06-30
    cuối năm 2020 2020-12-31 2020-12-31
    nhiệm kỳ tới 2020-01-01 2025-12-31
    """
    context = Context(dated, term)
    found = _without_overlaps(_candidates(text, context))
    bounded = (_bounded(text, one, context) for one in _joined(text, found))
    return tuple(
        replace(one, period=replace(one.period, text=_label(one.span.of(text)), explicit=True))
        for one in bounded
        if one is not None
    )


def _label(words: str) -> str:
    """Return how a period is written, in small letters when it stands in a heading in capitals.

    >>> _label("QUÝ IV NĂM 2019"), _label("Năm 2019")
    ('quý IV năm 2019', 'Năm 2019')
    """
    if not words.isupper():
        return words
    return " ".join(word if _ROMAN.fullmatch(word) else word.lower() for word in words.split(" "))


def _candidates(text: str, context: Context) -> Iterator[FoundPeriod]:
    lowered = text.lower()
    for rule in RULES:
        if not any(word in lowered for word in rule.words):
            continue
        for match in rule.pattern.finditer(text):
            period = rule.read(match, context)
            start = _start(text, match)
            if period and not _says_nothing(text, start, match):
                yield FoundPeriod(Span(start, match.end()), period)


def _start(text: str, match: re.Match[str]) -> int:
    """Return where the words begin that belong to a date or year (`giai đoạn 2016-2020`)."""
    start = match.start()
    lead = _LEAD.search(text, max(0, start - _BEFORE), start)
    return lead.start() if lead and text[start].isdigit() else start


def _says_nothing(text: str, start: int, match: re.Match[str]) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    if _OF_PRICES.search(before) or _OF_LAW.search(before) or _OF_DOCUMENT.search(before):
        return True
    bare = start == match.start() and len(match.group()) == 4 and match.group().isdigit()
    return bare and bool(_COUNTED.match(text, match.end()) or _COUNTING.search(before))


def _without_overlaps(candidates: Iterable[FoundPeriod]) -> list[FoundPeriod]:
    kept: list[FoundPeriod] = []
    for one in sorted(candidates, key=lambda one: (one.span.start, -one.span.end)):
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
        elif _length(one) > _length(kept[-1]):
            kept[-1] = one
    return kept


def _length(one: FoundPeriod) -> int:
    return one.span.end - one.span.start


def _joined(text: str, found: list[FoundPeriod]) -> Iterator[FoundPeriod]:
    """Join `từ năm 2016` and `đến năm 2019`, `đầu nhiệm kỳ` and `đến nay`."""
    waiting: FoundPeriod | None = None
    for one in found:
        whole = _join(text, waiting, one) if waiting else None
        if waiting and whole is None:
            yield waiting
        waiting = whole or one
    if waiting:
        yield waiting


def _join(text: str, first: FoundPeriod, last: FoundPeriod) -> FoundPeriod | None:
    between = text[first.span.end : last.span.start]
    now = not between.strip() and _NOW.match(last.span.of(text))
    origin = _FROM.search(text, max(0, first.span.start - 12), first.span.start)
    opened = origin or _START.match(first.span.of(text))
    in_order = first.period.start <= last.period.end
    if not opened or not in_order or not (now or _TO.fullmatch(between)):
        return None
    start = origin.start() if origin else first.span.start
    period = Period(start=first.period.start, end=last.period.end)
    return FoundPeriod(Span(start, last.span.end), period)


def _bounded(text: str, found: FoundPeriod, context: Context) -> FoundPeriod | None:
    """Return a period with the ends that the words around it set; none if one is not known."""
    period, span = found.period, found.span
    if period.start[:4] != period.end[:4]:
        return found
    before = text[max(0, span.start - 20) : span.start]
    if _OUTSIDE.search(before):
        return None
    origin = _FROM.search(before)
    now = _TO_NOW.match(text, span.end)
    opens = origin or (now and _START.match(span.of(text)))
    if not opens or _FROM.match(span.of(text)) or _OWN_VALUE.match(text, span.end):
        return found
    end = _last_day(period.start, context, until_now=now is not None)
    if not end:
        return None
    start = span.start - (len(before) - origin.start() if origin else 0)
    whole = Span(start, now.end() if now else span.end)
    return FoundPeriod(whole, Period(start=period.start, end=end))


def _last_day(start: str, context: Context, *, until_now: bool) -> str:
    """Return the end of what began on a day: now, or the end of a term; empty if not known."""
    now = moment(context.dated)
    past = term_period(context.term, past=True).end
    coming = "" if until_now else term_period(context.term, past=False).end
    return next((end for end in (now.end if now else "", past, coming) if end >= start), "")
