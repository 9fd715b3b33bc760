"""From what a reader saw to a report: text, outline, passages, footnotes, tables, metadata."""

from __future__ import annotations

from indexer.footnotes import resolve
from indexer.layout import lay_out
from indexer.metadata import find_metadata
from indexer.models import Document, RawDocument
from indexer.outline import outline
from indexer.passages import Parts, cut_passages
from indexer.sections import build_sections

# Raise it when the same file would give another document: stored reports are then read again.
READING_VERSION = 7


def build_document(raw: RawDocument, source: str, sha256: str) -> Document:
    """Return the report that a file holds.

    >>> from indexer.readers.text_reader import read_text
    >>> raw = read_text("I- KẾT QUẢ\\nDoanh thu tăng[footnoteRef:1]. [1:  Đạt 5 tỷ đồng]")
    >>> document = build_document(raw, "a.txt", "ab" * 32)
    >>> [passage.span.of(document.text) for passage in document.passages]
    ['I- KẾT QUẢ', 'Doanh thu tăng.', 'Đạt 5 tỷ đồng']
    """
    document_id = sha256[:12]
    layout = lay_out(raw)
    entries = outline(raw.blocks)
    sections = build_sections(entries, layout.blocks, layout.text, document_id)
    footnotes = resolve(raw.notes, layout)
    parts = Parts(raw.blocks, entries, layout, sections, raw.notes)
    passages, tables = cut_passages(parts, footnotes, document_id)
    return Document(
        id=document_id,
        source=source,
        sha256=sha256,
        text=layout.text,
        metadata=find_metadata(raw.blocks, entries),
        sections=sections.sections,
        passages=passages,
        footnotes=footnotes,
        tables=tables,
        format=raw.format,
        encoding=raw.encoding,
        warnings=raw.warnings,
        pages=raw.pages,
        conversions=raw.conversions,
    )
