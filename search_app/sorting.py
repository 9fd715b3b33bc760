"""The order of hits other than by relevance: by the time of the reports, by their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from indexer.catalogue import DocumentSummary
from indexer.errors import UnknownFilter
from indexer.models import Hit, Hits, Query
from search_app.alphabet import alphabetical
from search_app.languages import gettext as _


class Sort(StrEnum):
    """What decides the order of hits.

    Passages with every word of the question stand first in any order, and those of one report
    stand together, the most relevant first.
    """

    RELEVANCE = "relevance"
    TIME = "time"
    PLACE = "place"


def read_sort(text: str) -> Sort:
    """Return the order that a request names; by relevance when it names none.

    Raises UnknownFilter, listing what there is.

    >>> read_sort(""), read_sort("time")
    (<Sort.RELEVANCE: 'relevance'>, <Sort.TIME: 'time'>)
    """
    try:
        return Sort(text or Sort.RELEVANCE)
    except ValueError as error:
        raise UnknownFilter(
            _("Không có cách sắp xếp nào là %(value)s.", value=repr(text)),
            _("Các cách có: relevance (phù hợp), time (thời gian), place (địa phương)."),
        ) from error


def sorted_hits(
    search: Callable[[Query], Hits], query: Query, sort: Sort, reports: Sequence[DocumentSummary]
) -> Hits:
    """Return the page of hits that a query asks for, in another order than by relevance."""
    whole = search(replace(query, limit=0))
    everything = search(replace(query, limit=whole.total, offset=0, facets=False)).hits
    key = _BY[sort]
    ranks = {
        report.id: rank
        for rank, report in enumerate(sorted(reports, key=lambda one: (key(one), one.id)))
    }
    # A report that was removed meanwhile has no rank; stable, so the best of a report stay first.
    ordered = sorted(everything, key=lambda hit: (not hit.complete, _rank(hit, ranks)))
    return replace(whole, hits=tuple(ordered[query.offset : query.offset + query.limit]))


def _rank(hit: Hit, ranks: dict[str, int]) -> int:
    return ranks.get(hit.passage_id.partition(":")[0], len(ranks))


def _by_time(report: DocumentSummary) -> tuple[object, ...]:
    about = report.metadata
    # The newest first; a report without a date stands before all of the year in which its term
    # begins, without both it comes last.
    date = about.date or (about.term[:4] and f"{about.term[:4]}-00")
    newest = tuple(9 - int(digit) for digit in date if digit.isdecimal())
    return (not newest, newest, alphabetical(about.place))


def _by_place(report: DocumentSummary) -> tuple[object, ...]:
    about = report.metadata
    return (not about.place, alphabetical(about.place), _by_time(report))


_BY: dict[Sort, Callable[[DocumentSummary], tuple[object, ...]]] = {
    Sort.TIME: _by_time,
    Sort.PLACE: _by_place,
}
