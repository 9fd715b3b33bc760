"""Periods made of years, months and days: ISO dates, both ends included."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from indexer.models import Period

_TERM = re.compile(r"\s*((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\s*")


def day(year: int, month: int, number: int) -> Period | None:
    """Return a period of one day, or none if the calendar has no such day."""
    try:
        iso = date(year, month, number).isoformat()
    except ValueError:
        return None
    return Period(start=iso, end=iso)


def months(year: int, first: int, last: int) -> Period | None:
    """Return the months `first` to `last` of a year, or none if there are no such months.

    >>> months(2019, 7, 9)
    Period(text='', start='2019-07-01', end='2019-09-30', explicit=False)
    """
    if not 1 <= first <= last <= 12:
        return None
    end = monthrange(year, last)[1]
    return Period(start=f"{year}-{first:02}-01", end=f"{year}-{last:02}-{end}")


def years(first: int, last: int) -> Period | None:
    """Return all days of the years `first` to `last`, or none if the order is wrong."""
    return Period(start=f"{first}-01-01", end=f"{last}-12-31") if first <= last else None


def moment(dated: str) -> Period | None:
    """Return the period that a report's date names: a day, or a year if no more is known.

    >>> moment("2020-06-22").end, moment("2020").end, moment("")
    ('2020-06-22', '2020-12-31', None)
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", dated):
        return Period(start=dated, end=dated)
    return years(int(dated), int(dated)) if re.fullmatch(r"\d{4}", dated) else None


def term_period(term: str, *, past: bool) -> Period:
    """Return the years of a term, or of the one before it; empty if `term` cannot be read.

    A report written for the congress that opens a term looks back on the term before.

    >>> one = term_period("2020-2025", past=True)
    >>> one.start, one.end
    ('2015-01-01', '2020-12-31')
    >>> term_period("khóa XII", past=False)
    Period(text='', start='', end='', explicit=False)
    """
    found = _TERM.fullmatch(term)
    if found is None:
        return Period()
    first, last = int(found[1]), int(found[2])
    if past:
        first, last = first - (last - first), first
    return years(first, last) or Period()


def overlaps(one: Period, other: Period) -> bool:
    """Say whether two periods share a day; a period without dates shares none.

    An end that is not known is taken as open.

    >>> overlaps(Period(start="2015-01-01", end="2020-12-31"), Period(start="2020-12-31"))
    True
    >>> overlaps(Period(), Period(start="2020-12-31"))
    False
    """
    if not all(period.start or period.end for period in (one, other)):
        return False
    starts_in_time = not other.end or one.start <= other.end
    ends_in_time = not one.end or other.start <= one.end
    return starts_in_time and ends_in_time
