"""The passages in which an answer may stand, with the zones of text around every statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache, partial

from indexer.catalogue_excerpts import Selection
from indexer.evidence import find_passage, linked
from indexer.models import Document, Fact, Hit, Passage, PassageKind, Reference, Span
from indexer.sections import heading_line, section_path
from indexer.text.segment import split_sentences
from indexer.traits import Trait, find_traits
from search_app.answering.coverage import Text, Zone, read_text, zone_of
from search_app.search import Library

# What a word is worth by where it stands, seen from the statement that may answer.
CLAUSE, PARENT, ROW, SENTENCE, ANCHOR, PASSAGE, HEADING = 1.0, 0.9, 0.9, 0.75, 0.75, 0.55, 0.45

Zones = tuple[tuple[Zone, float], ...]


class Evidence:
    """A passage that may answer. `rank` is its place among the hits, for a note its caller's.

    Offsets given to its methods count in the document's text.
    """

    def __init__(
        self, document: Document, passage: Passage, rank: int, facts: tuple[Fact, ...] = ()
    ) -> None:
        self.document = document
        self.passage = passage
        self.rank = rank
        self.facts = facts
        # Every value is weighed several times, and values share their clauses.
        self._zones: dict[Span, Zone] = {}
        self._told: dict[tuple[str, str, Span, str], Zones] = {}

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
    def callers(self) -> Zones:
        """Return the zones of the sentences that call a note; none for other passages."""
        if self.passage.kind is not PassageKind.FOOTNOTE:
            return ()
        text = self.document.text
        return tuple(
            (zone_of(link.span.of(text)), ANCHOR) for link in linked(self.document, self.passage)
        )

    @cached_property
    def around(self) -> Zones:
        """Return the zones that all statements of the passage share, nearest first."""
        text = self.document.text
        zones = [(zone_of(self.passage.span.of(text)), PASSAGE), *self.callers]
        zones += [(zone_of(span.of(text)), ROW) for span in self.passage.context]
        zones += [(zone_of(heading), HEADING) for heading in self.headings]
        return tuple(zones)

    def zone(self, span: Span) -> Zone:
        """Return the zone of a piece of the passage."""
        zone = self._zones.get(span)
        if zone is None:
            start = self.passage.span.start
            zone = self._zones[span] = self.text.zone(span.start - start, span.end - start)
        return zone

    def told(self, fact: Fact) -> Zones:
        """Return the zones of a value itself: its name and unit, its clause, what it is part of."""
        key = (fact.name, fact.quantity.unit, fact.clause, fact.parent)
        if key not in self._told:
            self._told[key] = (
                (zone_of(f"{fact.name}. {fact.quantity.unit}"), CLAUSE),
                (self.zone(fact.clause), CLAUSE),
                (zone_of(fact.parent), PARENT),
            )
        return self._told[key]

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Return the documents that the passage names."""
        return tuple(r for r in self.document.references if r.passage_id == self.passage.id)


def gather(
    library: Library,
    hits: Sequence[Hit],
    indicators: Collection[str] = (),
    trait: Trait | None = None,
    *,
    whole: bool = False,
) -> tuple[Evidence, ...]:
    """Return the passages of the hits and the notes that they call, each once, best first.

    The passages that state one of the `indicators`, and those under headings of a `trait`, come
    last, from the documents of the hits. These documents hold no other passages, unless they are
    to be `whole`.
    """
    selection = Selection(
        ids=tuple(hit.passage_id for hit in hits),
        indicators=frozenset(indicators),
        is_about=None if trait is None else partial(_speaks_of, trait),
        every=whole,
        stated=True,
    )
    # One may have been removed since the index was asked.
    documents = library.catalogue.excerpts(selection)
    names = dict.fromkeys(hit.passage_id.partition(":")[0] for hit in hits)
    reports = {name: _Report(documents[name]) for name in names if name in documents}
    found: dict[str, Evidence] = {}
    for rank, hit in enumerate(hits):
        report = reports.get(hit.passage_id.partition(":")[0])
        if report is not None:
            for passage in report.with_notes(hit.passage_id):
                found.setdefault(passage.id, report.evidence(passage, rank))
    for report in reports.values():
        for passage in (*report.stating(indicators), *report.headed(trait)):
            found.setdefault(passage.id, report.evidence(passage, len(hits)))
    return tuple(found.values())


@lru_cache(maxsize=1 << 14)
def _speaks_of(trait: Trait, title: str) -> bool:
    return trait.value in find_traits("", [title])


class _Report:
    """A document with its facts by passage."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in document.facts:
            self.facts[fact.passage_id].append(fact)

    def evidence(self, passage: Passage, rank: int) -> Evidence:
        return Evidence(self.document, passage, rank, tuple(self.facts.get(passage.id, ())))

    def with_notes(self, passage_id: str) -> Iterator[Passage]:
        """Yield a passage and the notes that it calls; a heading is no statement."""
        passage = find_passage(self.document, passage_id)
        if passage is None or passage.heading:
            return
        yield passage
        if passage.kind is not PassageKind.FOOTNOTE:
            yield from (link.passage for link in linked(self.document, passage))

    def stating(self, indicators: Collection[str]) -> Iterator[Passage]:
        """Yield the passages that state one of the indicators."""
        for passage_id, facts in self.facts.items():
            if any(fact.indicator in indicators for fact in facts):
                passage = find_passage(self.document, passage_id)
                if passage is not None:
                    yield passage

    def headed(self, trait: Trait | None) -> Iterator[Passage]:
        """Yield the passages under the headings that speak of a kind of statement."""
        if trait is None:
            return
        sections = self.document.sections
        about = {section.id for section in sections if _speaks_of(trait, section.title)}
        for passage in self.document.passages:
            if passage.section_id in about and not passage.heading:
                yield passage
