"""Automatic list numbers: what Word prints before an item and keeps nowhere in its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.readers.docx_fonts import Decode, Fonts, decoded
from indexer.readers.docx_styles import Format, StyleSheet, nearest
from indexer.readers.docx_xml import WORD, Element, below, number, switch, to_number, value

_BULLET = "-"
_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHICAGO = ("*", "†", "‡", "§")
_COUNTED = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_WORDS_END = 100
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MAX_ROMAN = 3999
_MAX_LETTER = 780


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: first number, number format, pattern such as "%1.%2."."""

    start: int = 1
    kind: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    fonts: Fonts = field(default_factory=Fonts)


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list as paragraphs name it; lists of one `family` count on from each other.

    `restarts` are the first numbers that this list sets anew, by level.
    """

    family: str
    levels: dict[int, Level]
    restarts: dict[int, int]


class ListNumbers:
    """Counts the items of a file in the order they are asked for."""

    def __init__(self, root: Element | None, sheet: StyleSheet, decode: Decode) -> None:
        self._sheet = sheet
        self._decode = decode
        self._lists = {} if root is None else _read_lists(root, sheet)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, formats: tuple[Format, ...]) -> str:
        """Count a paragraph of these formats; return its printed number, "" when it has none."""
        key = nearest(formats, lambda format_: format_.list_key)
        found = self._lists.get(key) if key is not None else None
        if key is None or found is None:
            return ""
        at = _level_of(formats, found)
        if at not in found.levels:
            return ""
        self._count(key, found, at)
        label = _printed(found.levels, at, self._counts[found.family])
        font = self._sheet.label_font(label, found.levels[at].fonts, formats)
        return decoded(label, font, self._decode)

    def _count(self, key: str, found: NumberedList, at: int) -> None:
        counts = self._counts.setdefault(found.family, {})
        if at in found.restarts and (key, at) not in self._begun:
            counts[at] = found.restarts[at]
        else:
            counts[at] = counts.get(at, found.levels[at].start - 1) + 1
        self._begun.add((key, at))
        for deeper in [level for level in counts if level > at]:
            after = found.levels[deeper].restart if deeper in found.levels else None
            if after is None or at < after:
                del counts[deeper]


def format_number(count: int, kind: str) -> str:
    """Write a list or note number in one of Word's number formats.

    >>> format_number(4, "upperRoman"), format_number(28, "lowerLetter"), format_number(7, "?")
    ('IV', 'bb', '7')
    >>> format_number(5, "chicago"), format_number(2, "ordinalText")
    ('**', 'Thứ hai')
    """
    if kind in {"lowerRoman", "upperRoman"} and 0 < count <= _MAX_ROMAN:
        roman = _roman(count)
        return roman.upper() if kind == "upperRoman" else roman
    if kind in {"lowerLetter", "upperLetter"} and 0 < count <= _MAX_LETTER:
        times, place = divmod(count - 1, 26)
        return chr(ord("A" if kind == "upperLetter" else "a") + place) * (times + 1)
    if count > 0 and kind in _WRITTEN:
        return _WRITTEN[kind](count)
    return "" if kind == "none" else str(count)


def _chicago(count: int) -> str:
    times, place = divmod(count - 1, len(_CHICAGO))
    return _CHICAGO[place] * (times + 1) if count <= _MAX_LETTER else str(count)


def _words(count: int) -> str:
    """Return a number in words: 21 is "hai mươi mốt"."""
    if count >= _WORDS_END:
        return str(count)
    tens, units = divmod(count, 10)
    if tens == 0:
        return _COUNTED[units]
    before = "mười" if tens == 1 else f"{_COUNTED[tens]} mươi"
    after = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(units, _COUNTED[units])
    return f"{before} {after}".strip()


def _ordinal(count: int) -> str:
    return "Thứ " + {1: "nhất", 4: "tư"}.get(count, _words(count))


_WRITTEN: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "chicago": _chicago,
    "cardinalText": lambda count: _words(count).capitalize(),
    "ordinalText": _ordinal,
    "vietnameseCounting": _words,
    "numberInDash": lambda count: f"- {count} -",
    "decimalEnclosedCircle": lambda count: _CIRCLED[count : count + 1] or str(count),
}


def _roman(count: int) -> str:
    written = ""
    for size, letters in _ROMAN:
        times, count = divmod(count, size)
        written += letters * times
    return written


def _printed(levels: dict[int, Level], at: int, counts: dict[int, int]) -> str:
    own = levels[at]
    if own.kind == "bullet":
        return _BULLET

    def written(found: re.Match[str]) -> str:
        level = int(found[1]) - 1
        known = levels.get(level, Level())
        return format_number(counts.get(level, known.start), "decimal" if own.legal else known.kind)

    return re.sub(r"%([1-9])", written, own.pattern).strip()


def _level_of(formats: tuple[Format, ...], found: NumberedList) -> int:
    if formats[0].list_key is not None and formats[0].style == "":
        return formats[0].list_level or 0
    direct = formats[0].list_level if formats[0].style == "" else None
    if direct is not None:
        return direct
    linked = {level.style: at for at, level in found.levels.items() if level.style}
    by_link = next((linked[each.style] for each in formats if each.style in linked), None)
    if by_link is not None:
        return by_link
    return nearest(formats, lambda format_: format_.list_level) or 0


def _read_lists(root: Element, sheet: StyleSheet) -> dict[str, NumberedList]:
    families = {
        each.get(WORD + "abstractNumId", ""): each for each in root.iter(WORD + "abstractNum")
    }
    lists = {each.get(WORD + "numId", ""): each for each in root.iter(WORD + "num")}
    found = {}
    for key, each in lists.items():
        family = _family(value(each, "abstractNumId"), families, lists, sheet)
        levels = dict(_read_levels(families.get(family), sheet))
        restarts = {}
        for override in each.iter(WORD + "lvlOverride"):
            levels.update(_read_levels(override, sheet))
            at, start = to_number(override.get(WORD + "ilvl")), number(override, "startOverride")
            if at is not None and start is not None:
                restarts[at] = start
        found[key] = NumberedList(family, levels, restarts)
    return found


def _family(
    key: str | None, families: dict[str, Element], lists: dict[str, Element], sheet: StyleSheet
) -> str:
    """Follow a family that only names a list style to the one that holds its levels."""
    link = value(families.get(key or ""), "numStyleLink")
    if link is not None:
        named = nearest(sheet.chain(link), lambda format_: format_.list_key)
        key = value(lists.get(named or ""), "abstractNumId") or key
    return key or ""


def _read_levels(parent: Element | None, sheet: StyleSheet) -> dict[int, Level]:
    found = {}
    for each in () if parent is None else parent.iterchildren(WORD + "lvl"):
        at = to_number(each.get(WORD + "ilvl"))
        if at is not None and 0 <= at < _LEVELS:
            found[at] = _read_level(each, sheet)
    return found


def _read_level(element: Element, sheet: StyleSheet) -> Level:
    start = number(element, "start")
    text = below(element, "lvlText")
    return Level(
        start=1 if start is None else start,
        kind=value(element, "numFmt") or "decimal",
        pattern="" if text is None else text.get(WORD + "val", ""),
        restart=number(element, "lvlRestart"),
        legal=switch(element, "isLgl") or False,
        style=value(element, "pStyle") or "",
        fonts=sheet.fonts(below(element, "rPr")),
    )
