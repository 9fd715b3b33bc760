"""What the first page offers: the size of the library and questions from its own headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.catalogue import DocumentSummary
from indexer.models import Document, Section

_FEWEST, _MOST = 4, 9


@dataclass(frozen=True, slots=True)
class Example:
    """A question that a report of this library answers, and the place it is asked of."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the library holds; `passages` are those that can be found."""

    reports: int
    places: tuple[str, ...]
    terms: tuple[str, ...]
    passages: int


def holdings(summaries: Sequence[DocumentSummary], passages: int) -> Holdings:
    """Return the size of the library in the terms of its readers."""
    places = {summary.metadata.place for summary in summaries} - {""}
    terms = {summary.metadata.term for summary in summaries} - {""}
    return Holdings(len(summaries), tuple(sorted(places)), tuple(sorted(terms)), passages)


def one_of_each_place(
    summaries: Sequence[DocumentSummary], limit: int
) -> tuple[DocumentSummary, ...]:
    """Return up to `limit` documents, of as many places as there are."""
    seen: dict[str, int] = {}
    ranked: list[tuple[int, int, DocumentSummary]] = []
    for summary in summaries:
        place = summary.metadata.place
        ranked.append((seen.get(place, 0), len(ranked), summary))
        seen[place] = seen.get(place, 0) + 1
    return tuple(summary for _, _, summary in sorted(ranked)[:limit])


def examples(documents: Sequence[Document], limit: int) -> tuple[Example, ...]:
    """Return questions made of headings, taking turns among the documents."""
    rows = [_titles(document.sections) for document in documents]
    uses = Counter(title.casefold() for row in rows for title in set(row))
    found: dict[str, Example] = {}
    for _ in range(limit):
        for document, row in zip(documents, rows, strict=True):
            fresh = [title for title in row if title.casefold() not in found]
            # What only one report has says more than a heading that all of them have.
            own = [title for title in fresh if uses[title.casefold()] == 1] or fresh
            if own and len(found) < limit:
                # From the middle: the ends of a report are introductions and appendices.
                title = own[len(own) // 2]
                found[title.casefold()] = Example(title, document.metadata.place)
    return tuple(found.values())


def _titles(sections: Sequence[Section]) -> list[str]:
    """Return headings that read like a question: short, below the divisions, not in capitals."""
    titles = [section.title for section in sections if section.level > 2]
    fitting = [t for t in titles if _FEWEST <= len(t.split()) <= _MOST and not t.isupper()]
    short = [title for title in fitting if not any(sign in title for sign in "():;0123456789")]
    return short or fitting or [" ".join(title.split()[:_MOST]) for title in titles]
