"""Note marks in a web page: what can be one, where it stands, what leads to it.

A page may be one box with a hundred thousand links, so every look around a mark is bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from indexer.readers.html_source import Element

BOXES = frozenset(
    {"p", "li", "div", "dd", "dt", "td", "th", "tr", "section", "aside", "blockquote"}
)
BLOCKS = BOXES | {"table", "ul", "ol", "dl", "hr", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_LINE_ENDS = BLOCKS | {"br"}
_TOPS = frozenset({"body", "html", "table"})
NOTE_NAME = re.compile(r"ftn|edn|fn|note|cite|chu-?thich", re.I)
_MARK = re.compile(r"[\[({]?\s*(\d{1,4}|[ivxlc]{1,7}|[a-z]{1,2}|[*†‡§]{1,5})\s*[\])}]?", re.I)
_NUMBER_MARK = re.compile(r"[\[(]?\s*(\d{1,3}|\*{1,3})\s*[\])]?")
_BACK = re.compile(r"[\^↩↑⤴︎\ufe0e]*")
_MAX_MARK = 16
_FEW_ELEMENTS = 24
_AHEAD = 64
_FIRST_TEXTS = 4
_NEAR = 4


@dataclass(slots=True)
class Place:
    """Where a mark stands: at the start of its box or line, after which text, before how much.

    `after` counts the characters of the line from the mark on, the mark itself with them.
    """

    starts_box: bool
    starts_line: bool
    before: str
    after: int = 0


class Extents:
    """Which elements stand in which: every element's place in the page, and its last one's."""

    def __init__(self, root: Element) -> None:
        self.order: dict[Element, int] = {}
        self.last: dict[Element, int] = {}
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self.order[element] = len(self.order)
            else:
                self.last[element] = len(self.order) - 1
        self.elements = tuple(self.order)

    def count_in(self, box: Element, sorted_places: Sequence[int]) -> int:
        """Return how many of these places, in order, are in an element."""
        first = bisect_left(sorted_places, self.order[box])
        return bisect_left(sorted_places, self.last[box] + 1) - first

    def holds(self, box: Element, elements: Iterable[Element]) -> bool:
        """Say whether any of the elements is in the box, or the box itself."""
        return any(self.order[box] <= self.order[each] <= self.last[box] for each in elements)


def places(root: Element, marks: Collection[Element]) -> dict[Element, Place]:
    """Return where each of the marks stands."""
    found: dict[Element, Place] = {}
    line: Place | None = None
    before, broken = "", False

    def read(text: str | None) -> None:
        nonlocal before
        if text and (shown := text.strip()):
            before = shown[-_MAX_MARK:]
            if line is not None:
                line.after += len(shown)

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _LINE_ENDS:
            line, before, broken = None, "", element.tag == "br"
        if event == "start":
            if element in marks:
                found[element] = Place(not before and not broken, not before, before)
                line = found[element] if not before else line
            read(element.text)
        else:
            read(element.tail)
    return found


def mark_text(element: Element) -> str | None:
    """Return the text of an element that may be a mark or empty, None when it is too much."""
    if len(list(islice(element.iter(), _FEW_ELEMENTS + 1))) > _FEW_ELEMENTS:
        return None
    text = "".join(map(str, element.itertext())).strip()
    return text if len(text) <= _MAX_MARK else None


def label_of(element: Element) -> str:
    """Return the mark that an element holds, without brackets; "" when it holds none."""
    found = _MARK.fullmatch(mark_text(element) or "")
    return found[1] if found else ""


def is_number_mark(element: Element) -> bool:
    """Say whether an element holds a number or stars, and nothing else."""
    return _NUMBER_MARK.fullmatch(mark_text(element) or "") is not None


def is_mark_or_arrow(link: Element) -> bool:
    """Say whether a link is such as leads from a note back to its call."""
    text = mark_text(link)
    return text is not None and bool(_BACK.fullmatch(text) or _MARK.fullmatch(text))


def raised(link: Element) -> Element:
    """Return the raised element around a link when it holds nothing else but brackets."""
    found, label = link, label_of(link)
    for ancestor in islice(link.iterancestors(), 2):
        if ancestor.tag not in ("sup", "span") or label_of(ancestor) != label:
            break
        found = ancestor if ancestor.tag == "sup" or found is not link else found
    return found


def fragment(link: Element) -> str:
    """Return the name in this page that a link leads to."""
    target = link.get("href", "")
    return unquote(target[1:]) if target.startswith("#") and len(target) > 1 else ""


def targets(elements: Iterable[Element]) -> dict[str, Element]:
    """Return name → the first element that has it."""
    found: dict[str, Element] = {}
    for element in elements:
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                found.setdefault(name, element)
    return found


def names_near(link: Element) -> frozenset[str]:
    """Return the names by which others can lead to this link or to the box around it."""
    near = list(islice(link.iter(), _FEW_ELEMENTS))
    before = link.getprevious()
    if before is not None and before.tag == "a" and not mark_text(before):
        near.append(before)
    for ancestor in islice(link.iterancestors(), _NEAR):
        if ancestor.tag in _TOPS:
            break
        near.append(ancestor)
    names = (name for each in near for name in (each.get("id"), each.get("name")))
    return frozenset(filter(None, names))


def box_of(element: Element) -> Element | None:
    """Return the nearest paragraph or box around an element, or itself."""
    while element.tag not in BOXES:
        parent = element.getparent()
        if parent is None or parent.tag in _TOPS:
            return None
        element = parent
    return element


def head_text(start: Element, within: Element) -> str:
    """Return the first characters from an element on, as far as the box around it goes."""
    texts: list[str] = []
    node: Element | None = start
    for _ in range(_AHEAD):
        if node is None or sum(map(bool, map(str.strip, texts))) >= _FIRST_TEXTS:
            break
        texts.append(node.text or "")
        first = next(iter(node), None)
        node = _next(node, within, texts) if first is None else first
    return "".join(texts).strip()


def begins_with(text: str, label: str) -> bool:
    """Say whether a text begins with a mark."""
    return re.match(rf"[\[(]?\s*{re.escape(label)}(?!\w)", text) is not None


def _next(node: Element, within: Element, texts: list[str]) -> Element | None:
    outer: Element | None = node
    while outer is not None and outer is not within:
        texts.append(outer.tail or "")
        following = outer.getnext()
        if following is not None:
            return following
        outer = outer.getparent()
    return None
