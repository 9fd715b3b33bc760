"""What a question found in one report, and the way through it, hit after hit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from indexer.models import Document, Passage, Span
from search_app.highlight import Highlighter
from search_app.page_cards import fragment
from search_app.query import Request, words_to_mark
from search_app.search import Library


@dataclass(frozen=True, slots=True)
class Marked:
    """What a question found in a report: highlights by passage and, of these, those to visit."""

    highlights: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    visited: frozenset[str] = frozenset()

    def of(self, passage: Passage) -> tuple[Span, ...]:
        """Return the words found in a passage; spans count in its text."""
        return self.highlights.get(passage.id, ())


@dataclass(frozen=True, slots=True)
class HitPlace:
    """Which hit of the page a passage is, and where the ones before and after it are."""

    number: int
    total: int
    fragment: str
    before: str
    after: str


def find_in_report(library: Library, document: Document, request: Request) -> Marked:
    """Return every place of one report where a question is found, read as search reads it.

    Raises EmptyQuery, QueryTooLong, IndexMissing, IndexOutdated.
    """
    result = library.search(replace(request, documents=(document.id,), limit=0))
    # Search shows pages of hits; a reader goes through all of them.
    query = replace(result.query, limit=len(document.passages), facets=False)
    found = library.backend.search(query)
    highlighter = Highlighter(result.meaning, words_to_mark(result.question, result.query))
    complete = {hit.passage_id: hit.complete for hit in found.hits}
    highlights = {
        passage.id: highlighter.spans(passage.span.of(document.text))
        for passage in document.passages
        if passage.id in complete
    }
    # A passage can be found by its headings or notes alone; only words in it can be marked.
    highlights = {name: spans for name, spans in highlights.items() if spans}
    whole = frozenset(name for name in highlights if complete[name])
    return Marked(highlights, whole or frozenset(highlights))


def hit_places(document: Document, marked: Marked) -> dict[str, HitPlace]:
    """Return the hits by passage, in reading order: a note stands where it is called."""
    calls = first_calls(document)
    visited = [p for p in document.passages if p.id in marked.visited]
    visited.sort(key=lambda passage: _place(passage, calls))
    names = ["", *(fragment(p, has_place=p.footnote in calls) for p in visited), ""]
    return {
        passage.id: HitPlace(at, len(visited), names[at], names[at - 1], names[at + 1])
        for at, passage in enumerate(visited, start=1)
    }


def first_calls(document: Document) -> dict[int | None, int]:
    """Return where in the text each note is called first, of those called outside of notes."""
    called = {number for p in document.passages if p.footnote is None for number in p.footnotes}
    return {n.number: n.marks[0].start for n in document.footnotes if n.number in called}


def _place(passage: Passage, calls: Mapping[int | None, int]) -> tuple[int, int]:
    if passage.footnote in calls:
        return (calls[passage.footnote], 1)
    return (passage.span.start, 0)
