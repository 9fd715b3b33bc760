"""Text drawn in shapes and diagrams, and what to say of pictures, whose text is not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from indexer.readers.docx_xml import DRAWING, Element

PICTURES = "hình"
CHARTS = "biểu đồ"
DIAGRAMS = "sơ đồ SmartArt"
EQUATIONS = "công thức dạng đối tượng"
OBJECTS = "đối tượng nhúng (OLE)"
CHUNKS = "phần chèn từ tệp khác"
_KINDS = (PICTURES, CHARTS, DIAGRAMS, EQUATIONS, OBJECTS, CHUNKS)


def drawn_lines(shape: Element) -> Iterator[str]:
    """Yield the lines of text drawn in a shape or a diagram, those that hold any."""
    for paragraph in shape.iter(DRAWING + "p"):
        line = "".join(
            (piece.text or "") if piece.tag == DRAWING + "t" else " "
            for piece in paragraph.iter(DRAWING + "t", DRAWING + "br")
        )
        if line.strip():
            yield line


def unread_warning(where: str, counts: Mapping[str, int]) -> str:
    """Return the one sentence about what holds no text that can be read, "" for none.

    >>> unread_warning("Tệp", {CHARTS: 1, PICTURES: 3})
    'Tệp có 3 hình, 1 biểu đồ không đọc được chữ bên trong; hãy xem chúng trong tệp gốc.'
    """
    listed = ", ".join(f"{counts[kind]} {kind}" for kind in _KINDS if counts.get(kind))
    if not listed:
        return ""
    return f"{where} có {listed} không đọc được chữ bên trong; hãy xem chúng trong tệp gốc."
