"""All tables of schema version 4, the first that was ever migrated to.

Catalogues that are older than the migrations hold most of them; what is there is left alone.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = None

# Ordered by code points everywhere, as Python does it.
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_METADATA = "title issuer place province term congress date draft signer origin licence"
_TABLES = (
    *("past_passages", "past_documents"),
    *("document_references", "facts", "tables", "footnote_marks", "footnotes"),
    *("passages", "sections", "versions", "sketches", "sources", "documents", "meta"),
)


def upgrade() -> None:
    """Make the tables that are missing."""
    _table("meta", sa.Column("name", sa.Text(), primary_key=True), *_numbers("value"))
    _documents()
    _parts_of_outlines()
    _passages()
    _facts()
    _references()
    _past()


def downgrade() -> None:
    """Drop all tables, with what is in them."""
    for name in _TABLES:
        op.drop_table(name)


def _documents() -> None:
    _table(
        "documents",
        sa.Column("id", _TEXT, primary_key=True),
        *_numbers("reading_version"),
        *_texts(f"revision source sha256 {_METADATA}"),
        sa.Column("same_as", _TEXT, sa.ForeignKey("documents.id", ondelete="SET NULL")),
        *_texts("format encoding warnings pages conversions text"),
    )
    _index("ix_documents_same_as", "documents", "same_as")
    _table(
        "sources",
        sa.Column("path", _TEXT, primary_key=True),
        *_texts("root name sha256"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        *_texts("status"),
        sa.Column("document_id", _TEXT, sa.ForeignKey("documents.id")),
        *_texts("error"),
    )
    _index("ix_sources_document_id", "sources", "document_id")
    _table(
        "sketches",
        _of("document_id"),
        *_texts("text_key rank"),
        sa.Column("compared", sa.Boolean(), nullable=False),
        *_texts("hashes"),
    )
    _table(
        "versions",
        _of("document_id"),
        _of("other_id"),
        sa.Column("share", sa.Float(), nullable=False),
        *_numbers("count"),
        *_texts("shown"),
    )
    _index("versions_other_id", "versions", "other_id")


def _parts_of_outlines() -> None:
    _part(
        "sections",
        *_texts("id number title"),
        *_numbers("level heading_start heading_end span_start span_end"),
        *_texts("parent_id", optional=True),
    )
    _part(
        "footnotes",
        *_numbers("number"),
        *_texts("label"),
        sa.Column("how", sa.Text(), nullable=False),
        *_numbers("body_start body_end", optional=True),
        *_texts("reason"),
        *_numbers("parent", optional=True),
        sa.Column("kind", sa.Text(), nullable=False),
    )
    _part("footnote_marks", *_numbers("footnote_position span_start span_end"))
    _part(
        "tables",
        *_numbers("number"),
        *_numbers("title_start title_end", optional=True),
        *_texts("headings passage_ids"),
    )


def _passages() -> None:
    _part(
        "passages",
        *_texts("id"),
        sa.Column("kind", sa.Text(), nullable=False),
        *_numbers("span_start span_end"),
        *_texts("section_id", optional=True),
        *_texts("footnotes"),
        *_numbers("footnote", optional=True),
        *_texts("context cells"),
        *_numbers("table"),
        sa.Column("heading", sa.Boolean(), nullable=False),
        *_numbers("page", optional=True),
    )
    _index("passages_id", "passages", "id")


def _facts() -> None:
    _part(
        "facts",
        *_texts("passage_id"),
        *_numbers("value_start value_end number_start number_end"),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("other", sa.Text()),
        sa.Column("shape", sa.Text(), nullable=False),
        *_texts("unit per qualifier"),
        *_numbers("clause_start clause_end quote_start quote_end"),
        *_texts("indicator name"),
        sa.Column("kind", sa.Text(), nullable=False),
        *_texts("period_text period_first period_last"),
        sa.Column("period_explicit", sa.Boolean(), nullable=False),
        *_texts("place direction parent"),
    )
    _index("ix_facts_indicator", "facts", "indicator", postgresql_using="hash")
    _index("ix_facts_kind", "facts", "kind")
    _index("facts_passage_id", "facts", "passage_id")


def _references() -> None:
    _part(
        "document_references",
        *_texts("passage_id"),
        *_numbers("span_start span_end"),
        *_texts("kind number key issuer date session"),
        *_numbers("subject_start subject_end", optional=True),
    )
    _index("ix_document_references_key", "document_references", "key", postgresql_using="hash")


def _past() -> None:
    _table(
        "past_documents",
        sa.Column("document_id", _TEXT, primary_key=True),
        *_texts(f"path source {_METADATA}"),
    )
    _table(
        "past_passages",
        _of("document_id", "past_documents.document_id"),
        sa.Column("id", _TEXT, primary_key=True),
        sa.Column("version", _TEXT, primary_key=True),
        *_texts("headings text"),
    )


def _table(name: str, *columns: Any) -> None:
    op.create_table(name, *columns, if_not_exists=True)


def _part(name: str, *columns: Any) -> None:
    position = sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False)
    _table(name, _of("document_id"), position, *columns)


def _index(name: str, table: str, column: str, **how: str) -> None:
    op.create_index(name, table, [column], if_not_exists=True, **how)  # type: ignore[arg-type]


def _of(name: str, parent: str = "documents.id") -> Any:
    return sa.Column(name, _TEXT, sa.ForeignKey(parent, ondelete="CASCADE"), primary_key=True)


def _texts(names: str, *, optional: bool = False) -> list[Any]:
    return [sa.Column(name, _TEXT, nullable=optional) for name in names.split()]


def _numbers(names: str, *, optional: bool = False) -> list[Any]:
    return [sa.Column(name, sa.Integer(), nullable=optional) for name in names.split()]
