"""Marked text for templates: verbatim pieces, what was found in them, where notes are called.

Pure functions only. Templates print the pieces one after another and decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from indexer.layout import CELL_GAP
from indexer.models import Document, Passage, PassageKind, Span
from search_app.languages import gettext as _
from search_app.languages import language

LOST_MARK = "\N{REPLACEMENT CHARACTER}"
EXCERPT_OVER = 560
_CONTEXT = 150
_WORD = re.compile(r"\S+")
_COLUMN_GAP = re.compile(rf"\t|{re.escape(CELL_GAP)}")
_NUMBER_WITH_UNIT = re.compile(
    r"\d[\d.,/]* (?:%|‰|(?:tỷ|tỉ|triệu|nghìn|ngàn|trăm)(?: đồng| USD| lượt| người)?|đồng|USD|ha|"
    r"km2?|km²|m2|m²|m3|m³|m|tấn|tạ|kg|lít|kWh|MW|hộ|người|lượt|căn|năm|lần|điểm)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A place where a note is called. `order` counts the calls of one note from 1.

    `title` is what a reader is told about the mark; `opens` says whether there is a note to open.
    """

    span: Span
    number: int
    label: str
    title: str
    order: int = 1
    opens: bool = True


class Piece(NamedTuple):
    """A run of text: plain or highlighted; or, with a `mark`, the small number of a note."""

    text: str
    highlighted: bool = False
    mark: NoteMark | None = None


def pieces(
    text: str,
    highlights: Sequence[Span] = (),
    marks: Sequence[NoteMark] = (),
    window: Span | None = None,
) -> list[Piece]:
    """Return the text (or a window of it) cut where a highlight or a mark begins or ends.

    A lost mark (U+FFFD) that no note claims becomes a mark that only says so.

    >>> [(piece.text, piece.highlighted) for piece in pieces("hộ nghèo còn 2%", [Span(0, 8)])]
    [('hộ nghèo', True), (' còn 2%', False)]
    """
    window = window or Span(0, len(text))
    result: list[Piece] = []
    position = window.start
    for mark in _inside([*marks, *_lost(text, marks)], window):
        result += _runs(text, highlights, Span(position, mark.span.start))
        result.append(Piece(mark.label, highlighted=False, mark=mark))
        position = max(position, mark.span.end)
    return result + list(_runs(text, highlights, Span(position, window.end)))


def _inside(marks: Iterable[NoteMark], window: Span) -> list[NoteMark]:
    return sorted((m for m in marks if window.holds(m.span)), key=lambda mark: mark.span)


def _lost(text: str, marks: Sequence[NoteMark]) -> Iterator[NoteMark]:
    known = {mark.span.start for mark in marks if mark.span.end > mark.span.start}
    for at, letter in enumerate(text):
        if letter == LOST_MARK and at not in known:
            yield NoteMark(Span(at, at + 1), 0, "*", _lost_title(), opens=False)


def _lost_title() -> str:
    return _("Ở đây bản gốc có một dấu chú thích mà tệp không giữ lại.")


def _runs(text: str, highlights: Sequence[Span], window: Span) -> Iterator[Piece]:
    position = window.start
    for span in sorted(highlights):
        start, end = max(span.start, position), min(span.end, window.end)
        if start >= end:
            continue
        if position < start:
            yield Piece(text[position:start])
        yield Piece(text[start:end], highlighted=True)
        position = end
    if position < window.end:
        yield Piece(text[position : window.end])


def excerpt(text: str, highlights: Sequence[Span], limit: int = EXCERPT_OVER) -> tuple[Span, ...]:
    """Return the windows of a long text that show every highlight, cut between words.

    A text up to `limit` characters is one window. Windows that nearly touch are one.

    >>> [span.of("một hai ba bốn") for span in excerpt("một hai ba bốn", [Span(4, 7)])]
    ['một hai ba bốn']
    """
    if len(text) <= limit:
        return (Span(0, len(text)),)
    wanted = [Span(s.start - _CONTEXT, s.end + _CONTEXT) for s in sorted(highlights)]
    windows: list[Span] = []
    for span in wanted or [Span(0, 2 * _CONTEXT)]:
        cut = _whole_words(text, span)
        if windows and cut.start - windows[-1].end < _CONTEXT // 3:
            windows[-1] = Span(windows[-1].start, max(cut.end, windows[-1].end))
        else:
            windows.append(cut)
    covered = sum(window.end - window.start for window in windows)
    # What leaves out next to nothing only makes people click.
    return tuple(windows) if covered < 0.8 * len(text) else (Span(0, len(text)),)


def _whole_words(text: str, span: Span) -> Span:
    start, end = max(span.start, 0), min(span.end, len(text))
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    # The ends of the text are near: showing them costs less than an ellipsis.
    start = 0 if start < _CONTEXT // 5 else start
    end = len(text) if len(text) - end < _CONTEXT // 5 else end
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def note_marks(document: Document, passage: Passage) -> tuple[NoteMark, ...]:
    """Return where notes are called in a passage; spans count in the passage's text."""
    found = []
    for note in document.footnotes:
        nested = passage.kind is PassageKind.FOOTNOTE and note.parent == passage.footnote
        if not (nested or note.number in passage.footnotes):
            continue
        title = _("Chú thích %(label)s", label=note.label)
        # It was written in Vietnamese when the file was read; the list of notes has it too.
        title += f": {note.reason}" if note.reason and language() == "vi" else ""
        for order, span in enumerate(note.marks, start=1):
            if passage.span.holds(span):
                place = span.shift(-passage.span.start)
                opens = note.body is not None
                found.append(NoteMark(place, note.number, note.label, title, order, opens))
    return tuple(found)


def shifted(marks: Iterable[NoteMark], span: Span) -> tuple[NoteMark, ...]:
    """Return the marks that stand in a part of their text, counted from where it begins."""
    return tuple(
        NoteMark(m.span.shift(-span.start), m.number, m.label, m.title, m.order, m.opens)
        for m in marks
        if span.holds(m.span)
    )


def clipped(highlights: Iterable[Span], span: Span) -> tuple[Span, ...]:
    """Return what of the highlights lies in a part of their text, counted from where it begins.

    >>> clipped([Span(0, 4), Span(6, 9)], Span(2, 8))
    (Span(start=0, end=2), Span(start=4, end=6))
    """
    both = (Span(max(h.start, span.start), min(h.end, span.end)) for h in highlights)
    return tuple(h.shift(-span.start) for h in both if h.start < h.end)


def lines(text: str) -> list[list[Span]]:
    """Return the lines of a letterhead or closing, each as the columns that tabs or cells make.

    >>> [[span.of("A\\tB\\nC | D") for span in line] for line in lines("A\\tB\\nC | D")]
    [['A', 'B'], ['C', 'D']]
    """
    result: list[list[Span]] = []
    for line in re.finditer(r"[^\n]+", text):
        starts = [0, *(gap.end() for gap in _COLUMN_GAP.finditer(line.group()))]
        ends = [*(gap.start() for gap in _COLUMN_GAP.finditer(line.group())), len(line.group())]
        columns = map(Span, starts, ends)
        spans = [column.shift(line.start()) for column in columns]
        result.append([span for span in spans if span.of(text).strip()])
    return [line for line in result if line]


def keep_units(text: str) -> Markup:
    """Return the text escaped, with numbers held together with their units.

    >>> str(keep_units("đạt 2,5 % <ổn>"))
    'đạt <span class="num">2,5 %</span> &lt;ổn&gt;'
    """
    parts = [Markup()]
    position = 0
    for found in _NUMBER_WITH_UNIT.finditer(text):
        parts.append(Markup("{}").format(text[position : found.start()]))
        parts.append(Markup('<span class="num">{}</span>').format(found.group()))
        position = found.end()
    parts.append(Markup("{}").format(text[position:]))
    return Markup("").join(parts)


def note_signs(text: str) -> Markup:
    """Return a text escaped, with a small sign wherever the file lost the number of a note.

    >>> str(note_signs("a < b")), "<sup" in note_signs(f"đạt 5%{LOST_MARK}")
    ('a &lt; b', True)
    """
    sign = Markup('<sup class="sign sign-lost" title="{}">*</sup>').format(_lost_title())
    return Markup(escape(text)).replace(LOST_MARK, sign)


def teaser(text: str, words: int = 12) -> str:
    """Return the first words of a text, with an ellipsis when there are more.

    >>> teaser("một hai ba", 2)
    'một hai…'
    """
    found = list(_WORD.finditer(text.replace(LOST_MARK, " ")))
    if len(found) <= words:
        return text.replace(LOST_MARK, "")
    return text[: found[words - 1].end()].rstrip(",;:. ").replace(LOST_MARK, "") + "…"
