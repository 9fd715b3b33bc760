"""The signs and words that part what a sentence says of one value from what it says of the next."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from indexer.models import Quantity, Span

_SEPARATOR = re.compile(
    r"(?P<semicolon>;)|(?P<colon>:)|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,)"
    r"|(?P<dash>(?<=\s)[–—](?=\s))"
    r"|(?P<part>\b(?:trong đó|trong số đó|bao gồm|gồm|riêng|cụ thể(?! h[oó]))\b)"
    r"|(?P<with>\b(?:cùng với|với)\b)|(?P<and>\b(?:và|đồng thời|còn lại là)\b)",
    re.I,
)
_ENCLOSED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|“[^“”]*”|\"[^\"]*\"")
_SIGNS = re.compile(r"[,;:()]")
_PLACED = frozenset({"colon", "open", "close", "semicolon", "part"})


class Enumeration(Enum):
    """Whether a value begins the parts of the one before: after `trong đó`, or after a colon."""

    NONE = auto()
    PART = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign or word that parts statements: its kind (`comma`, `with` …) and its place."""

    kind: str
    span: Span

    def word(self, text: str) -> str:
        """Return the mark as it stands in its text, in small letters."""
        return self.span.of(text).lower()


def without_asides(sentence: str, quantities: Sequence[Quantity]) -> str:
    """Return the sentence with blanks for brackets without a value and signs in quotations."""
    starts = [quantity.span.start for quantity in quantities]

    def blank(match: re.Match[str]) -> str:
        inside = bisect_left(starts, match.start())
        holds = inside < len(starts) and starts[inside] < match.end()
        text = match.group()
        if text[0] in "([":
            return text if holds else " " * len(text)
        return text if holds else _SIGNS.sub(" ", text)

    return _ENCLOSED.sub(blank, sentence)


def find_marks(text: str, quantities: Sequence[Quantity]) -> list[Mark]:
    """Return the marks of a text, in order; a sign inside a number is none."""
    starts = [quantity.span.start for quantity in quantities]

    def inside(match: re.Match[str]) -> bool:
        at = bisect_left(starts, match.end()) - 1
        return at >= 0 and match.start() < quantities[at].span.end

    return [
        Mark(str(match.lastgroup), Span(*match.span()))
        for match in _SEPARATOR.finditer(text)
        if not inside(match) and not _in_number(text, match)
    ]


def _in_number(text: str, match: re.Match[str]) -> bool:
    around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    return match.lastgroup in ("comma", "colon") and len(around) == 2 and around.isdigit()


def depth_of(marks: Sequence[Mark]) -> int:
    """Return how many brackets are open after some marks."""
    depth = 0
    for mark in marks:
        depth += (mark.kind == "open") - (mark.kind == "close" and depth > 0)
    return depth


def group_of(marks: Sequence[Mark]) -> int:
    """Return how many semicolons outside brackets stand among some marks."""
    return sum(
        mark.kind == "semicolon" and depth_of(marks[:at]) == 0 for at, mark in enumerate(marks)
    )


def headers_of(
    text: str, marks: Sequence[Mark], quantities: Sequence[Quantity]
) -> list[tuple[Span, ...]]:
    """Return for each value the words before the colons that it stands under, innermost first."""
    starts = [quantity.span.start for quantity in quantities]
    stacks: list[list[Span]] = [[]]
    found: list[tuple[Span, ...]] = []
    begin, after_semicolon = 0, False
    for mark in (*marks, Mark("end", Span(len(text), len(text)))):
        while len(found) < len(starts) and starts[len(found)] < mark.span.start:
            found.append(tuple(header for stack in reversed(stacks) for header in reversed(stack)))
        if mark.kind == "colon":
            valued = any(begin <= start < mark.span.start for start in starts)
            if valued or after_semicolon:
                del stacks[-1][-1:]
            if not valued and text[begin : mark.span.start].strip():
                stacks[-1].append(Span(begin, mark.span.start))
        elif mark.kind == "open":
            stacks.append([])
        elif mark.kind == "close" and len(stacks) > 1:
            stacks.pop()
        if mark.kind in _PLACED:
            begin = mark.span.end
            after_semicolon = mark.kind == "semicolon"
    return found


def enumeration_of(before: Sequence[Mark], floor: int) -> Enumeration:
    """Say what between the value before and this one makes it a part of that one."""
    kinds = [mark.kind for mark in before if mark.span.start >= floor]
    parted = "semicolon" in kinds
    if parted:
        kinds = kinds[len(kinds) - kinds[::-1].index("semicolon") :]
    if "colon" in kinds and ("part" in kinds or (kinds[0] == "colon" and not parted)):
        return Enumeration.LIST
    return Enumeration.PART if "part" in kinds else Enumeration.NONE
