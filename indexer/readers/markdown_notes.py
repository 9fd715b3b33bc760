"""Notes written as in Markdown: `tăng[^7].` and, on a line of its own, `[^7]: Đạt 5 tỷ đồng`."""

from __future__ import annotations

import re

from indexer.models import RawNote
from indexer.readers.marked_text import PLACEHOLDER, MarkedText, guard, take_marks, tidy

_MARK = re.compile(r"\[\^([^\]\s^]+)\](?!:)")
_BODY = re.compile(r" {0,3}\[\^([^\]\s^]+)\]:[ \t]*(.*)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_INDENT = ("  ", "\t")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


def has_bodies(text: str) -> bool:
    """Say whether a line of the text is the body of a note in this form.

    >>> has_bodies("tăng[^1].\\n\\n[^1]: Đạt 5 tỷ đồng"), has_bodies("[^1] tăng")
    (True, False)
    """
    return "[^" in text and any(map(_BODY.match, text.split("\n")))


def take_notes(text: str) -> tuple[MarkedText, tuple[RawNote, ...], tuple[str, ...]]:
    """Return the text without note bodies, the notes in order, and warnings.

    The lines below a body that stand further in belong to it. Of two bodies of one name the
    second stays in the text, because no mark can call it.
    """
    kept: list[str] = []
    bodies: dict[str, list[str]] = {}
    warnings = []
    inside: list[str] | None = None
    fenced = False
    for line in guard(text).split("\n"):
        fenced ^= _FENCE.match(line) is not None
        opening = None if fenced else _BODY.match(line)
        if opening is not None and opening[1] not in bodies:
            inside = bodies.setdefault(opening[1], [opening[2]])
        elif inside is not None and line.strip() and line.startswith(_INDENT):
            inside.append(line.strip())
        else:
            # A body goes on behind an empty line when the next one stands further in.
            inside = inside if not line.strip() else None
            kept.append(line)
            if opening is not None:
                warnings.append(f"Có hai chú thích cùng tên {opening[1]}; bản sau để lại ở chỗ cũ.")
    notes = tuple(_note(key, " ".join(body)) for key, body in bodies.items())
    return _mark("\n".join(kept)), notes, tuple(warnings)


def plain(line: str) -> str:
    """Return a line without the signs that make its text bold or keep signs from doing so.

    >>> plain("Thu **tăng**: 5 \\\\* 3 = 15")
    'Thu tăng: 5 * 3 = 15'
    """
    return tidy(_ESCAPED.sub(r"\1", _BOLD.sub(r"\2", line.strip())))


def is_bold(line: str) -> bool:
    """Say whether all of a line is bold, the marks of notes aside.

    >>> is_bold("**KẾT QUẢ**"), is_bold("Thu **tăng**")
    (True, False)
    """
    return _BOLD.fullmatch(line.replace(PLACEHOLDER, "").strip()) is not None


def _mark(text: str) -> MarkedText:
    keys = tuple(match.group(1) for match in _MARK.finditer(text))
    return MarkedText(_MARK.sub(PLACEHOLDER, text), keys)


def _note(key: str, body: str) -> RawNote:
    marked = _mark(" ".join(body.split()))
    text, marks = take_marks(plain(marked.text), iter(marked.keys))
    # A name that is no number is not printed: such notes are numbered by their order.
    return RawNote(key=key, text=text, label=key if key.isdigit() else "", marks=marks)
