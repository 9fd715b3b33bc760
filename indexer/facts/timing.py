"""The time of which each clause of a sentence speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.facts.clause_marks import Enumeration
from indexer.facts.clauses import Clause
from indexer.facts.periods import FoundPeriod, find_periods, term_period
from indexer.facts.word_lists import any_of
from indexer.models import Metadata, Period, Section, Span

_AGAINST = (
    "so với|so|với|hơn|lần|lần so với|cùng kỳ|bằng|kế hoạch|chỉ tiêu|nghị quyết|NQ|giá so sánh"
    "|giá cố định|giá thực tế|giá"
)
# What a value is compared with is not the time it is about.
_COMPARED = re.compile(
    rf"""\b{any_of(_AGAINST)}(?:\s+(?:cùng kỳ|của|thời điểm|mức|so sánh|cố định))*\s*$""", re.I
)
_COMPARED_CLAUSE = re.compile(r"\b(?:so với|so|lần|cùng kỳ)\b[^,;()]*$", re.I)
# A year that names a plan or a law is no time of a value.
_NAMED = re.compile(
    r"\b(?:quy hoạch|kế hoạch|nghị quyết|đề án|chương trình|chiến lược|luật|tầm nhìn|đồ án"
    r"|nghị định|chỉ thị)[^,;()]*$",
    re.I,
)
# When something was opened is no time of its size or cost.
_EVENT = re.compile(
    r"\b(?:mở|khai trương|thành lập|vận hành|khởi công|hoạt động|thông xe|ban hành|khánh thành"
    r"|khởi điểm|bắt đầu|tái lập|chia tách)(?:\s+(?:từ|vào|trong|tại))*\s*$",
    re.I,
)
# The length of a term, written as a number of years: of the term itself.
_YEARS = re.compile(
    r"(?<![\w.,/])(?:trong\s+\d{1,2}|trong\s+năm|0?5|năm)\s+năm\b(?!\s*(?:19|20)\d\d(?!\d))", re.I
)
_TO_NOW = re.compile(r"\s+(?:cho )?đến nay\b", re.I)
_TARGET_YEAR = re.compile(r"\bđến\b", re.I)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_BEFORE = 120
_TERM = re.compile(r"(\d{4})\s*-\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The terms of a report: looked back on, coming, and the last day of what is past."""

    dated: str
    term: str
    past: Period
    coming: Period
    today: str

    def is_future(self, period: Period) -> bool:
        """Say whether a period ends after what the report looks back on."""
        return bool(self.today) and period.end > self.today


def calendar_of(metadata: Metadata) -> Calendar:
    """Return the calendar of a report; what it does not say of itself stays empty."""
    past = term_period(metadata.term, past=True)
    coming = term_period(metadata.term, past=False)
    year = metadata.date[:4] or past.end[:4]
    term = _TERM.search(metadata.term)
    first = term[1] if term else ""
    today = max(f"{year}-12-31" if year else "", f"{first}-12-31" if first else "")
    return Calendar(metadata.date, metadata.term, past, coming, today)


def heading_period(path: Sequence[Section], calendar: Calendar) -> Period | None:
    """Return the year that a heading sets as the goal ("CHỈ TIÊU ĐẾN NĂM 2030")."""
    for section in reversed(path):
        for found in find_periods(section.title, calendar.dated, calendar.term):
            before = section.title[: found.span.end]
            if _TARGET_YEAR.search(before) and found.period.start[:4] == found.period.end[:4]:
                return found.period
    return None


def reported_period(titles: Sequence[str], calendar: Calendar, *, planned: bool) -> Period | None:
    """Return the time that the first title with one names, for a report without a term.

    A title that names two ("năm 2021, nhiệm vụ năm 2022") has first what was, last what is planned.
    """
    for title in titles:
        found = find_periods(title, calendar.dated, calendar.term)
        if found:
            return found[-1 if planned else 0].period
    return None


@dataclass(frozen=True, slots=True)
class Times:
    """The times that a sentence names, without those it compares with or that name a plan."""

    found: tuple[FoundPeriod, ...]
    all_spans: tuple[Span, ...]

    def within(self, start: int, end: int) -> list[FoundPeriod]:
        """Return the times that stand between two places."""
        return [one for one in self.found if start <= one.span.start and one.span.end <= end]


def times_of(sentence: str, calendar: Calendar, *, planned: bool = False) -> Times:
    """Return the times of a sentence; `5 năm` is the coming term where plans are made."""
    everything = tuple(
        _until_now(sentence, one, calendar)
        for one in find_periods(sentence, calendar.dated, calendar.term)
    )
    everything += tuple(_lengths(sentence, everything, calendar, planned=planned))
    everything = tuple(sorted(everything, key=lambda one: one.span))
    kept = tuple(
        one
        for one in everything
        if not _is_aside(sentence[max(one.span.start - _BEFORE, 0) : one.span.start])
    )
    return Times(kept, tuple(one.span for one in everything))


def _is_aside(before: str) -> bool:
    """Say whether a time after these words is not the time that a value is about."""
    asides = (_EVENT, _COMPARED, _COMPARED_CLAUSE, _NAMED)
    return any(pattern.search(before) for pattern in asides)


def _until_now(sentence: str, found: FoundPeriod, calendar: Calendar) -> FoundPeriod:
    """Return `đầu nhiệm kỳ đến nay` of a report without a date as the term looked back on."""
    rest = _TO_NOW.match(sentence, found.span.end)
    period = found.period
    if rest is None or period.start != period.end or not calendar.past.end:
        return found
    span = Span(found.span.start, rest.end())
    return FoundPeriod(
        span, Period(span.of(sentence), period.start, calendar.past.end, explicit=True)
    )


def _lengths(
    sentence: str, known: Sequence[FoundPeriod], calendar: Calendar, *, planned: bool
) -> Iterator[FoundPeriod]:
    term = calendar.coming if planned else calendar.past
    for match in _YEARS.finditer(sentence):
        span = Span(*match.span())
        if term.start and not any(_overlap(one.span, span) for one in known):
            yield FoundPeriod(span, Period(match.group(), term.start, term.end, explicit=True))


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def clause_periods(
    sentence: str, clauses: Sequence[Clause], times: Times
) -> tuple[Period | None, ...]:
    """Return the time that each clause names itself or has from words before it.

    Words in front of a clause govern what follows until a semicolon; those of a header or in
    front of a colon govern all items; those behind a value only their own clause.
    """
    periods: list[Period | None] = []
    governing: Period | None = None
    group = floor = 0
    listed = False
    for at, clause in enumerate(clauses):
        listed = listed or clause.enumeration is Enumeration.LIST
        if clause.group != group and clause.depth == 0:
            group, governing = clause.group, governing if listed else None
            floor = max(floor, sentence.rfind(";", 0, clause.span.start) + 1)
        leading = times.within(floor, clause.quantity.span.start)
        limit = clauses[at + 1].span.start if at + 1 < len(clauses) else len(sentence)
        trailing = times.within(
            clause.quantity.span.end, max(clause.span.end, _closing(sentence, clause, limit))
        )
        header = [one for span in clause.headers for one in times.within(span.start, span.end)]
        if leading:
            governing = leading[-1].period
        own = trailing or leading
        if own:
            periods.append((trailing[0] if trailing else leading[-1]).period)
        elif governing is not None:
            periods.append(governing)
        else:
            periods.append(header[0].period if header else None)
        floor = clause.span.end
    return tuple(periods)


def _closing(sentence: str, clause: Clause, limit: int) -> int:
    """Return the end of a bracket without a value that follows a clause at once."""
    rest = _ASIDE.match(sentence, clause.span.end, limit)
    return rest.end() if rest else clause.span.end
