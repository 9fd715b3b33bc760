"""From a report to index entries: what of every passage can be matched and filtered by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from indexer.evidence import Links
from indexer.models import Document, Entry, Passage, PassageKind, Section, Term
from indexer.sections import by_id, heading_line, path_in
from indexer.text.analysis import analyse, syllables_of
from indexer.traits import find_traits, place_trait, term_trait


def build_entries(document: Document) -> Iterator[Entry]:
    """Yield an entry for every passage that can be found on its own.

    Headings are found through the passages under them; a heading with nothing under it is an
    entry itself, so that no word of a report is lost.
    """
    sections = by_id(document.sections)
    links = Links(document)
    for passage in findable_passages(document):
        path = path_in(sections, passage.section_id)
        text = passage.span.of(document.text)
        other = "\n".join(link.span.of(document.text) for link in links.of(passage))
        yield Entry(
            passage_id=passage.id,
            document_id=document.id,
            kind=passage.kind,
            place=document.metadata.place,
            term=document.metadata.term,
            year=document.metadata.date[:4],
            section=facet_section(path),
            analysis=analyse(text),
            heading=_heading_terms(_heading_text(document, passage, path)),
            linked=syllables_of(other),
            traits=(*find_traits(text, map(heading_line, path)), *_known_traits(document)),
        )


def _known_traits(document: Document) -> tuple[str, ...]:
    """Return the traits by which passages of a term and a place are preferred."""
    known = document.metadata
    of_the_term = (term_trait(known.term),) if known.term else ()
    return (*of_the_term, place_trait(known.place)) if known.place else of_the_term


def findable_passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages that are index entries, in order."""
    filled: set[str | None] = set()
    parents = {section.id: section.parent_id for section in document.sections}
    for passage in document.passages:
        if not passage.heading and passage.kind is not PassageKind.FOOTNOTE:
            section_id = passage.section_id
            while section_id is not None:
                filled.add(section_id)
                section_id = parents[section_id]
    return tuple(
        passage
        for passage in document.passages
        if not passage.heading or passage.section_id not in filled
    )


def facet_section(path: tuple[Section, ...]) -> str:
    """Return the heading that a facet shows for a section path: that of the second level."""
    if not path:
        return ""
    return heading_line(path[min(1, len(path) - 1)])


@lru_cache(maxsize=256)
def _heading_terms(text: str) -> tuple[Term, ...]:
    # Neighbouring passages share their headings.
    return syllables_of(text)


def _heading_text(document: Document, passage: Passage, path: tuple[Section, ...]) -> str:
    lines = [heading_line(section) for section in path]
    lines += [span.of(document.text) for span in passage.context]
    return "\n".join(lines)
