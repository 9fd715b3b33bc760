"""Passages that the library no longer has: a link made for one can still say what it was made for.

They are kept when a file was replaced, taken away or read anew, until `forget`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields

import sqlalchemy as sa

from indexer import catalogue_tables as tables
from indexer.catalogue_columns import AnyText, Packed, column, text
from indexer.catalogue_rows import document_of, metadata_of
from indexer.fingerprint import fingerprint
from indexer.models import Document, Metadata
from indexer.sections import by_id, heading_line, path_in

# The id of a passage and the fingerprint of its text.
_Version = tuple[str, str]

documents = sa.Table(
    "past_documents",
    tables.schema,
    sa.Column("document_id", AnyText, primary_key=True),
    text("path"),
    text("source"),
    *(text(field.name) for field in fields(Metadata)),
)
passages = sa.Table(
    "past_passages",
    tables.schema,
    sa.Column(
        "document_id",
        AnyText,
        sa.ForeignKey(documents.c.document_id, ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("id", AnyText, primary_key=True),
    # One passage may have been read in several ways.
    sa.Column("version", AnyText, primary_key=True),
    column("headings", Packed),
    text("text"),
)


@dataclass(frozen=True, slots=True)
class PastDocument:
    """A report that a file held once; `path` is the key of that file."""

    id: str
    path: str
    source: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class PastPassage:
    """A passage as it was; `headings` lead to it, the outermost first."""

    document: PastDocument
    id: str
    headings: tuple[str, ...]
    text: str


def held_paths(connection: sa.Connection) -> Mapping[str, str]:
    """Return, by document, the path of a file that holds it."""
    columns = tables.sources.c
    held = sa.select(columns.document_id, columns.path).where(columns.document_id.is_not(None))
    return {row.document_id: row.path for row in connection.execute(held)}


def stored_document(connection: sa.Connection, document_id: str) -> Document | None:
    """Return a document as it is stored; None when it is unknown."""
    table = tables.documents
    row = connection.execute(sa.select(table).where(table.c.id == document_id)).first()
    if row is None:
        return None
    parts = {
        part: connection.execute(
            sa.select(part).where(part.c.document_id == document_id).order_by(part.c.position)
        ).all()
        for part in tables.PARTS
    }
    return document_of(row, parts)


def remember_lost(
    connection: sa.Connection,
    paths: Mapping[str, str],
    ids: Collection[str],
    now: Document | None = None,
) -> None:
    """Keep the passages of documents that are about to go, or that `now` (read anew) lacks.

    `paths` are those of `held_paths`; what no file held was never seen by anybody.
    """
    for document_id in ids:
        found = stored_document(connection, document_id) if document_id in paths else None
        lost = _versions(found) if found else {}
        if now is not None:
            kept = _versions(now)
            lost = {key: at for key, at in lost.items() if key not in kept}
        if found is not None and lost:
            _keep(connection, found, paths[document_id], lost)


def _keep(
    connection: sa.Connection, document: Document, path: str, lost: Mapping[_Version, int]
) -> None:
    row = {"document_id": document.id, "path": path, "source": document.source}
    row |= {field.name: getattr(document.metadata, field.name) for field in fields(Metadata)}
    same = documents.c.document_id == document.id
    if not connection.execute(sa.update(documents).where(same).values(row)).rowcount:
        connection.execute(sa.insert(documents), [row])
    there = sa.select(passages.c.id, passages.c.version)
    of_this = passages.c.document_id == document.id
    kept = {(row.id, row.version) for row in connection.execute(there.where(of_this))}
    rows = _rows(document, {key: at for key, at in lost.items() if key not in kept})
    if rows:
        connection.execute(sa.insert(passages), rows)


def _versions(document: Document) -> dict[_Version, int]:
    return {
        (passage.id, fingerprint(passage.span.of(document.text))): at
        for at, passage in enumerate(document.passages)
    }


def _rows(document: Document, lost: Mapping[_Version, int]) -> list[dict[str, object]]:
    sections = by_id(document.sections)
    rows: list[dict[str, object]] = []
    for (passage_id, version), at in lost.items():
        passage = document.passages[at]
        path = path_in(sections, passage.section_id)
        rows.append(
            {
                "document_id": document.id,
                "id": passage_id,
                "version": version,
                "headings": tuple(heading_line(section) for section in path),
                "text": passage.span.of(document.text),
            }
        )
    return rows


def past_document(connection: sa.Connection, document_id: str) -> PastDocument | None:
    """Return a report that is gone or was read otherwise; None when nothing is known of it."""
    # A catalogue that was made without it is read as well.
    if not sa.inspect(connection).has_table(documents.name):
        return None
    query = sa.select(documents).where(documents.c.document_id == document_id)
    row = connection.execute(query).first()
    if row is None:
        return None
    return PastDocument(row.document_id, row.path, row.source, metadata_of(row))


def past_passage(
    connection: sa.Connection, document: PastDocument, passage_id: str, version: str
) -> PastPassage | None:
    """Return a passage as it was when a link was made for it; without a version any of them."""
    columns = passages.c
    query = sa.select(passages).where(columns.document_id == document.id, columns.id == passage_id)
    if version:
        query = query.where(columns.version == version)
    row = connection.execute(query.order_by(columns.version)).first()
    return PastPassage(document, row.id, row.headings, row.text) if row else None


def drop_past(connection: sa.Connection, is_gone: Callable[[str], bool]) -> Collection[str]:
    """Delete what is kept of files whose path `is_gone` names; return their names."""
    columns = documents.c
    rows = connection.execute(sa.select(columns.document_id, columns.path, columns.source)).all()
    gone = [row for row in rows if is_gone(row.path)]
    ids = [row.document_id for row in gone]
    if ids:
        # One by one: no database takes a hundred thousand ids in one statement.
        this = columns.document_id == sa.bindparam("gone")
        connection.execute(sa.delete(documents).where(this), [{"gone": each} for each in ids])
    return sorted({row.source for row in gone})
