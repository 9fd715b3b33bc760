"""The drawings on an .xlsx sheet: text in shapes is read, pictures and charts are counted."""

from __future__ import annotations

from indexer.readers.docx_xml import DRAWING, FALLBACK
from indexer.readers.drawn_text import CHARTS, DIAGRAMS, OBJECTS, PICTURES, drawn_lines
from indexer.readers.sheet_grid import Sheet
from indexer.readers.sheet_xml import Element

_SHEET = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_KINDS = {"chart": CHARTS, "chartex": CHARTS, "diagram": DIAGRAMS}
_MAX_ROW = 10_000_000


def read_drawing(sheet: Sheet, root: Element | None) -> None:
    """Keep the text of every shape with the row it begins at, and count what holds none."""
    for anchor in () if root is None else root:
        row = anchor.findtext(f"{_SHEET}from/{_SHEET}row") or ""
        at = int(row) if row.isdecimal() and len(row) < 8 else _MAX_ROW
        for found in anchor.iter(_SHEET + "txBody", _SHEET + "pic", DRAWING + "graphicData"):
            if next(found.iterancestors(FALLBACK), None) is not None:
                continue
            if found.tag == _SHEET + "txBody":
                sheet.drawn += [(at, line) for line in drawn_lines(found)]
            elif found.tag == _SHEET + "pic":
                sheet.unread[PICTURES] += 1
            else:
                kind = found.get("uri", "").rpartition("/")[2]
                sheet.unread[_KINDS.get(kind, OBJECTS)] += 1
    sheet.drawn.sort(key=lambda drawn: drawn[0])
