"""The running text of a web page: its lines in order, with placeholders where notes are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from indexer.models import BlockKind
from indexer.readers.docx_lines import Line
from indexer.readers.html_lists import ListLabels
from indexer.readers.html_note_plan import NotePlan
from indexer.readers.html_source import Element
from indexer.readers.html_styles import Look, Styles
from indexer.readers.marked_text import PLACEHOLDER, guard
from indexer.readers.raised import subscript, superscript

HEADINGS = {f"h{level}": level - 1 for level in range(1, 7)}
BLOCKS = frozenset(
    (
        *HEADINGS,
        *("html", "body", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre"),
        *("center", "address", "section", "article", "main", "header", "footer", "aside", "hr"),
        *("figure", "figcaption", "form", "fieldset", "legend", "table", "caption", "thead"),
        *("tbody", "tfoot", "tr", "td", "th", "details", "summary", "hgroup", "menu", "dir"),
        "textarea",
    )
)
_NOT_TEXT = frozenset(
    (
        *("script", "style", "nav", "head", "title", "noscript", "template", "iframe", "object"),
        *("svg", "select", "button", "input", "audio", "video", "canvas", "xml", "del"),
    )
)
# The inputs of a form whose value is text that the page shows.
_SHOWN_INPUTS = frozenset({"", "text", "email", "tel", "url", "number", "date", "month", "time"})
# A line break inside one of these is a line of the paragraph, elsewhere the end of one.
_PARAGRAPHS = frozenset({"p", "li", "td", "th", "dt", "dd", "caption", *HEADINGS})
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_GAPS = re.compile(r"[ \u00a0\t]{2,}|[\u00a0\t]")
_PARAGRAPH_BREAK = re.compile(r"[ \u00a0]*\n(?:[ \u00a0]*\n)+[ \u00a0]*")

_SHIFTED = {"super": superscript, "sub": subscript}

Decode = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the page, or a table (then there is no line)."""

    line: Line = Line()
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    centered: bool = False
    table: Element | None = None


@dataclass(slots=True)
class Page:
    """What is known of a whole page while its lines are read.

    `decode` turns text of a legacy font into Unicode; `hidden` counts the places left out.
    """

    styles: Styles
    plan: NotePlan
    is_data: Callable[[Element], bool]
    decode: Decode
    hidden: int = 0


@dataclass(slots=True)
class _Open:
    """The line that is being put together."""

    pieces: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    bolds: list[bool] = field(default_factory=list)
    centered: bool = False


class Lines:
    """Reads what stands in one element of a page, without recursion: pages nest without end."""

    def __init__(self, page: Page, top: Element, look: Look) -> None:
        self._page = page
        self._top = top
        self._looks = [look]
        self._tags: list[str] = []
        self._lists = ListLabels(page.styles)
        self._open = _Open()

    def items(self) -> Iterator[Item]:
        """Yield the lines and tables of the element in order."""
        stack: list[tuple[str, Element]] = [("start", self._top)]
        while stack:
            event, element = stack.pop()
            if event == "start":
                yield from self._start(element, stack)
            elif event == "end":
                yield from self._end(element)
            elif element.tail:
                yield from self._text(element.tail)
        yield from self._flush()

    def _start(self, element: Element, stack: list[tuple[str, Element]]) -> Iterator[Item]:
        tag = str(element.tag) if isinstance(element.tag, str) else ""
        look = self._page.styles.look(element, self._looks[-1]) if tag else self._looks[-1]
        if self._is_left_out(element, tag, look):
            if tag in ("input", "select") and not look.hidden:
                self._add(_chosen(element), look)
            return
        if element in self._page.plan.calls:
            self._call(self._page.plan.calls[element])
        elif tag == "br":
            yield from self._line_break()
        elif tag == "table" and element is not self._top and self._page.is_data(element):
            yield from self._flush()
            yield Item(table=element)
        else:
            if tag in BLOCKS:
                yield from self._flush()
            self._enter(element, tag, look)
            stack.append(("end", element))
            for child in reversed(element):
                stack += (("tail", child), ("start", child))
            yield from self._text(element.text or "")

    def _is_left_out(self, element: Element, tag: str, look: Look) -> bool:
        plan = self._page.plan
        if not tag or tag in _NOT_TEXT or element in plan.dropped:
            return True
        if look.hidden and not self._looks[-1].hidden:
            self._page.hidden += any(str(text).strip() for text in element.itertext())
            return True
        return element is not self._top and element in plan.bodies

    def _enter(self, element: Element, tag: str, look: Look) -> None:
        self._looks.append(look)
        self._tags.append(tag)
        self._lists.enter(element, tag)

    def _end(self, element: Element) -> Iterator[Item]:
        tag = self._tags[-1]
        if tag in BLOCKS:
            yield from self._flush()
        self._tags.pop()
        self._looks.pop()
        self._lists.leave(tag)

    def _call(self, key: str) -> None:
        self._open.pieces.append(PLACEHOLDER)
        self._open.calls.append(key)

    def _line_break(self) -> Iterator[Item]:
        if any(tag in _PARAGRAPHS for tag in self._tags):
            self._open.pieces.append("\n")
        else:
            yield from self._flush()

    def _text(self, text: str) -> Iterator[Item]:
        look = self._looks[-1]
        if not look.verbatim:
            self._add(_BLANKS.sub(" ", text), look)
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        self._add(first, look)
        for line in others:
            yield from self._flush()
            self._add(line, look)

    def _add(self, text: str, look: Look) -> None:
        if not text:
            return
        text = self._page.decode(guard(text), look.font)
        text = _SHIFTED[look.shifted](text) if look.shifted else text
        self._open.pieces.append(text)
        if text.strip():
            self._open.bolds.append(look.bold)
            self._open.centered = look.centered

    def _flush(self) -> Iterator[Item]:
        done, self._open = self._open, _Open()
        text = "".join(done.pieces)
        calls = iter(done.calls)
        bold = all(done.bolds) if done.bolds else None
        for piece in _PARAGRAPH_BREAK.split(text):
            # Trimmed by hand: a call at the edge has no width, but the blank before it has.
            line = "\n".join(_GAPS.sub(" ", part).strip() for part in piece.strip().split("\n"))
            called = tuple(next(calls) for _ in range(line.count(PLACEHOLDER)))
            if line:
                yield self._item(Line(line, called, bold), centered=done.centered)

    def _item(self, line: Line, *, centered: bool) -> Item:
        level = next((HEADINGS[tag] for tag in reversed(self._tags) if tag in HEADINGS), None)
        label = self._lists.take_label()
        kind = BlockKind.LIST_ITEM if label else BlockKind.PARAGRAPH
        return Item(
            line=line.labelled(label),
            kind=kind if level is None else BlockKind.HEADING,
            level=level,
            centered=centered,
        )


def _chosen(element: Element) -> str:
    """Return what somebody filled in or chose in a form."""
    if element.tag == "select":
        chosen = (each for each in element.iter("option") if "selected" in each.attrib)
        return " ".join("".join(map(str, each.itertext())).strip() for each in chosen)
    kind = element.get("type", "").strip().lower()
    return element.get("value", "") if kind in _SHOWN_INPUTS else ""
