"""Where recognised text calls notes: raised numbers come out as quotation marks, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.readers.marked_text import PLACEHOLDER
from indexer.readers.pdf_columns import Flow, Item
from indexer.readers.pdf_lines import Line

_UNREAD = "?"
# Quotation marks and the like right behind a word: `tấn'",`, `vững ”.`, `khá?.`
_STRAY = re.compile(
    r"(?<=[\w%)]) ?(?:['\"“”‘’°*®]{1,3}(?=[.,;:)\s]|$)|['\"“”‘’°*®?!]{1,3}(?=[.,;:]))"
)
_MIN_SHARE = 0.6
_OPENING = re.compile(r"(?:(?<=\s)|^|(?<=\())['\"“‘]+(?=\w)")


def mark_lost_calls(found: Sequence[Flow], notes: int) -> list[Flow]:
    """Return the flows of a recognised page with stray signs as calls whose numbers are lost.

    Only where there are no more of them than the page has `notes`, and nearly as many.
    """
    lines = [line for flow in found for line in flow.lines]
    known = sum(len(line.marks) for line in lines)
    stray = [len(_stray(line)) for line in lines]
    if not _MIN_SHARE * (notes - known) <= sum(stray) <= notes - known:
        return list(found)
    return [replace(flow, items=tuple(map(_marked, flow.items))) for flow in found]


def _stray(line: Line) -> list[re.Match[str]]:
    """Return the signs that close no quotation."""
    openings = [match.start() for match in _OPENING.finditer(line.text)]
    found = []
    for match in _STRAY.finditer(line.text):
        if openings and openings[0] < match.start():
            openings.pop(0)
        else:
            found.append(match)
    return found


def _marked(item: Item) -> Item:
    if not isinstance(item, Line):
        return item
    text, marks, end = "", [], 0
    given = iter(item.marks)
    for match in _stray(item):
        before = item.text[end : match.start()]
        marks += [next(given) for _ in range(before.count(PLACEHOLDER))]
        text += before + PLACEHOLDER
        marks.append(_UNREAD)
        end = match.end()
    return replace(item, text=text + item.text[end:], marks=(*marks, *given)) if end else item
