"""The numbers that a browser prints before the items of a list."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.readers.docx_numbering import format_number
from indexer.readers.docx_xml import to_number
from indexer.readers.html_source import Element
from indexer.readers.html_styles import Styles

_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_BULLET = "-"
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NAMED = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_BULLETS = frozenset({"disc", "circle", "square"})


@dataclass(slots=True)
class _List:
    """A list that is open: how it numbers, and the number of its next item."""

    numbered: bool
    format: str
    shown: bool
    next: int


class ListLabels:
    """Counts the items of the lists of one page in the order of the text."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._open: list[_List] = []
        self._label = ""

    def enter(self, element: Element, tag: str) -> None:
        """Take note of an element that begins: a list, or an item of one."""
        if tag in _LISTS:
            self._open.append(self._list(element, tag))
        elif tag == "li":
            self._label = self._numbered(element)

    def leave(self, tag: str) -> None:
        """Take note of an element that ends."""
        if tag in _LISTS and self._open:
            self._open.pop()
        if tag == "li":
            self._label = ""

    def take_label(self) -> str:
        """Return what is printed before this line: only the first line of an item has it."""
        label, self._label = self._label, ""
        return label

    def _list(self, element: Element, tag: str) -> _List:
        settings = self._styles.settings(element)
        words = f"{settings.get('list-style-type', '')} {settings.get('list-style', '')}".split()
        kind = element.get("type", "")
        start = to_number(element.get("start"))
        named = next((_NAMED[word] for word in words if word in _NAMED), "")
        return _List(
            numbered=tag == "ol" and not _BULLETS.intersection(words),
            format=named or _TYPES.get(kind, "decimal"),
            shown="none" not in words,
            next=1 if start is None else start,
        )

    def _numbered(self, element: Element) -> str:
        if not self._open:
            return _BULLET
        found = self._open[-1]
        number = to_number(element.get("value"))
        number = found.next if number is None else number
        found.next = number + 1
        if not found.shown:
            return ""
        return f"{format_number(number, found.format)}." if found.numbered else _BULLET
