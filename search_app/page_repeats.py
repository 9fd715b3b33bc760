"""Hits that would show once more what stands above: a note and the sentence that calls it.

A note and its sentence are two passages and often both hits; each card shows the pair.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.models import PassageKind, Span
from search_app.found import FoundPassage
from search_app.page import excerpt


def repeats(hits: Sequence[FoundPassage]) -> tuple[int | None, ...]:
    """Return for every hit which earlier one shows all of it already; None when none does."""
    found: list[int | None] = []
    for at, hit in enumerate(hits):
        shows = _note_is_above if hit.passage.kind is PassageKind.FOOTNOTE else _sentence_is_above
        above = (
            number
            for number, other in enumerate(hits[:at])
            if found[number] is None and other.document.id == hit.document.id
        )
        found.append(next((number for number in above if shows(hit, hits[number])), None))
    return tuple(found)


def notes_above(hits: Sequence[FoundPassage]) -> tuple[frozenset[str], ...]:
    """Return for every hit the ids of the notes that hits above it show open."""
    found: list[frozenset[str]] = []
    shown: set[str] = set()
    for hit in hits:
        found.append(frozenset(shown))
        if hit.passage.kind is PassageKind.FOOTNOTE:
            shown.add(hit.passage.id)
        shown.update(
            link.link.passage.id
            for link in hit.linked
            if link.highlights and link.link.relation == "footnote"
        )
    return tuple(found)


def _note_is_above(note: FoundPassage, above: FoundPassage) -> bool:
    """Say whether a passage above shows a note, open, and every sentence that calls it."""
    anchors = [link.link for link in note.linked]
    is_open = any(
        link.link.passage.id == note.passage.id and link.highlights for link in above.linked
    )
    if not is_open or above.passage.kind is PassageKind.FOOTNOTE or above.passage.cells:
        return False
    windows = excerpt(above.text, above.highlights)
    start = above.passage.span.start
    return all(
        link.passage.id == above.passage.id
        and any(window.holds(link.span.shift(-start)) for window in windows)
        for link in anchors
    )


def _sentence_is_above(body: FoundPassage, above: FoundPassage) -> bool:
    """Say whether a note above shows all words found in a passage: its sentence and itself."""
    if above.passage.kind is not PassageKind.FOOTNOTE or not body.highlights:
        return False
    start = body.passage.span.start
    shown = [
        link.link.span.shift(-start)
        for link in above.linked
        if link.link.passage.id == body.passage.id
    ]
    others = [
        link for link in body.linked if link.highlights and link.link.passage.id != above.passage.id
    ]
    return not others and _all_inside(body.highlights, shown)


def _all_inside(spans: Sequence[Span], windows: Sequence[Span]) -> bool:
    return all(any(window.holds(span) for window in windows) for span in spans)
