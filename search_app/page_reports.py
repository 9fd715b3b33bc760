"""The list of reports: filtered, sorted, one page of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from indexer.catalogue import DocumentSummary, SourceRecord
from indexer.text.normalise import match_form, strip_accents
from search_app.alphabet import alphabetical
from search_app.arguments import page_number
from search_app.cite import name_of, names_of
from search_app.page_about import file_kind

PAGE_SIZE = 30
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class ReportsAsked:
    """Which reports a reader wants to see, and in which order; an empty value asks nothing."""

    name: str = ""
    place: str = ""
    term: str = ""
    kind: str = ""
    sort: str = ""
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        """Return whether anything is left out of the list."""
        return any((self.name, self.place, self.term, self.kind))


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """One page of the list. `places`, `terms`, `kinds` are what can be chosen, with counts.

    `names` tells by id what each report is called.

    `total` counts the reports that fit, `all` those that there are.
    """

    asked: ReportsAsked
    shown: tuple[DocumentSummary, ...]
    names: Mapping[str, str]
    total: int
    all: int
    pages: int
    places: tuple[tuple[str, int], ...]
    terms: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]

    def at_page(self, page: int) -> str:
        """Return the query of another page of the same list."""
        values = (
            (f.name, getattr(replace(self.asked, page=page), f.name)) for f in fields(self.asked)
        )
        return "?" + urlencode([(name, value) for name, value in values if value not in ("", 1)])


def read_asked(args: Mapping[str, str]) -> ReportsAsked:
    """Return what a reader asked for; what cannot be is taken as not asked.

    >>> read_asked({"place": " thị xã A ", "sort": "size", "page": "-1"})
    ReportsAsked(name='', place='thị xã A', term='', kind='', sort='', page=1)
    """
    texts = {
        name: " ".join(args.get(name, "")[:_LONGEST].split())
        for name in ("name", "place", "term", "kind", "sort")
    }
    if texts["sort"] not in _SORTS:
        texts["sort"] = ""
    return ReportsAsked(**texts, page=page_number(args))


def list_reports(summaries: Sequence[DocumentSummary], asked: ReportsAsked) -> ReportsPage:
    """Return one page of the reports that fit, in the order that was asked for."""
    fitting = sorted((s for s in summaries if _fits(s, asked)), key=_SORTS[asked.sort])
    pages = max(1, -(-len(fitting) // PAGE_SIZE))
    page = min(max(asked.page, 1), pages)
    return ReportsPage(
        asked=replace(asked, page=page),
        names=names_of(summaries),
        shown=tuple(fitting[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        total=len(fitting),
        all=len(summaries),
        pages=pages,
        places=_choices((s.metadata.place for s in summaries), alphabetical),
        terms=_choices((s.metadata.term for s in summaries), lambda term: (term,)),
        kinds=_choices((file_kind(s.source) for s in summaries), lambda kind: (kind,)),
    )


def unread(sources: Iterable[SourceRecord]) -> int:
    """Return how many files could not be read."""
    return sum(source.status == "failed" for source in sources)


def _choices(
    values: Iterable[str], key: Callable[[str], tuple[str, ...]]
) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for value in values if value)
    return tuple(sorted(counts.items(), key=lambda choice: key(choice[0])))


def _fits(summary: DocumentSummary, asked: ReportsAsked) -> bool:
    known = summary.metadata
    wanted = ((asked.place, known.place), (asked.term, known.term))
    if any(value and value != own for value, own in wanted):
        return False
    if asked.kind and asked.kind != file_kind(summary.source):
        return False
    text = _folded(
        f"{name_of(known, summary.source)} {known.place} {known.province} {summary.source}"
    )
    return all(word in text for word in _folded(asked.name).split())


def _folded(text: str) -> str:
    return strip_accents(match_form(text))


def _name(summary: DocumentSummary) -> str:
    return name_of(summary.metadata, summary.source)


def _by_place(summary: DocumentSummary) -> tuple[object, ...]:
    known = summary.metadata
    # What is not known comes last.
    return (not known.place, alphabetical(known.place), known.term, summary.source)


def _by_date(summary: DocumentSummary) -> tuple[object, ...]:
    # The newest first; ISO dates are turned round digit by digit.
    date = summary.metadata.date
    newest = "".join(str(9 - int(digit)) for digit in date if digit.isdecimal())
    return (not date, newest, _by_place(summary))


def _by_name(summary: DocumentSummary) -> tuple[object, ...]:
    return (alphabetical(_name(summary)), summary.source)


_SORTS: dict[str, Callable[[DocumentSummary], tuple[object, ...]]] = {
    "": _by_place,
    "date": _by_date,
    "name": _by_name,
}
