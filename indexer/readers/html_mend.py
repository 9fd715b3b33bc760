"""Tables of web pages put in order: cells without rows, rows in forms, text between the rows.

Browsers show all of these. As in a browser, what belongs to no cell moves in front of its table.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from indexer.readers.docx_xml import Element

_CELLS = frozenset({"td", "th"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_HOLDERS = frozenset({"table", "tr", *_SECTIONS})
_UNSEEN = frozenset({"col", "colgroup", "script", "style", "template"})
_MAY_HOLD = {
    "table": frozenset({"caption", "tr", *_SECTIONS, *_UNSEEN}),
    "tr": frozenset({*_CELLS, *_UNSEEN}),
    **dict.fromkeys(_SECTIONS, frozenset({"tr", *_UNSEEN})),
}
_UNWRAPPED = "unwrapped"


def mend_tables(root: Element) -> None:
    """Put the tables of a page in order, in place."""
    _unwrap(root)
    for table in list(root.iter("table")):
        if not _is_sound(table):
            _Mended(table).build()


def _unwrap(root: Element) -> None:
    """Drop the elements, such as forms, that stand between a table and its rows or cells."""
    known: dict[Element, bool] = dict.fromkeys(root.iter(*_CELLS), False)
    known |= dict.fromkeys(root.iter(*_HOLDERS), True)
    for part in list(known):
        between: list[Element] = []
        outer = None if part.tag == "table" else part.getparent()
        while outer is not None and outer not in known:
            between.append(outer)
            outer = outer.getparent()
        known |= dict.fromkeys(between, outer is not None and known[outer])
    for element, is_between in known.items():
        if is_between and element.tag not in _HOLDERS:
            element.tag = _UNWRAPPED
    etree.strip_tags(root, _UNWRAPPED)


def _is_sound(table: Element) -> bool:
    captions = 0
    for holder in _holders(table):
        allowed = _MAY_HOLD[str(holder.tag)]
        if (holder.text or "").strip():
            return False
        for child in holder:
            if child.tag not in allowed or (child.tail or "").strip():
                return False
            captions += child.tag == "caption"
    return captions < 2


def _holders(table: Element) -> Iterator[Element]:
    yield table
    for child in table:
        if child.tag == "tr" or child.tag in _SECTIONS:
            yield child
            if child.tag in _SECTIONS:
                yield from child.iterchildren("tr")


class _Mended:
    """One table that is taken apart and put together again."""

    def __init__(self, table: Element) -> None:
        self._table = table
        self._strays = etree.Element("div")
        self._kept: list[Element] = []
        self._row: Element | None = None
        self._section: Element | None = None

    def build(self) -> None:
        """Put the table in order and set what belongs to no cell in front of it."""
        for event, element in self._events():
            if event == "text":
                text, element.text = element.text, None
                self._stray_text(text)
            elif event == "tail":
                text, element.tail = element.tail, None
                self._stray_text(text)
            elif event == "end":
                self._leave(element)
            else:
                self._enter(element)
        self._table[:] = self._kept
        if len(self._strays) or self._strays.text:
            self._table.addprevious(self._strays)

    def _events(self) -> list[tuple[str, Element]]:
        """Return the parts of the table in order, before any of them is moved."""
        events: list[tuple[str, Element]] = [("text", self._table)]
        stack: list[tuple[str, Element]] = []
        self._push(self._table, stack)
        while stack:
            event, element = stack.pop()
            events.append((event, element))
            if event == "start" and element.tag in _HOLDERS and element.tag != "table":
                events.append(("text", element))
                stack.append(("end", element))
                self._push(element, stack)
        return events

    @staticmethod
    def _push(holder: Element, stack: list[tuple[str, Element]]) -> None:
        for child in reversed(holder):
            stack += (("tail", child), ("start", child))

    def _enter(self, element: Element) -> None:
        if element.tag in _SECTIONS:
            element[:] = []
            self._row, self._section = None, element
            self._kept.append(element)
        elif element.tag == "tr":
            element[:] = []
            self._row = self._placed(element)
        elif element.tag in _CELLS:
            if self._row is None:
                self._row = self._placed(etree.Element("tr"))
            self._row.append(element)
        elif element.tag in _UNSEEN or (element.tag == "caption" and self._is_first(element)):
            self._kept.append(element)
        else:
            self._strays.append(element)

    def _leave(self, element: Element) -> None:
        self._row = None
        if element.tag in _SECTIONS:
            self._section = None

    def _placed(self, row: Element) -> Element:
        if self._section is None:
            self._kept.append(row)
        else:
            self._section.append(row)
        return row

    def _is_first(self, title: Element) -> bool:
        return all(kept.tag != title.tag for kept in self._kept)

    def _stray_text(self, text: str | None) -> None:
        if not (text or "").strip():
            return
        # What stood in different places does not run on.
        last = next(self._strays.iterchildren(reversed=True), None)
        if last is not None:
            last.tail = f"{last.tail or ''} {text}"
        else:
            self._strays.text = f"{self._strays.text or ''} {text}"
