"""How well the time of a statement fits the time that a question names."""

from __future__ import annotations

from datetime import date

from indexer.models import Document, Period

_DISJOINT = 0.25
_PART_OF_LONGER = 0.5
_IMPLIED = 0.95
_IMPLIED_EARLIER = 0.85
_IMPLIED_OTHER = 0.4
# Longer than this a period is a term, whose reports speak of all of it.
_TERM_DAYS = 3 * 365


def period_fit(stated: Period, asked: Period | None, document: Document) -> float:
    """Return 1 when the times agree, less when the stated one only follows from the report.

    A value without a written time is that of the end of its term: a question for another year of
    the term is not answered by it.
    """
    if asked is None or not asked.start:
        return 1.0
    if not stated.start:
        return _IMPLIED_OTHER
    if stated.explicit:
        return _explicit(stated, asked)
    if days_of(asked) >= _TERM_DAYS:
        same = _shared(stated, asked) >= 0.6 or stated.end[:4] == asked.end[:4]
        return _IMPLIED if same else _DISJOINT
    year = stated.end[:4]
    if asked.start[:4] <= year <= asked.end[:4]:
        known = document.metadata.date
        return (
            _IMPLIED
            if not known or known[:4] >= year or stated.start >= known
            else _IMPLIED_EARLIER
        )
    if document.metadata.date and asked.start[:4] == document.metadata.date[:4]:
        return _IMPLIED
    return _IMPLIED_OTHER if stated.start <= asked.end and asked.start <= stated.end else _DISJOINT


def _explicit(stated: Period, asked: Period) -> float:
    if stated.start > asked.end or asked.start > stated.end:
        return _DISJOINT
    inside = asked.start <= stated.start and stated.end <= asked.end
    return 1.0 if inside or _shared(stated, asked) >= 0.6 else _PART_OF_LONGER


def _shared(one: Period, other: Period) -> float:
    """Return the share of the longer period that both have."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    if start > end:
        return 0.0
    return days_of(Period("", start, end)) / max(days_of(one), days_of(other))


def days_of(period: Period) -> int:
    """Return how many days a period has."""
    if not (period.start and period.end):
        return 0
    return (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days + 1
