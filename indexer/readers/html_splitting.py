"""Several notes in one paragraph or box of a web page, cut into one paragraph each."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from indexer.readers.html_marks import BLOCKS, Extents
from indexer.readers.html_source import Element


def split_box(box: Element, starts: Iterable[Element], extents: Extents) -> list[Element]:
    """Put each note of a box into a paragraph of its own; return these paragraphs.

    A note reaches to the start of the next one, or to the first block after it.
    """
    made: list[Element] = []
    end = extents.last[box]
    # The last one first: what is moved then is no more than the note itself.
    for start in sorted(starts, key=extents.order.__getitem__, reverse=True):
        paragraph = etree.Element("p")
        top = _lifted(start, box)
        top.addprevious(paragraph)
        block = _fill(paragraph, top, made[-1] if made else None)
        if block is not None:
            end = extents.order[block] - 1
        extents.order[paragraph], extents.last[paragraph] = extents.order[start], end
        end = extents.order[start] - 1
        made.append(paragraph)
    return made[::-1]


def _fill(paragraph: Element, first: Element, following: Element | None) -> Element | None:
    """Move a note into its paragraph; return the block that ended it, if one did."""
    node: Element | None = first
    while node is not None and node is not following:
        after = node.getnext()
        paragraph.append(node)
        if after is not None and after is not following and after.tag in BLOCKS:
            return after
        node = after
    return None


def _lifted(start: Element, box: Element) -> Element:
    """Return the child of the box that begins with an element, cutting what is around it."""
    node = start
    while (outer := node.getparent()) is not None and outer is not box:
        if node.getprevious() is None and not (outer.text or "").strip():
            node = outer
            continue
        kept = {name: value for name, value in outer.attrib.items() if name not in ("id", "name")}
        rest = etree.Element(str(outer.tag), kept)
        rest.tail, outer.tail = outer.tail, None
        moved: Element | None = node
        while moved is not None:
            after = moved.getnext()
            rest.append(moved)
            moved = after
        outer.addnext(rest)
        node = rest
    return node
