"""The outline of a report as a tree of links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.labels import ITEM_RANK, parse_label
from indexer.models import Document, PassageKind, Section
from indexer.sections import heading_line


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A heading, where it stands in the page, and the headings under it."""

    title: str
    fragment: str
    level: int
    children: tuple[OutlineItem, ...]


def outline(document: Document) -> tuple[OutlineItem, ...]:
    """Return the headings of a report; those whose passage is not found have no fragment."""
    places = {
        passage.span.start: passage.id.partition(":")[2]
        for passage in reversed(document.passages)
        if passage.kind is not PassageKind.FOOTNOTE
    }
    children: dict[str | None, list[Section]] = {}
    for section in document.sections:
        children.setdefault(section.parent_id, []).append(section)
    return _items(children, places, None)


def _items(
    children: Mapping[str | None, Sequence[Section]],
    places: Mapping[int, str],
    parent: str | None,
) -> tuple[OutlineItem, ...]:
    return tuple(
        OutlineItem(
            title=title_of(section),
            fragment=places.get(section.heading.start, ""),
            level=section.level,
            children=_items(children, places, section.id),
        )
        for section in children.get(parent, ())
    )


def title_of(section: Section) -> str:
    """Return a heading without the sign that only makes it an item.

    >>> from indexer.models import Span
    >>> title_of(Section("a:s0001", "-", "Điện", 4, Span(0, 6), Span(0, 50)))
    'Điện'
    """
    label = parse_label(f"{section.number} X")
    if label is not None and label.kind in ITEM_RANK:
        return section.title
    return heading_line(section)
