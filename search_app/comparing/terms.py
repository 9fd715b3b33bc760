"""The term of which a value speaks: a report looks back on one and plans the next."""

from __future__ import annotations

import re

from indexer.models import Fact, FactKind

_TERM = re.compile(r"((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)")


def years_of(term: str) -> tuple[int, int] | None:
    """Return the first and the last year of a term, None when it names none.

    >>> years_of("2020-2025"), years_of("khóa XII")
    ((2020, 2025), None)
    """
    found = _TERM.search(term)
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return int(found[1]), int(found[2])


def term_of(fact: Fact, report_term: str) -> str:
    """Return the term that a value belongs to; its own years when the report has no term.

    The congress that opens a term looks back on the one before. A term ends with its last year,
    which is also the first of the next, so a value of 2020 is the result of 2015-2020, and the
    level from which 2020-2025 starts.

    >>> from decimal import Decimal
    >>> from indexer.models import Period, Quantity, Span
    >>> at = Span(0, 0)
    >>> fact = Fact("d:p1", Quantity(at, at, Decimal(2)), at, at, "x", "x", FactKind.RESULT,
    ...             Period("cuối năm 2020", "2020-12-31", "2020-12-31", True))
    >>> term_of(fact, "2020-2025")
    '2015-2020'
    """
    years = years_of(report_term)
    if years is None:
        return _own_years(fact)
    first, last = years
    length = last - first
    year = _year(fact, first, last)
    steps = -(-(year - first) // length)
    return f"{first + (steps - 1) * length}-{first + steps * length}"


def last_year(term: str) -> int | None:
    """Return the year at whose end a term's targets are due.

    >>> last_year("2015-2020"), last_year("2019"), last_year("")
    (2020, 2019, None)
    """
    found = re.findall(r"(?:19|20)\d\d", term)
    return int(found[-1]) if found else None


def _year(fact: Fact, first: int, last: int) -> int:
    """Return the year that decides; what has no time looks back, targets look forward."""
    period = fact.period
    start, end = period.start[:4], period.end[:4]
    if fact.kind is FactKind.BASELINE:
        begin = (end or start) if period.explicit else (start or end)
        return int(begin) + 1 if begin else first
    if end or start:
        return int(end or start)
    return last if fact.kind is FactKind.TARGET else first


def _own_years(fact: Fact) -> str:
    start, end = fact.period.start[:4], fact.period.end[:4]
    return "-".join(dict.fromkeys(year for year in (start, end) if year))
