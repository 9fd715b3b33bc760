"""The XML of Word files: safe parsing, names, and what of a file is printed. Home of lxml.

Word knows the same elements under two namespaces ("transitional" and "strict"); after `parse`
there is only the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NEW_CHART = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
VML = "{urn:schemas-microsoft-com:vml}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT_NAMESPACE = re.compile(
    rb'(=["\'])http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml)/'
)

PARAGRAPH = WORD + "p"
TABLE = WORD + "tbl"
ROW = WORD + "tr"
CELL = WORD + "tc"
RUN = WORD + "r"
TEXT_BOX = WORD + "txbxContent"

_ALTERNATIVES = _COMPATIBILITY + "AlternateContent"
_CHOICE = _COMPATIBILITY + "Choice"
FALLBACK = _COMPATIBILITY + "Fallback"
# One of these makes a branch of alternatives worth showing.
_SHOWN = (
    *(WORD + "t", DRAWING + "t", VML + "textpath", DRAWING + "blip"),
    *(CHART + "chart", NEW_CHART + "chart", DIAGRAM + "relIds"),
)
_DELETIONS = frozenset({WORD + "del", WORD + "moveFrom"})
_WRAPPERS = frozenset(
    WORD + name
    for name in (
        *("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"),
        *("hyperlink", "fldSimple", "dir", "bdo"),
    )
)
_NOT_PRINTED = frozenset(
    WORD + name
    for name in (
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "rt"),
        *("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr"),
        *("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr"),
    )
)


class DamagedXml(ValueError):
    """A part of the file is no XML, or XML that no Word file holds."""


def parse(data: bytes) -> Element:
    """Return the root of a part; nothing outside of `data` is ever loaded.

    Raises DamagedXml when it is not well-formed or declares a document type, which Word never
    writes and which could define entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    data = _STRICT_NAMESPACE.sub(_transitional, data)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise DamagedXml("XML bên trong tệp bị hỏng") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedXml("XML bên trong có khai báo DOCTYPE, điều tệp Word không bao giờ có")
    return root


def _transitional(found: re.Match[bytes]) -> bytes:
    return found[1] + b"http://schemas.openxmlformats.org/" + found[2] + b"/2006/"


def children(element: Element) -> Iterator[Element]:
    """Yield the children that are printed, in order, as if nothing wrapped them.

    Tracked insertions, content controls and links are looked through; tracked deletions and
    properties are left out; of alternatives only the first that shows anything is given.
    """
    for child in element:
        if child.tag in _NOT_PRINTED:
            continue
        if child.tag in _WRAPPERS:
            yield from children(child)
        elif child.tag == _ALTERNATIVES:
            chosen = _chosen(child)
            yield from () if chosen is None else children(chosen)
        else:
            yield child


def _chosen(alternatives: Element) -> Element | None:
    branches = list(alternatives.iterchildren(_CHOICE, FALLBACK))
    if len(branches) < 2:
        return branches[0] if branches else None
    shown = (each for each in branches if next(each.iter(*_SHOWN), None) is not None)
    return next(shown, branches[0])


def is_deleted(element: Element) -> bool:
    """Say whether an element stands in text that a tracked change deletes, or in hidden text."""
    return any(
        above.tag in _DELETIONS
        or (above.tag == ROW and below(above, "trPr/del") is not None)
        or (above.tag == CELL and below(above, "tcPr/cellDel") is not None)
        or (above.tag == RUN and switch(above, "rPr/vanish"))
        for above in element.iterancestors()
    )


def value(element: Element | None, path: str) -> str | None:
    """Return the w:val of the element at `path` ("pPr/jc") below `element`, if there is one."""
    found = below(element, path)
    return None if found is None else found.get(WORD + "val")


def number(element: Element | None, path: str) -> int | None:
    """Return the w:val at `path` as a number; None when there is none or it is not a number."""
    return to_number(value(element, path))


def switch(element: Element | None, path: str) -> bool | None:
    """Say whether the on/off property at `path` is on; None when it is not there."""
    found = below(element, path)
    return None if found is None else is_on(found.get(WORD + "val", "1"))


def below(element: Element | None, path: str) -> Element | None:
    """Return the element at `path` ("pPr/rPr/del") below `element`, the first of each name."""
    for name in _names(path):
        if element is None:
            return None
        # Asked most often of all, and twice as fast as `find`.
        element = next(element.iterchildren(name), None)
    return element


@cache
def _names(path: str) -> tuple[str, ...]:
    return tuple(WORD + name for name in path.split("/"))


def to_number(text: str | None) -> int | None:
    """Read a whole number of at most nine digits; None for anything else."""
    found = re.fullmatch(r"-?[0-9]{1,9}", text or "")
    return int(found[0]) if found else None


def is_on(text: str) -> bool:
    """Say whether an on/off attribute means on."""
    return text not in {"0", "false", "off"}
