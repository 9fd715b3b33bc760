"""The passages in which an answer may stand, with the zones of text around every statement."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from indexer.errors import NotFound
from indexer.evidence import linked
from indexer.models import Document, Fact, Hit, Passage, PassageKind, Reference, Span
from indexer.sections import heading_line, section_path
from indexer.text.segment import split_sentences
from indexer.traits import find_traits
from search_app.answering.coverage import Text, Zone, read_text, zone_of
from search_app.search import Library

# What a word is worth by where it stands, seen from the statement that may answer.
CLAUSE, PARENT, ROW, SENTENCE, ANCHOR, PASSAGE, HEADING = 1.0, 0.9, 0.9, 0.75, 0.75, 0.55, 0.45

Zones = tuple[tuple[Zone, float], ...]


class Evidence:
    """A passage that may answer. `rank` is its place among the hits, for a note its caller's.

    Offsets given to its methods count in the document's text.
    """

    def __init__(self, document: Document, passage: Passage, rank: int) -> None:
        self.document = document
        self.passage = passage
        self.rank = rank

    @cached_property
    def text(self) -> Text:
        """Return the forms of the passage."""
        return read_text(self.passage.span.of(self.document.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Return the sentences; a table row is one."""
        if self.passage.kind is PassageKind.TABLE:
            return (self.passage.span,)
        found = split_sentences(self.passage.span.of(self.document.text))
        return tuple(span.shift(self.passage.span.start) for span in found)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Return the headings above the passage, outermost first."""
        path = section_path(self.document.sections, self.passage.section_id)
        return tuple(heading_line(section) for section in path)

    @cached_property
    def traits(self) -> tuple[str, ...]:
        """Return what kinds of statement the passage makes."""
        return find_traits(self.passage.span.of(self.document.text), self.headings)

    @cached_property
    def around(self) -> Zones:
        """Return the zones that all statements of the passage share, nearest first."""
        text = self.document.text
        zones = [(zone_of(self.passage.span.of(text)), PASSAGE)]
        if self.passage.kind is PassageKind.FOOTNOTE:
            zones += [
                (zone_of(link.span.of(text)), ANCHOR)
                for link in linked(self.document, self.passage)
            ]
        zones += [(zone_of(span.of(text)), ROW) for span in self.passage.context]
        zones += [(zone_of(heading), HEADING) for heading in self.headings]
        return tuple(zones)

    def zone(self, span: Span) -> Zone:
        """Return the zone of a piece of the passage."""
        start = self.passage.span.start
        return self.text.zone(span.start - start, span.end - start)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Return the values that the passage states."""
        return tuple(f for f in self.document.facts if f.passage_id == self.passage.id)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Return the documents that the passage names."""
        return tuple(r for r in self.document.references if r.passage_id == self.passage.id)


def gather(
    library: Library, hits: Sequence[Hit], indicators: Collection[str] = ()
) -> tuple[Evidence, ...]:
    """Return the passages of the hits and the notes that they call, each once, best first.

    The passages that state one of the `indicators` come last, from the documents of the hits.
    """
    found: dict[str, Evidence] = {}
    for rank, hit in enumerate(hits):
        for evidence in _with_notes(library, hit, rank):
            found.setdefault(evidence.passage.id, evidence)
    documents = {evidence.document.id: evidence.document for evidence in found.values()}
    for document in documents.values():
        stating = {f.passage_id for f in document.facts if f.indicator in indicators}
        for passage in document.passages:
            if passage.id in stating:
                found.setdefault(passage.id, Evidence(document, passage, len(hits)))
    return tuple(found.values())


def _with_notes(library: Library, hit: Hit, rank: int) -> Iterator[Evidence]:
    try:
        document = library.document(hit.passage_id.split(":")[0])
    except NotFound:  # removed since the index was asked
        return
    passage = next((p for p in document.passages if p.id == hit.passage_id), None)
    if passage is None or passage.heading:
        return
    yield Evidence(document, passage, rank)
    if passage.kind is not PassageKind.FOOTNOTE:
        for link in linked(document, passage):
            yield Evidence(document, link.passage, rank)
