"""Text in which note marks stand as single placeholder characters until it is cut into blocks.

White space may be tidied freely while the placeholders stand in the text: the place of every
mark is read off at the very end, so it cannot drift.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.models import RawMark, Span

# A private-use character: `guard` removes it from the file's own text first.
PLACEHOLDER = "\ue000"

_COLUMN_GAP = re.compile(r" {3,}| *\t *")
_SPACES = re.compile(r" {2,}")
_BEFORE_PUNCTUATION = re.compile(rf" +({PLACEHOLDER}+) *(?=[.,;:!?)…])")
_BETWEEN_SPACES = re.compile(rf" +({PLACEHOLDER}+) ")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text with placeholders, and the key of the note that each of them calls, in order."""

    text: str
    keys: tuple[str, ...]


def guard(text: str) -> str:
    """Return the text without characters that could be taken for placeholders."""
    return text.replace(PLACEHOLDER, "")


def tidy(line: str) -> str:
    """Return a line with single spaces, wide gaps as tabs, and marks close to their word.

    >>> tidy("  đảng viên \ue000, qua đó  có")
    'đảng viên\ue000, qua đó có'
    """
    line = _COLUMN_GAP.sub("\t", line.strip(" "))
    line = _SPACES.sub(" ", line)
    line = _BEFORE_PUNCTUATION.sub(r"\1", line)
    return _BETWEEN_SPACES.sub(r"\1 ", line).strip(" ")


def take_marks(text: str, keys: Iterator[str]) -> tuple[str, tuple[RawMark, ...]]:
    """Return the text without placeholders and the marks where they stood.

    >>> take_marks("tăng\ue000.", iter(["7"]))
    ('tăng.', (RawMark(span=Span(start=4, end=4), key='7'),))
    """
    marks: list[RawMark] = []
    pieces = text.split(PLACEHOLDER)
    offset = 0
    for piece in pieces[:-1]:
        offset += len(piece)
        marks.append(RawMark(Span(offset, offset), next(keys)))
    return "".join(pieces), tuple(marks)
