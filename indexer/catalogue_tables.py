"""The tables of the catalogue. Nothing here opens a database.

Columns are named as the fields of the types in `models`; a change of either needs a new
SCHEMA_VERSION, and a step in `migrations/` that leads to it.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from indexer.catalogue_columns import (
    AnyText,
    Choice,
    Exact,
    Packed,
    PackedConversions,
    PackedPages,
    PackedSpans,
    column,
    number,
    span,
    text,
)
from indexer.models import FactKind, Metadata, NoteKind, PassageKind, Resolution, Shape

SCHEMA_VERSION = 4
# Older ones are not upgraded but made anew.
OLDEST_VERSION = 4

schema = sa.MetaData()

meta = sa.Table("meta", schema, sa.Column("name", sa.Text, primary_key=True), number("value"))

documents = sa.Table(
    "documents",
    schema,
    sa.Column("id", AnyText, primary_key=True),
    number("reading_version"),
    text("revision"),
    text("source"),
    text("sha256"),
    *(text(field.name) for field in fields(Metadata)),
    # The document that shows this reading: another file of the same text was read better.
    sa.Column("same_as", AnyText, sa.ForeignKey("documents.id", ondelete="SET NULL"), index=True),
    text("format"),
    text("encoding"),
    column("warnings", Packed),
    column("pages", PackedPages),
    column("conversions", PackedConversions),
    # Last, because SQLite walks through a long value to reach the columns behind it.
    text("text"),
)

sources = sa.Table(
    "sources",
    schema,
    sa.Column("path", AnyText, primary_key=True),
    text("root"),
    text("name"),
    text("sha256"),
    column("size", sa.BigInteger),
    column("modified_ns", sa.BigInteger),
    text("status"),
    sa.Column("document_id", AnyText, sa.ForeignKey("documents.id"), index=True),
    text("error"),
)


# The ids of the documents to which a file points.
held = sa.select(sources.c.document_id).where(sources.c.document_id.is_not(None)).distinct()
# Those of them that are shown.
published = sa.select(documents.c.id).where(documents.c.id.in_(held), documents.c.same_as.is_(None))


def _of_document(name: str) -> Any:
    parent = sa.ForeignKey("documents.id", ondelete="CASCADE")
    return sa.Column(name, AnyText, parent, primary_key=True)


# By what identical and similar documents are recognised; `compared` says that the published
# document was compared with all others.
sketches = sa.Table(
    "sketches",
    schema,
    _of_document("document_id"),
    text("text_key"),
    column("rank", Packed),
    column("compared", sa.Boolean),
    column("hashes", Packed),
)

versions = sa.Table(
    "versions",
    schema,
    _of_document("document_id"),
    _of_document("other_id"),
    column("share", sa.Float),
    number("count"),
    column("shown", Packed),
    sa.Index("versions_other_id", "other_id"),
)


def _part(name: str, *columns: Any) -> sa.Table:
    # Keyed by position: a report may print one number twice, and order is part of the document.
    return sa.Table(
        name,
        schema,
        _of_document("document_id"),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *columns,
    )


sections = _part(
    "sections",
    text("id"),
    text("number"),
    text("title"),
    number("level"),
    *span("heading"),
    *span("span"),
    text("parent_id", optional=True),
)

passages = _part(
    "passages",
    text("id"),
    column("kind", Choice(PassageKind)),
    *span("span"),
    text("section_id", optional=True),
    column("footnotes", Packed),
    number("footnote", optional=True),
    column("context", PackedSpans),
    column("cells", PackedSpans),
    number("table"),
    column("heading", sa.Boolean),
    number("page", optional=True),
    sa.Index("passages_id", "id"),
)

footnotes = _part(
    "footnotes",
    number("number"),
    text("label"),
    column("how", Choice(Resolution)),
    *span("body", optional=True),
    text("reason"),
    number("parent", optional=True),
    column("kind", Choice(NoteKind)),
)

footnote_marks = _part("footnote_marks", number("footnote_position"), *span("span"))

tables = _part(
    "tables",
    number("number"),
    *span("title", optional=True),
    column("headings", Packed),
    column("passage_ids", Packed),
)

facts = _part(
    "facts",
    text("passage_id"),
    *span("value"),
    *span("number"),
    column("value", Exact),
    column("other", Exact, optional=True),
    column("shape", Choice(Shape)),
    text("unit"),
    text("per"),
    text("qualifier"),
    *span("clause"),
    *span("quote"),
    text("indicator"),
    text("name"),
    sa.Column("kind", Choice(FactKind), nullable=False, index=True),
    text("period_text"),
    text("period_first"),
    text("period_last"),
    column("period_explicit", sa.Boolean),
    text("place"),
    text("direction"),
    text("parent"),
    # A tree would refuse the longest wordings.
    sa.Index("ix_facts_indicator", "indicator", postgresql_using="hash"),
    sa.Index("facts_passage_id", "passage_id"),
)

references = _part(
    "document_references",
    text("passage_id"),
    *span("span"),
    text("kind"),
    text("number"),
    text("key"),
    text("issuer"),
    text("date"),
    text("session"),
    *span("subject", optional=True),
    sa.Index("ix_document_references_key", "key", postgresql_using="hash"),
)

PARTS = (sections, passages, footnotes, footnote_marks, tables, facts, references)
