"""The text of one Word paragraph as it is printed, with placeholders where notes are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from indexer.models import RawMark
from indexer.readers.docx_fonts import Decode, decoded
from indexer.readers.docx_pieces import Piece, pieces
from indexer.readers.docx_styles import Format, StyleSheet
from indexer.readers.docx_xml import Element
from indexer.readers.marked_text import PLACEHOLDER, guard, take_marks
from indexer.text.legacy import encoding_of_font
from indexer.text.normalise import fold_characters

_CALL_INSIDE_LETTER = re.compile(rf"(?<!{PLACEHOLDER})({PLACEHOLDER}+)([\u0300-\u036f]+)")
_FONTS_REMEMBERED = 1024
_EDGE = " \t\n" + PLACEHOLDER


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or several joined: text with placeholders, and the notes they call.

    `bold` is None when there is no text that could be bold; `boxes` are the text boxes that
    hang on it.
    """

    text: str = ""
    calls: tuple[str, ...] = ()
    bold: bool | None = None
    boxes: tuple[Element, ...] = ()

    def labelled(self, label: str) -> Line:
        """Return the line with its printed list number in front."""
        return replace(self, text=f"{guard(label)} {self.text.lstrip()}") if label else self


@dataclass(frozen=True, slots=True)
class Printed:
    """What a paragraph shows as it stands in the file: its text by fonts, not yet decoded."""

    runs: tuple[tuple[str, str], ...] = ()
    calls: tuple[str, ...] = ()
    bold: bool | None = None
    boxes: tuple[Element, ...] = ()

    def line(self, decode: Decode) -> Line:
        """Return the line; `decode` turns text in a font into the letters it shows there."""
        text = "".join(decoded(text, font, decode) for text, font in self.runs)
        return Line(text, self.calls, self.bold, self.boxes)


def join_lines(separator: str, lines: Iterable[Line]) -> Line:
    """Return one line of all these; joined by nothing they run on, spaces and all."""
    held = [line for line in lines if line.text.strip() or line.boxes]
    shown = [line.text.strip() if separator else line.text for line in held]
    bolds = [line.bold for line in held if line.bold is not None]
    return Line(
        text=separator.join(filter(None, shown)),
        calls=tuple(call for line in held for call in line.calls),
        bold=all(bolds) if bolds else None,
        boxes=tuple(box for line in held for box in line.boxes),
    )


def read_printed(paragraph: Element, formats: tuple[Format, ...], sheet: StyleSheet) -> Printed:
    """Return what is printed of a paragraph of these formats, without its list number."""
    shown = _without_instructions(pieces(paragraph, formats, sheet))
    bolds = [bool(piece.bold) for piece in shown if piece.text.strip() and not piece.call]
    return Printed(
        runs=_runs(shown),
        calls=tuple(piece.call for piece in shown if piece.call),
        bold=all(bolds) if bolds else None,
        boxes=tuple(piece.box for piece in shown if piece.box is not None),
    )


def settle(line: Line) -> tuple[str, tuple[RawMark, ...]]:
    """Return the folded text of a line, and its marks at their places in that text."""
    folded = fold_characters(line.text)
    # A call between a letter and its tone mark would keep the two from becoming one.
    moved = _CALL_INSIDE_LETTER.sub(r"\2\1", folded)
    if moved != folded:
        folded = fold_characters(moved)
    core = folded.strip(_EDGE)
    before = len(folded) - len(folded.lstrip(_EDGE))
    front = PLACEHOLDER * folded.count(PLACEHOLDER, 0, before)
    back = PLACEHOLDER * folded.count(PLACEHOLDER, before + len(core))
    return take_marks(front + core + back, iter(line.calls))


def _runs(shown: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """Return the text of all pieces with its fonts; neighbours that draw alike are one run.

    A letter of an old encoding may be spread over runs, and a note may be called between.
    """
    fonts: list[str] = []
    for piece in shown:
        goes_on = fonts and (piece.call or _draw_alike(fonts[-1], piece.font))
        fonts.append(fonts[-1] if goes_on else piece.font)
    runs = groupby(zip(shown, fonts, strict=True), key=itemgetter(1))
    return tuple(("".join(piece.text for piece, _ in run), font) for font, run in runs)


@lru_cache(_FONTS_REMEMBERED)
def _draw_alike(one: str, other: str) -> bool:
    drawn = encoding_of_font(one)
    return drawn is not None and drawn == encoding_of_font(other)


def _without_instructions(shown: Iterator[Piece]) -> Sequence[Piece]:
    """Drop what stands between the begin of a field and its result.

    A field that has no end in this paragraph drops nothing: better too much text than too little.
    """
    kept: list[Piece] = []
    opened: list[int | None] = []
    for piece in shown:
        if piece.field == "begin":
            # What a form field shows is no part of its instruction.
            kept += [piece] if piece.text else []
            opened.append(len(kept))
        elif piece.field in {"separate", "end"} and opened:
            start = opened.pop()
            if start is not None:
                del kept[start:]
            if piece.field == "separate":
                opened.append(None)
        elif not piece.field:
            kept.append(piece)
    return kept
