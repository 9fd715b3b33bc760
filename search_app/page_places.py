"""Where a passage stands: in the page, in its report, and in permanent links."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.fingerprint import fingerprint
from indexer.models import Document, Passage
from search_app.cite import place_of


@dataclass(frozen=True, slots=True)
class PassagePlace:
    """`name` is its anchor, `words` its place as a citation says it, `version` that of its text."""

    name: str
    words: str
    version: str


def passage_place(document: Document, passage: Passage) -> PassagePlace:
    """Return where a passage stands."""
    return PassagePlace(
        name=passage.id.partition(":")[2],
        words=place_of(document, passage),
        version=fingerprint(passage.span.of(document.text)),
    )
