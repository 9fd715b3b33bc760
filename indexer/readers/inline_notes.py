"""Notes written into the text: `tăng[footnoteRef:7].` and, after it, `[7:  Đạt 5 tỷ đồng]`.

This is how Apache POI prints Word footnotes as plain text (apache/poi pull request 3).
"""

from __future__ import annotations

import re

from indexer.models import RawNote
from indexer.readers.marked_text import PLACEHOLDER, MarkedText, guard, take_marks, tidy

_MARK = re.compile(r"\[footnoteRef:(\w+)\]")
# The parentheses belong to the marks when they hold nothing else: "quy định([footnoteRef:28]);".
_WRAPPED = re.compile(r"\(\s*((?:\[footnoteRef:\w+\][\s,;]*)+)\)")
_BODY_START = re.compile(r"\[(\w+):")
_BRACKET = re.compile(r"[\[\]]")
# Word's bookmarks, printed by the same converter: "[bookmark: _GoBack]2. Quy hoạch".
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
_EMPTY_PARENTHESES = re.compile(r"^\(\s*\)\s*")


def has_marks(text: str) -> bool:
    """Say whether the text calls notes in this form.

    >>> has_marks("doanh thu tăng[footnoteRef:1].")
    True
    """
    return _MARK.search(text) is not None


def take_notes(text: str) -> tuple[MarkedText, tuple[RawNote, ...], tuple[str, ...]]:
    """Return the text without note bodies, the notes in order, and warnings.

    Only brackets whose label is called somewhere are bodies; other brackets stay in the text.
    """
    text = _WRAPPED.sub(_unwrapped, _BOOKMARK.sub("", guard(text)))
    labels = {match.group(1) for match in _MARK.finditer(text)}
    body_text, bodies, warnings = _cut_bodies(text, labels)
    marked = _mark(body_text)
    notes = tuple(_note(label, body) for label, body in bodies)
    return marked, notes, warnings


def _unwrapped(match: re.Match[str]) -> str:
    return "".join(mark.group() for mark in _MARK.finditer(match.group(1)))


def _mark(text: str) -> MarkedText:
    keys = tuple(match.group(1) for match in _MARK.finditer(text))
    return MarkedText(_MARK.sub(PLACEHOLDER, text), keys)


def _note(label: str, body: str) -> RawNote:
    marked = _mark(_EMPTY_PARENTHESES.sub("", " ".join(body.split())))
    text, marks = take_marks(tidy(marked.text), iter(marked.keys))
    return RawNote(key=label, text=text, label=label, marks=marks)


def _cut_bodies(text: str, labels: set[str]) -> tuple[str, list[tuple[str, str]], tuple[str, ...]]:
    kept: list[str] = []
    bodies: list[tuple[str, str]] = []
    warnings: list[str] = []
    position = 0
    for start in _BODY_START.finditer(text):
        if start.start() < position or start.group(1) not in labels:
            continue
        end, closed = _end_of_body(text, start.start(), labels)
        if not closed:
            warnings.append(
                f"Chú thích {start.group(1)} không có dấu đóng ngoặc; đọc tới hết dòng."
            )
        kept.append(text[position : start.start()])
        bodies.append((start.group(1), text[start.end() : end].strip()))
        position = end + 1 if closed else end
    kept.append(text[position:])
    return "".join(kept), bodies, tuple(warnings)


def _end_of_body(text: str, start: int, labels: set[str]) -> tuple[int, bool]:
    """Return where the bracket opened at `start` closes, and that it does.

    A body that another body follows before it closes never closes: it ends with its line, or
    where the other begins.
    """
    depth = 0
    line_end = text.find("\n", start)
    for bracket in _BRACKET.finditer(text, start):
        position = bracket.start()
        if bracket.group() == "]":
            depth -= 1
            if depth == 0:
                return position, True
            continue
        opening = _BODY_START.match(text, position) if depth else None
        if opening is not None and opening.group(1) in labels:
            return position if line_end < 0 else min(line_end, position), False
        depth += 1
    return len(text) if line_end < 0 else line_end, False
