"""Where a question was looked for: each report's body, notes and tables, with what was found.

"Not there" and "not searched" never look alike: a report without tables, a note whose text the
file lost, a file that could not be read and a report outside the filters each say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.catalogue import DocumentSummary
from indexer.models import Filters, PassageKind
from search_app.cite import names_of
from search_app.search import Library, Result

_READ = "read"
_KINDS = tuple(PassageKind)
_FOOTNOTE = PassageKind.FOOTNOTE
# By document and kind: how many hits, how many of them with every word.
_Counts = dict[str, dict[PassageKind, tuple[int, int]]]


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
    searched = [summary for summary in summaries if _is_inside(summary, filters)]
    counts = _counts(library, result)
    names = names_of(searched)
    reports = [_report(summary, names[summary.id], filters, counts) for summary in searched]
    reports.sort(key=lambda report: report.hits == 0)
    return Coverage(tuple(reports), tuple(_unread_files(library)), len(summaries) - len(searched))


def _is_inside(summary: DocumentSummary, filters: Filters) -> bool:
    about = summary.metadata
    wanted: Iterable[tuple[Sequence[str], str]] = (
        (filters.places, about.place),
        (filters.terms, about.term),
        (filters.years, about.date[:4]),
        (filters.documents, summary.id),
    )
    return all(not values or value in values for values, value in wanted)


def _counts(library: Library, result: Result) -> _Counts:
    """Count the hits by document, kind and completeness."""
    counts: _Counts = defaultdict(dict)
    for (document_id, kind), both in library.backend.tally(result.query).items():
        counts[document_id][PassageKind(kind)] = both
    return counts


def _report(
    summary: DocumentSummary, name: str, filters: Filters, counts: _Counts
) -> ReportCoverage:
    found = counts.get(summary.id, {})
    return ReportCoverage(
        document_id=summary.id,
        name=name,
        place=summary.metadata.place,
        term=summary.metadata.term,
        source=summary.source,
        parts=tuple([_part(summary, filters, kind, *found.get(kind, (0, 0))) for kind in _KINDS]),
    )


def _part(
    summary: DocumentSummary, filters: Filters, kind: PassageKind, hits: int, complete: int
) -> Part:
    unread = summary.nested + summary.unresolved if kind is _FOOTNOTE else 0
    if filters.kinds and kind not in filters.kinds:
        return Part(kind, State.NOT_SEARCHED, unread=unread)
    if hits:
        return Part(kind, State.FOUND, hits, complete, unread)
    return Part(kind, State.NONE if _has(summary, kind) else State.ABSENT, unread=unread)


def _has(summary: DocumentSummary, kind: PassageKind) -> bool:
    if kind is _FOOTNOTE:
        return bool(summary.marked + summary.aligned + summary.nested + summary.unresolved)
    return bool(summary.tables) if kind is PassageKind.TABLE else bool(summary.passages)


def _unread_files(library: Library) -> Iterable[UnreadFile]:
    for source in library.catalogue.sources():
        if source.status != _READ:
            yield UnreadFile(source.name, source.error)
