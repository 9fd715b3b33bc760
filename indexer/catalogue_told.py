"""What is told of a stored document in the report of a run, without loading the document."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa

from indexer import catalogue_tables as tables
from indexer.models import Resolution
from indexer.reports import ReadDocument

_COUNTED = {
    "sections": tables.sections,
    "passages": tables.passages,
    "tables": tables.tables,
    "facts": tables.facts,
    "references": tables.references,
}
_TOLD = ("warnings", "conversions", "format", "encoding", "pages")


def select_told(connection: sa.Connection, document_id: str) -> ReadDocument | None:
    """Return what is told of a document, None when it is unknown."""
    columns = tables.documents.c
    counts: list[Any] = [
        sa.select(sa.func.count())
        .where(part.c.document_id == document_id)
        .scalar_subquery()
        .label(name)
        for name, part in _COUNTED.items()
    ]
    query = sa.select(*(columns[name] for name in _TOLD), *counts).where(columns.id == document_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    notes = tables.footnotes.c
    found = connection.execute(
        sa.select(notes.how, notes.label, notes.reason)
        .where(notes.document_id == document_id)
        .order_by(notes.position)
    ).all()
    return ReadDocument(
        **row._mapping,
        footnotes=Counter(note.how for note in found),
        unresolved=tuple(
            (note.label, note.reason) for note in found if note.how is Resolution.UNRESOLVED
        ),
    )
