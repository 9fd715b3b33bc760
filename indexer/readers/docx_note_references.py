"""Cross-references to notes of a Word file ("see note 3", NOTEREF): they become calls of the note.

Done on the XML before anything is read. Printed as the number of a note is, the number becomes
the call; printed as text ("chú thích số 3") it stays, and the call stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from indexer.readers.docx_package import Parts
from indexer.readers.docx_pieces import CALLS, CROSS_CALL, note_key
from indexer.readers.docx_xml import RUN, WORD, Element, value

_BEGIN, _END = WORD + "bookmarkStart", WORD + "bookmarkEnd"
_FIELD, _SIMPLE, _INSTRUCTION = WORD + "fldChar", WORD + "fldSimple", WORD + "instrText"
_PARAGRAPH, _TEXT = WORD + "p", WORD + "t"
_NOTEREF = re.compile(r"\s*NOTEREF\s+\"?([^\s\"\\]+)", re.I)
_LIKE_A_CALL = re.compile(r"\\f\b", re.I)


@dataclass(slots=True)
class _Field:
    """A field as it is come upon: its instruction, and the texts of its result."""

    instruction: str = ""
    has_result: bool = False
    texts: list[Element] = field(default_factory=list)


def refer_to_notes(parts: Parts) -> None:
    """Put a call behind every cross-reference to a note of which the file says which it is."""
    roots = [root for root in (parts.document, parts.footnotes, parts.endnotes) if root is not None]
    if not any(_NOTEREF.match(said) for root in roots for said in _instructions(root)):
        return
    notes = {name: key for root in roots for name, key in _bookmarks(root)}
    for root in roots:
        for found, end in list(_fields(root)):
            reference = _NOTEREF.match(found.instruction)
            key = notes.get(reference[1]) if reference else None
            if key is not None:
                _call(found, end, key)


def _instructions(root: Element) -> Iterator[str]:
    for element in root.iter(_INSTRUCTION, _SIMPLE):
        yield element.get(WORD + "instr") or element.text or ""


def _bookmarks(root: Element) -> Iterator[tuple[str, str]]:
    """Yield the name of every bookmark in which a note is called, and the key of the note.

    LibreOffice ends a bookmark right in front of the call that Word puts inside.
    """
    opened: dict[str, str] = {}
    ended: list[str] = []
    for element in root.iter(_BEGIN, _END, _TEXT, *CALLS):
        if element.tag == _BEGIN:
            opened[element.get(WORD + "id", "")] = element.get(WORD + "name", "")
        elif element.tag == _END:
            ended.append(opened.pop(element.get(WORD + "id", ""), ""))
        elif element.tag == _TEXT:
            ended = []
        else:
            yield from ((name, note_key(element)) for name in (*opened.values(), *ended))
            opened, ended = {}, []


def _fields(root: Element) -> Iterator[tuple[_Field, Element]]:
    """Yield every field that ends in its paragraph, and the element that ends it."""
    opened: list[_Field] = []
    for element in root.iter(_PARAGRAPH, _FIELD, _INSTRUCTION, _SIMPLE, _TEXT):
        kind = element.get(WORD + "fldCharType", "")
        if element.tag == _PARAGRAPH:
            opened = []
        elif element.tag == _SIMPLE:
            said, texts = element.get(WORD + "instr", ""), list(element.iter(_TEXT))
            yield _Field(said, has_result=True, texts=texts), element
        elif kind == "begin":
            opened.append(_Field())
        elif opened and element.tag == _INSTRUCTION:
            opened[-1].instruction += element.text or ""
        elif opened and element.tag == _TEXT and opened[-1].has_result:
            opened[-1].texts.append(element)
        elif opened and kind == "separate":
            opened[-1].has_result = True
        elif opened and kind == "end":
            yield opened.pop(), element


def _call(found: _Field, end: Element, key: str) -> None:
    call = etree.Element(CROSS_CALL, {"key": key})
    if end.tag == _SIMPLE:
        etree.SubElement(end, RUN).append(call)
    elif found.has_result:
        end.addprevious(call)
    else:
        return
    if _LIKE_A_CALL.search(found.instruction) or any(map(_is_raised, found.texts)):
        for text in found.texts:
            text.text = ""


def _is_raised(text: Element) -> bool:
    return value(text.getparent(), "rPr/vertAlign") == "superscript"
