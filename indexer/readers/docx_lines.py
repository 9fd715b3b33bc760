"""The text of one Word paragraph as it is printed, with placeholders where notes are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from indexer.models import RawMark
from indexer.readers.docx_fonts import Decode, decoded
from indexer.readers.docx_styles import Format, StyleSheet
from indexer.readers.docx_symbols import symbol
from indexer.readers.docx_xml import (
    MATH,
    RUN,
    TEXT_BOX,
    WORD,
    Element,
    below,
    children,
    is_on,
)
from indexer.readers.marked_text import PLACEHOLDER, guard, take_marks
from indexer.text.normalise import fold_characters

_TEXTS = frozenset({WORD + "t", MATH + "t"})
_MATH_FONT = "Cambria Math"
_SYMBOL = WORD + "sym"
_FIELD = WORD + "fldChar"
CALLS = {WORD + "footnoteReference": "f", WORD + "endnoteReference": "e"}
_FIXED = {
    WORD + "tab": "\t",
    WORD + "ptab": "\t",
    WORD + "cr": "\n",
    WORD + "noBreakHyphen": "-",
    WORD + "softHyphen": "\u00ad",
}
_LINE_END = re.compile(r"[\r\n]+")
_CALL_INSIDE_LETTER = re.compile(rf"(?<!{PLACEHOLDER})({PLACEHOLDER}+)([\u0300-\u036f]+)")
# Elements of a mark such as "(*)"; a bound, because a run may hold any number of calls.
_MAX_MARK = 10
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
class _Piece:
    text: str = ""
    bold: bool | None = None
    font: str = ""
    call: str = ""
    field: str = ""
    box: Element | None = None


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


def read_line(
    paragraph: Element, formats: tuple[Format, ...], sheet: StyleSheet, decode: Decode
) -> Line:
    """Return what is printed of a paragraph of these formats, without its list number.

    `decode` turns text printed in a font into the letters that it shows there.
    """
    pieces = _without_instructions(_pieces(paragraph, formats, sheet))
    bolds = [bool(piece.bold) for piece in pieces if piece.text.strip() and not piece.call]
    return Line(
        text=_decoded(pieces, decode),
        calls=tuple(piece.call for piece in pieces if piece.call),
        bold=all(bolds) if bolds else None,
        boxes=tuple(piece.box for piece in pieces if piece.box is not None),
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


def note_key(reference: Element) -> str:
    """Return the reader's name of the note that a reference calls: "f3", "e1"."""
    return CALLS[str(reference.tag)] + reference.get(WORD + "id", "")


def _decoded(pieces: Sequence[_Piece], decode: Decode) -> str:
    """Return the text of all pieces; neighbours of one font are decoded together.

    A letter of an old encoding may be spread over runs, and a note may be called between.
    """
    fonts: list[str] = []
    for piece in pieces:
        fonts.append(fonts[-1] if piece.call and fonts else piece.font)
    runs = groupby(zip(pieces, fonts, strict=True), key=lambda pair: pair[1])
    return "".join(
        decoded("".join(piece.text for piece, _ in run), font, decode) for font, run in runs
    )


def custom_marks(root: Element) -> dict[str, str]:
    """Return key → printed mark of the notes below `root` that have a mark of their own."""
    return {
        note_key(reference): _folded(islice(reference.itersiblings(), _MAX_MARK))
        for reference in root.iter(*CALLS)
        if _has_custom_mark(reference)
    }


def _folded(elements: Iterable[Element]) -> str:
    text = "".join(_text(element) or "" for element in elements)
    return fold_characters(decoded(text, "", lambda shown, _: shown)).strip()


def _has_custom_mark(reference: Element) -> bool:
    return is_on(reference.get(WORD + "customMarkFollows", "0"))


def _run(run: Element, formats: tuple[Format, ...], sheet: StyleSheet) -> Iterator[_Piece]:
    properties = below(run, "rPr")
    bold = sheet.is_bold(properties, formats)
    for piece in _pieces(run, formats, sheet):
        if piece.bold is not None or piece.call or not piece.text:
            yield piece
        else:
            font = piece.font or sheet.font(piece.text, properties, formats)
            yield replace(piece, bold=bold, font=font)


def _pieces(element: Element, formats: tuple[Format, ...], sheet: StyleSheet) -> Iterator[_Piece]:
    for child in children(element):
        if child.tag == RUN:
            yield from _run(child, formats, sheet)
        elif child.tag == TEXT_BOX:
            yield _Piece(box=child)
        elif child.tag == _FIELD:
            yield _Piece(field=child.get(WORD + "fldCharType", ""))
        elif child.tag in CALLS:
            yield _Piece(text=PLACEHOLDER, call=note_key(child))
            if _has_custom_mark(child):
                return  # the rest of this run is the mark itself
        elif child.tag == _SYMBOL:
            yield _Piece(text=_symbol(child), font=child.get(WORD + "font", ""))
        elif (text := _text(child)) is not None:
            yield _Piece(text=text, font=_MATH_FONT if child.tag == MATH + "t" else "")
        else:
            yield from _pieces(child, formats, sheet)


def _text(element: Element) -> str | None:
    """Return the characters an element stands for, None when it stands for none itself."""
    if element.tag in _TEXTS:
        return guard(_LINE_END.sub(" ", element.text or ""))
    if element.tag == WORD + "br":
        # A page or column break is layout: it may stand in the middle of a sentence.
        return " " if element.get(WORD + "type") in {"page", "column"} else "\n"
    return _symbol(element) if element.tag == _SYMBOL else _FIXED.get(str(element.tag))


def _symbol(element: Element) -> str:
    return guard(symbol(element.get(WORD + "font", ""), element.get(WORD + "char", "")))


def _without_instructions(pieces: Iterator[_Piece]) -> Sequence[_Piece]:
    """Drop what stands between the begin of a field and its result.

    A field that has no end in this paragraph drops nothing: better too much text than too little.
    """
    kept: list[_Piece] = []
    opened: list[int | None] = []
    for piece in pieces:
        if piece.field == "begin":
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
