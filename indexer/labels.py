"""The labels that number the parts of a Vietnamese report: `Phần thứ nhất`, `I-`, `3.1.`, `+`.

The order of divisions and their spelling follow Decree 30/2020/NĐ-CP, annex I (phần, chương,
mục, điều, khoản, điểm) and Guideline 36-HD/VPTW 2018 on documents of the Party; real reports
use them freely, so a label alone does not make a heading (see `outline`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.models import Span


class LabelKind(StrEnum):
    """What kind of sign stands in front of a paragraph."""

    PART = "part"
    APPENDIX = "appendix"
    CHAPTER = "chapter"
    MUC = "muc"
    ARTICLE = "article"
    LETTER = "letter"
    ROMAN = "roman"
    DECIMAL = "decimal"
    PAREN = "paren"
    ALPHA = "alpha"
    STAR = "star"
    DASH = "dash"
    PLUS = "plus"
    BULLET = "bullet"


# Signs that only mark an item; a smaller rank stands higher.
ITEM_RANK = {LabelKind.STAR: 1, LabelKind.DASH: 2, LabelKind.PLUS: 3, LabelKind.BULLET: 4}
DIVISIONS = frozenset({LabelKind.PART, LabelKind.APPENDIX, LabelKind.CHAPTER, LabelKind.MUC})

_ORDINALS = {
    word: value
    for value, words in enumerate(
        ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"), start=1
    )
    for word in (words,)
} | {"một": 1, "nhì": 2, "bốn": 4}
_ORDINAL = "|".join(_ORDINALS)
_NUMBER = rf"(?:thứ\s+)?(?:{_ORDINAL}|[IVXLC]+|\d{{1,3}})"
_END = r"(?=[\s.:,\-–—]|$)"
_PATTERNS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    (LabelKind.PART, re.compile(rf"phần\s+(?P<n>{_NUMBER}){_END}[.:]?", re.I)),
    (LabelKind.CHAPTER, re.compile(rf"chương\s+(?P<n>{_NUMBER}){_END}[.:]?", re.I)),
    (LabelKind.MUC, re.compile(rf"mục\s+(?P<n>{_NUMBER}){_END}[.:]?", re.I)),
    (
        LabelKind.APPENDIX,
        re.compile(rf"phụ\s+lục(?:\s+(?:số\s+)?(?P<n>{_NUMBER}{_END}))?[.:]?", re.I),
    ),
    (LabelKind.ARTICLE, re.compile(r"điều\s+(?P<n>\d{1,3})[.:]", re.I)),
    (LabelKind.ROMAN, re.compile(r"(?P<n>[IVX]{1,6})\s*[-–./)]+(?=\s|[^\W\d_a-zà-ỹđ](?!\.))")),
    (LabelKind.LETTER, re.compile(r"(?P<n>[A-ZĐ])\s?[-–.)]+(?=\s)")),
    (LabelKind.DECIMAL, re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2})+)[.)]?(?=\s)")),
    (LabelKind.DECIMAL, re.compile(r"(?P<n>\d{1,2})\s?(?:[.)/]|[-–](?=\s))(?=\s*[^\W\d_“\"])")),
    (LabelKind.PAREN, re.compile(r"\(\s?(?P<n>\d{1,3})\s?\)\s?[-–.:]?")),
    (LabelKind.ALPHA, re.compile(r"(?P<n>[a-zđ])\s?[).](?=\s)")),
    (LabelKind.ALPHA, re.compile(r"\((?P<n>[a-zđ])\)")),
    (LabelKind.STAR, re.compile(r"\*+(?=\s*\S)")),
    (LabelKind.DASH, re.compile(r"[-–—](?=\s*\S)")),
    (LabelKind.PLUS, re.compile(r"\+(?=\s*\S)")),
    (LabelKind.BULLET, re.compile(r"[•●▪◦○■□➢✓](?=\s*\S)|o(?=\s)")),
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a text: its kind, its numbers, its span, where the rest starts.

    `value` is empty for items and for an appendix without a number.
    """

    kind: LabelKind
    value: tuple[int, ...]
    span: Span
    rest: int

    @property
    def depth(self) -> int:
        """Return how many numbers the label has: 2 for `3.1.`."""
        return len(self.value)


def parse_label(text: str) -> Label | None:
    """Return the label that a paragraph begins with, or None.

    >>> label = parse_label("3.1. Phát huy vai trò")
    >>> label.kind.value, label.value, label.rest
    ('decimal', (3, 1), 5)
    >>> parse_label("30.000 lượt khách") is None
    True
    """
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        rest = match.end()
        while rest < len(text) and text[rest] in " \t":
            rest += 1
        if kind in DIVISIONS and not _is_division(text, match.group(), rest):
            return None
        number = match.groupdict().get("n") or ""
        return Label(kind, _value(kind, number), Span(0, match.end()), rest)
    return None


def _is_division(text: str, label: str, rest: int) -> bool:
    """Tell `Phần thứ nhất` from a sentence that begins `Phần một số …` or `Mục 3 của …`."""
    if not label[0].isupper():
        return False
    following = text[rest : rest + 1].lstrip("-–—:. ")
    return not following or not following.islower()


def _value(kind: LabelKind, number: str) -> tuple[int, ...]:
    if not number:
        return ()
    if kind is LabelKind.DECIMAL:
        return tuple(int(part) for part in number.split("."))
    if kind in (LabelKind.LETTER, LabelKind.ALPHA):
        return (_alphabet_index(number),)
    last = number.split()[-1]
    if last.isdigit():
        return (int(last),)
    if last.lower() in _ORDINALS:
        return (_ORDINALS[last.lower()],)
    return (_roman(last.upper()),)


def _alphabet_index(letter: str) -> int:
    return "abcdđeghiklmnopqrstuvxyfjwz".index(letter.lower()) + 1


def _roman(number: str) -> int:
    total = 0
    for here, following in zip(number, [*number[1:], ""], strict=True):
        value = _ROMAN_VALUES[here]
        total += -value if following and _ROMAN_VALUES[following] > value else value
    return total
