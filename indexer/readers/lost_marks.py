"""Notes whose marks were lost: each mark became a line break, bodies stand at the end.

The binary Word path that made such files leaves U+FFFD where a note's own number stood: before
each body, and inside a body where a note was called from a note. In the body of the report a
mark became a line break in mid-sentence. This module finds the bodies, joins the broken lines
and remembers the places; `indexer.footnotes` decides which place belongs to which body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from indexer.models import RawMark, RawNote, Span
from indexer.readers.marked_text import PLACEHOLDER, MarkedText, guard, tidy

_BODY_SIGN = "\ufffd"
_FURNITURE = re.compile(
    r"(?:PAGE\b.*|(?:Trang\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*/\s*\d{1,4})?)?$", re.I
)
_SENTENCE_END = tuple(".:;!?…")
_MIN_PROSE_WORDS = 6


class Break(IntEnum):
    """How surely a line break stands where a mark stood; NONE is an ordinary new line."""

    NONE = 0
    WRAPPED = 1
    FAINT = 2
    WEAK = 3
    STRONG = 4


@dataclass(frozen=True, slots=True)
class _Parts:
    body: tuple[str, ...]
    notes: tuple[str, ...]
    dropped: int


def has_bodies(text: str) -> bool:
    """Say whether the text ends with note bodies behind U+FFFD.

    >>> has_bodies("Doanh thu tăng\\n.\\n\\n\ufffd Đạt 5 tỷ đồng\\n")
    True
    """
    return bool(_split(text.split("\n")).notes)


def take_notes(text: str) -> tuple[MarkedText, tuple[RawNote, ...], tuple[str, ...]]:
    """Return the joined body with its candidate places, the notes in order, and warnings."""
    parts = _split(guard(text).split("\n"))
    notes = tuple(_note(order, body) for order, body in enumerate(parts.notes, start=1))
    marked = _join(parts.body, wanted=len(notes))
    warnings = []
    if parts.dropped:
        warnings.append(f"Bỏ {parts.dropped} dòng số trang nằm giữa các chú thích cuối tệp.")
    return marked, notes, tuple(warnings)


def join_lines(text: str) -> MarkedText:
    """Return a text without notes with its wrapped lines joined again.

    >>> join_lines("Công tác giảm nghèo được quan tâm thực hiện\\nvà đạt kết quả tốt.").text
    'Công tác giảm nghèo được quan tâm thực hiện và đạt kết quả tốt.'
    """
    return _join(tuple(guard(text).split("\n")), wanted=0)


def _split(lines: list[str]) -> _Parts:
    """Part the lines into the report and the bodies behind it."""
    first = _first_body(lines)
    if first is None:
        return _Parts(tuple(lines), (), 0)
    bodies, rest, dropped = _collect_bodies(lines[first:])
    return _Parts((*lines[:first], *rest), tuple(bodies), dropped)


def _is_signed(line: str) -> bool:
    return line.lstrip().startswith(_BODY_SIGN)


def _first_body(lines: list[str]) -> int | None:
    """Return the first line behind the sign from which on at least every other line has it."""
    first = None
    signed = filled = 0
    for at in range(len(lines) - 1, -1, -1):
        filled += bool(lines[at].strip())
        if _is_signed(lines[at]):
            signed += 1
            if 2 * signed >= filled:
                first = at
    return first


def _collect_bodies(lines: list[str]) -> tuple[list[str], list[str], int]:
    last = max(at for at, line in enumerate(lines) if _is_signed(line))
    bodies: list[list[str]] = []
    rest: list[str] = []
    dropped = 0
    adjacent = True
    for at, line in enumerate(lines):
        if _is_signed(line):
            body = line.strip().removeprefix(_BODY_SIGN).strip()
            if _FURNITURE.match(body):
                dropped += 1
            else:
                bodies.append([body])
        elif line.strip() and _FURNITURE.match(line.strip()):
            dropped += 1
        elif line.strip() and (at < last or adjacent) and bodies:
            bodies[-1].append(line.strip())
        else:
            rest.append(line)
        adjacent = bool(line.strip())
    return [" ".join(body) for body in bodies], rest, dropped


def _note(order: int, body: str) -> RawNote:
    text = tidy(" ".join(body.split()))
    # The sign stays in the text: a quotation that runs over it is still verbatim.
    marks = tuple(
        RawMark(Span(match.start(), match.end()), "") for match in re.finditer(_BODY_SIGN, text)
    )
    return RawNote(key=str(order), text=text, marks=marks)


def _join(lines: tuple[str, ...], *, wanted: int) -> MarkedText:
    """Join broken lines; a break becomes a mark when it is at least as sure as is wanted."""
    signed = sum(line.count(_BODY_SIGN) for line in lines)
    breaks = [_classify(before, line) for before, line in zip(("", *lines), lines, strict=False)]
    least = _least_sure(breaks, wanted - signed)
    pieces: list[str] = []
    for line, sure in zip(lines, breaks, strict=True):
        clean = (line.replace(_BODY_SIGN, PLACEHOLDER) if wanted else line).rstrip()
        if sure >= least:
            pieces += [PLACEHOLDER, clean]
        elif sure in (Break.STRONG, Break.WEAK, Break.WRAPPED):
            pieces.append(_glue(clean))
        else:
            pieces += ["\n", clean]
    text = "".join(pieces[1:])
    return MarkedText(text, ("",) * text.count(PLACEHOLDER))


def _least_sure(breaks: list[Break], wanted: int) -> int:
    """Return the least sureness of a break that is taken for a mark.

    Sure breaks are never left out to make the numbers agree: if three bodies were lost and three
    breaks are less sure than the rest, that would link almost every body to a wrong place.
    """
    if wanted <= 0:
        return Break.STRONG + 1
    if sum(sure >= Break.FAINT for sure in breaks) == wanted:
        return Break.FAINT
    return Break.WEAK


def _glue(line: str) -> str:
    return line if line[:1] in ".,;:!?)…" else " " + line.strip()


def _classify(before: str, line: str) -> Break:
    """Say what kind of break stands between two lines that follow each other."""
    if not line.strip() or not before.strip() or before.rstrip().endswith(_SENTENCE_END):
        return Break.NONE
    if line[0] in ".,;:)":
        return Break.STRONG
    if not _is_prose(before):
        return Break.NONE
    one_space = line[0] == " " and line[1:2] not in (" ", "\t")
    first = line.lstrip()[0]
    if one_space and (first.islower() or first.isdigit()):
        return Break.WEAK
    if first.islower() and line[0] not in " \t":
        return Break.WRAPPED
    if one_space and first.isupper() and _is_prose(line):
        return Break.FAINT
    return Break.NONE


def _is_prose(line: str) -> bool:
    return len(line.split()) >= _MIN_PROSE_WORDS and not line.isupper()
