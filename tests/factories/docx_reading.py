"""Read what a `DocxBuilder` built, and show it in a form that a test can compare."""

from __future__ import annotations

import tempfile
from pathlib import Path

from indexer.models import RawBlock, RawCell, RawDocument, RawNote
from indexer.readers.docx_reader import DocxReader
from tests.factories.docx import DocxBuilder


def read(built: DocxBuilder | bytes, name: str = "bao-cao.docx") -> RawDocument:
    """Return what the reader sees of a built file, or of these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(built if isinstance(built, bytes) else built.to_bytes())
        return DocxReader().read(path)


def marked(part: RawBlock | RawCell | RawNote) -> str:
    """Return the text with ⟦key⟧ where notes are called."""
    shown = part.text
    for mark in reversed(part.marks):
        assert mark.span.start == mark.span.end
        shown = f"{shown[: mark.span.start]}⟦{mark.key}⟧{shown[mark.span.start :]}"
    return shown


def texts(document: RawDocument) -> list[str]:
    """Return the marked text of every block; a table row as "cell | cell"."""
    return [" | ".join(map(marked, block.cells)) or marked(block) for block in document.blocks]
