"""Where a question was looked for: each report's body, notes and tables, with what was found.

"Not there" and "not searched" never look alike: a report without tables, a note whose text the
file lost, a file that could not be read and a report outside the filters each say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from indexer.catalogue import DocumentSummary
from indexer.models import Filters, PassageKind
from search_app.cite import names_of
from search_app.search import Library, Result

_READ = "read"
_FOOTNOTE = PassageKind.FOOTNOTE
_KINDS = (PassageKind.BODY, _FOOTNOTE, PassageKind.TABLE)
_NOTHING = (0, 0)
# More states of a part than a page of reports has: they are made for every question.
_PARTS = 1 << 13
# By document and kind: how many hits, how many of them with every word.
_Counts = dict[str, dict[str, tuple[int, int]]]


class State(StrEnum):
    """What can be said of one part of a report."""

    FOUND = "found"
    NONE = "none"
    ABSENT = "absent"
    NOT_SEARCHED = "not_searched"


@dataclass(frozen=True, slots=True)
class Part:
    """Hits in the body, the notes or the tables of a report; `complete` have every word.

    `unread` counts the notes of which no text could be searched.
    """

    kind: PassageKind
    state: State
    hits: int = 0
    complete: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class ReportCoverage:
    """What was found in one report."""

    document_id: str
    name: str
    place: str
    term: str
    source: str
    parts: tuple[Part, ...]

    @property
    def hits(self) -> int:
        """Return how many passages of the report were found."""
        return sum([part.hits for part in self.parts])


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that was given to `index` and could not be read: nothing of it was searched."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """All reports that were searched, those with hits first, and what was not searched.

    `outside` counts the reports that the filters of the question leave out.
    """

    reports: tuple[ReportCoverage, ...]
    unread: tuple[UnreadFile, ...]
    outside: int


def report_coverage(library: Library, result: Result) -> Coverage:
    """Return where the question of a result was looked for."""
    filters = result.query.filters
    summaries = library.catalogue.documents()
    searched = _inside(summaries, filters)
    counts = _counts(library, result)
    names = names_of(searched)
    found = [summary for summary in searched if summary.id in counts]
    others = [summary for summary in searched if summary.id not in counts]
    reports = [_report(each, names[each.id], filters, counts) for each in (*found, *others)]
    return Coverage(tuple(reports), tuple(_unread_files(library)), len(summaries) - len(searched))


def _inside(summaries: Sequence[DocumentSummary], filters: Filters) -> Sequence[DocumentSummary]:
    kept = summaries
    if filters.places:
        kept = [one for one in kept if one.metadata.place in filters.places]
    if filters.terms:
        kept = [one for one in kept if one.metadata.term in filters.terms]
    if filters.years:
        kept = [one for one in kept if one.metadata.date[:4] in filters.years]
    if filters.documents:
        kept = [one for one in kept if one.id in filters.documents]
    return kept


def _counts(library: Library, result: Result) -> _Counts:
    """Count the hits by document, kind and completeness."""
    counts: _Counts = defaultdict(dict)
    for (document_id, kind), both in library.backend.tally(result.query).items():
        counts[document_id][kind] = both
    return counts


def _report(
    summary: DocumentSummary, name: str, filters: Filters, counts: _Counts
) -> ReportCoverage:
    found = counts.get(summary.id, {})
    unread = summary.nested + summary.unresolved
    notes = summary.marked + summary.aligned + unread
    there = (bool(summary.passages), bool(notes), bool(summary.tables))
    parts = [
        _part(kind, is_there, unread, *found.get(kind, _NOTHING))
        if not filters.kinds or kind in filters.kinds
        else _part_not_searched(kind, unread)
        for kind, is_there in zip(_KINDS, there, strict=True)
    ]
    return ReportCoverage(
        document_id=summary.id,
        name=name,
        place=summary.metadata.place,
        term=summary.metadata.term,
        source=summary.source,
        parts=tuple(parts),
    )


@lru_cache(maxsize=_PARTS)
def _part(kind: PassageKind, is_there: bool, unread: int, hits: int, complete: int) -> Part:  # noqa: FBT001 - a key of the cache
    notes = unread if kind is _FOOTNOTE else 0
    if hits:
        return Part(kind, State.FOUND, hits, complete, notes)
    return Part(kind, State.NONE if is_there else State.ABSENT, unread=notes)


def _part_not_searched(kind: PassageKind, unread: int) -> Part:
    return Part(kind, State.NOT_SEARCHED, unread=unread if kind is _FOOTNOTE else 0)


def _unread_files(library: Library) -> Iterable[UnreadFile]:
    for source in library.catalogue.sources():
        if source.status != _READ:
            yield UnreadFile(source.name, source.error)
