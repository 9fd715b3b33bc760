"""What is drawn in a Word file: text that becomes text boxes, and a count of the rest.

Done on the XML before anything is read, as `docx_note_references` is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree

from indexer.readers.docx_package import Parts
from indexer.readers.docx_xml import (
    CHART,
    DIAGRAM,
    DRAWING,
    FALLBACK,
    NEW_CHART,
    PARAGRAPH,
    RUN,
    TEXT_BOX,
    VML,
    WORD,
    Element,
    is_deleted,
)
from indexer.readers.drawn_text import (
    CHARTS,
    CHUNKS,
    DIAGRAMS,
    EQUATIONS,
    OBJECTS,
    PICTURES,
    drawn_lines,
)

_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_WORD_ART, _DIAGRAM, _SHAPE_TEXT = VML + "textpath", DIAGRAM + "relIds", DRAWING + "txBody"
_KINDS = {
    DRAWING + "blip": PICTURES,
    VML + "imagedata": PICTURES,
    CHART + "chart": CHARTS,
    NEW_CHART + "chart": CHARTS,
    _DIAGRAM: DIAGRAMS,
    _OLE: OBJECTS,
    WORD + "altChunk": CHUNKS,
    WORD + "subDoc": CHUNKS,
}
# A coat of arms, a stamp or a signature is smaller than 40 cm²; a drawing that says much is not.
_CM = 360_000
_SMALL = 40 * _CM**2
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})(pt|in|cm|mm)", re.I)
_UNITS = {"pt": 12_700, "in": 914_400, "cm": _CM, "mm": _CM / 10}


def show_drawn(parts: Parts) -> Counter[str]:
    """Make text boxes of WordArt, diagrams and other shapes; return the count of what is unread.

    Small pictures and what is deleted do not count.
    """
    found = list(parts.document.iter(_WORD_ART, _DIAGRAM, _SHAPE_TEXT, *_KINDS))
    unread: Counter[str] = Counter()
    for element in found:
        lines = _lines(element, parts)
        if lines:
            element.addnext(_box(lines))
        elif element.tag in _KINDS and _is_shown(element):
            unread[_kind(element)] += 1
    return unread


def _lines(element: Element, parts: Parts) -> list[str]:
    if element.tag == _WORD_ART:
        return [line for line in element.get("string", "").splitlines() if line.strip()]
    if element.tag == _SHAPE_TEXT:
        return list(drawn_lines(element))
    data = parts.diagrams.get(element.get(_RELATED, "")) if element.tag == _DIAGRAM else None
    return [] if data is None else list(drawn_lines(data))


def _box(lines: Iterable[str]) -> Element:
    box = etree.Element(TEXT_BOX)
    for line in lines:
        paragraph = etree.SubElement(box, PARAGRAPH)
        etree.SubElement(etree.SubElement(paragraph, RUN), WORD + "t").text = line
    return box


def _kind(element: Element) -> str:
    if element.tag == _OLE and element.get("ProgID", "").startswith("Equation"):
        return EQUATIONS
    return _KINDS[str(element.tag)]


def _is_shown(element: Element) -> bool:
    """Say whether an element counts: not deleted, not twice, no ornament."""
    above = {ancestor.tag for ancestor in element.iterancestors(FALLBACK, WORD + "object")}
    # An object comes with a picture of itself.
    if FALLBACK in above or (element.tag == VML + "imagedata" and above) or is_deleted(element):
        return False
    return _KINDS[str(element.tag)] != PICTURES or _area(element) >= _SMALL


def _area(picture: Element) -> float:
    """Return how large a picture is printed, in square EMU; without a size it is large."""
    for above in picture.iterancestors(_PLACED + "inline", _PLACED + "anchor", VML + "shape"):
        extent = above.find(_PLACED + "extent")
        if extent is not None:
            sides = [extent.get("cx", ""), extent.get("cy", "")]
            return float(sides[0]) * float(sides[1]) if all(map(str.isdecimal, sides)) else _SMALL
        sizes = {name.lower(): _emu(number, unit) for name, number, unit in _style(above)}
        return sizes["width"] * sizes["height"] if len(sizes) == 2 else _SMALL
    return _SMALL


def _style(shape: Element) -> list[tuple[str, str, str]]:
    return _SIZE.findall(shape.get("style", ""))


def _emu(number: str, unit: str) -> float:
    try:
        return float(number) * _UNITS[unit.lower()]
    except ValueError:
        return _CM
