"""The pieces of one Word paragraph in order: text in its fonts, calls of notes, fields, boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from indexer.readers.docx_fonts import decoded
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
    number,
    switch,
)
from indexer.readers.marked_text import PLACEHOLDER, guard
from indexer.readers.raised import subscript, superscript
from indexer.text.normalise import fold_characters

# A cross-reference to a note, put in by `docx_note_references`.
CROSS_CALL = "{vankien}call"
CALLS = {WORD + "footnoteReference": "f", WORD + "endnoteReference": "e"}
_TEXTS = frozenset({WORD + "t", MATH + "t"})
# A font of no old encoding: raised digits in one would be decoded as its letters.
_UNICODE_FONT = "Cambria Math"
_SYMBOL = WORD + "sym"
_FIELD = WORD + "fldChar"
_FIXED = {
    WORD + "tab": "\t",
    WORD + "ptab": "\t",
    WORD + "cr": "\n",
    WORD + "noBreakHyphen": "-",
    WORD + "softHyphen": "\u00ad",
}
_LINE_END = re.compile(r"[\r\n]+")
_MATH_PLACES = {MATH + "sup": "superscript", MATH + "sub": "subscript"}
_FRACTION = frozenset({MATH + "num", MATH + "den"})
_ONE_TERM = re.compile(r"[\w.,%]*")
_SHIFTS = {"superscript": superscript, "subscript": subscript}
_LONGEST_RAISED = 20
_DIGIT = re.compile(r"\d")
_PLAIN_SIGN = re.compile(r"[!-~]")
_BOXES = {True: "☒", False: "☐"}

# Elements and letters of a mark such as "(*)"; bounds, because a run may hold anything.
_MAX_MARK = 10
_MARK_SIGNS = r"(?:[^\w\s()\[\]]{1,6}|\d{1,3}(?!\w)|[^\W\d_](?!\w))"
_MARK = re.compile(rf"\s*(?:\({_MARK_SIGNS}\)|\[{_MARK_SIGNS}\]|{_MARK_SIGNS}\)?)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: text (of a call: its placeholder), the end of a field, or a box.

    `bold` is None and `font` empty until the run is known that it stands in.
    """

    text: str = ""
    bold: bool | None = None
    font: str = ""
    call: str = ""
    field: str = ""
    box: Element | None = None


def pieces(element: Element, formats: tuple[Format, ...], sheet: StyleSheet) -> Iterator[Piece]:
    """Yield what is printed below `element`, a paragraph of these formats, or a part of one."""
    mark = 0
    for child in children(element):
        if child.tag == RUN:
            yield from _run(child, formats, sheet)
        elif (own := _own(child)) is None:
            yield from _inside(child, formats, sheet)
        elif mark and own.text and not own.call:
            # What begins behind the call is the mark that is printed for it.
            if own.text[mark:]:
                yield replace(own, text=own.text[mark:])
            mark = max(0, mark - len(own.text))
        else:
            yield own
            mark = len(_own_mark(child)) if _has_custom_mark(child) else mark


def note_key(reference: Element) -> str:
    """Return the reader's name of the note that a reference calls: "f3", "e1"."""
    return CALLS[str(reference.tag)] + reference.get(WORD + "id", "")


def custom_marks(root: Element) -> dict[str, str]:
    """Return key → printed mark of the notes below `root` that have a mark of their own."""
    return {
        note_key(reference): _folded(_own_mark(reference))
        for reference in root.iter(*CALLS)
        if _has_custom_mark(reference)
    }


def _run(run: Element, formats: tuple[Format, ...], sheet: StyleSheet) -> Iterator[Piece]:
    properties = below(run, "rPr")
    hidden = sheet.is_hidden(properties, formats)
    bold = sheet.is_bold(properties, formats)
    for piece in pieces(run, formats, sheet):
        if hidden and not piece.field:
            continue
        if piece.bold is not None or piece.call or piece.field or not piece.text:
            yield piece
            continue
        # Asked for short ASCII only: no other text is raised, and it is asked for every run.
        can_move = len(piece.text) <= _LONGEST_RAISED and piece.text.isascii()
        place = sheet.place(properties) if can_move else ""
        shown = _shifted(piece, place) if place else piece
        font = shown.font or sheet.font(shown.text, properties, formats)
        yield Piece(shown.text, bold, font)


def _own(element: Element) -> Piece | None:
    """Return the piece that an element is, None when it is none but may hold some."""
    if element.tag == TEXT_BOX:
        return Piece(box=element)
    if element.tag == _FIELD:
        return Piece(_chosen(element), field=element.get(WORD + "fldCharType", ""))
    if element.tag == CROSS_CALL:
        return Piece(PLACEHOLDER, call=element.get("key", ""))
    if element.tag in CALLS:
        return Piece(PLACEHOLDER, call=note_key(element))
    text = _text(element)
    if text is None:
        return None
    if element.tag == _SYMBOL:
        return Piece(text, font=element.get(WORD + "font", ""))
    return Piece(text, font=_UNICODE_FONT if element.tag == MATH + "t" else "")


def _inside(element: Element, formats: tuple[Format, ...], sheet: StyleSheet) -> Iterator[Piece]:
    """Yield what an element holds; parts of a formula as they can be told apart in one line."""
    found = pieces(element, formats, sheet)
    place = _MATH_PLACES.get(str(element.tag), "")
    if place:
        yield from (_shifted(piece, place) for piece in found)
    elif element.tag in _FRACTION:
        single = _ONE_TERM.fullmatch("".join(map(str, element.itertext())))
        before, after = ("", "") if single else ("(", ")")
        sign = "/" if element.tag == MATH + "den" else ""
        yield Piece(sign + before, font=_UNICODE_FONT)
        yield from found
        yield Piece(after, font=_UNICODE_FONT)
    else:
        yield from found


def _shifted(piece: Piece, place: str) -> Piece:
    """Return a raised or lowered piece in signs that stay so; text beyond ASCII stays."""
    change = _SHIFTS.get(place)
    if change is None or piece.call or not piece.text.isascii():
        return piece
    text = change(piece.text)
    # The brackets of "(*)" or "(a)" alone are not worth raising.
    is_whole = _DIGIT.search(piece.text) or not _PLAIN_SIGN.search(text)
    return replace(piece, text=text, font=_UNICODE_FONT) if is_whole and text.strip() else piece


def _chosen(field: Element) -> str:
    """Return what the form field that begins here shows, where its text does not say it."""
    if (choices := below(field, "ffData/ddList")) is not None:
        entries = [each.get(WORD + "val", "") for each in choices.iterchildren(WORD + "listEntry")]
        at = number(choices, "result")
        at = (number(choices, "default") or 0) if at is None else at
        return guard(entries[at]) if 0 <= at < len(entries) else ""
    if (box := below(field, "ffData/checkBox")) is not None:
        is_checked = switch(box, "checked")
        return _BOXES[bool(switch(box, "default") if is_checked is None else is_checked)]
    return ""


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


def _has_custom_mark(element: Element) -> bool:
    return element.tag in CALLS and is_on(element.get(WORD + "customMarkFollows", "0"))


def _own_mark(reference: Element) -> str:
    """Return the mark behind a reference: what looks like one, or all if it is that short."""
    said = _said(islice(reference.itersiblings(), _MAX_MARK))
    found = _MARK.match(said)
    if found:
        return found[0]
    return said if len(said.strip()) <= _MAX_MARK else ""


def _said(elements: Iterable[Element]) -> str:
    return "".join(_text(element) or "" for element in elements)


def _folded(mark: str) -> str:
    return fold_characters(decoded(mark, "", lambda shown, _: shown)).strip()
