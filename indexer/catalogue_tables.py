"""The tables of the catalogue, and how a document becomes rows and comes back.

Values in, values out: nothing here opens a database. Columns are named as the fields of the
types in `models`; a change of either needs a new SCHEMA_VERSION.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from indexer.models import (
    Document,
    Footnote,
    Metadata,
    NoteKind,
    Passage,
    PassageKind,
    Resolution,
    Section,
    Span,
    Table,
)

SCHEMA_VERSION = 1

Row = dict[str, Any]

_ODD = re.compile(r"[\\\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\([0-9a-f]{4})")


# --- values as columns -------------------------------------------------------------------------


class AnyText(sa.TypeDecorator[str]):
    """A string of any code points, stored as text."""

    # Lone surrogates (Python's form of a file name that is no UTF-8) fit in no database, NUL not
    # in PostgreSQL; they are written as a backslash and four digits, and so is the backslash.
    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a string."""
        if value is None or not _ODD.search(value):
            return value
        return _ODD.sub(lambda match: f"\\{ord(match[0]):04x}", value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the string of a stored form."""
        if value is None or "\\" not in value:
            return value
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)


class Packed(AnyText):
    """A tuple of numbers or strings, stored as JSON text."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a tuple."""
        return super().process_bind_param(json.dumps(value, ensure_ascii=False), dialect)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the tuple of a stored form."""
        # Most are empty, and reading JSON is most of the time of loading a document.
        return (
            () if value == "[]" else tuple(json.loads(super().process_result_value(value, dialect)))
        )


class PackedSpans(Packed):
    """A tuple of spans, stored as JSON text."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a tuple of spans."""
        return super().process_bind_param([(span.start, span.end) for span in value], dialect)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the tuple of spans of a stored form."""
        pairs = super().process_result_value(value, dialect)
        return tuple(Span(start, end) for start, end in pairs)


class Choice(sa.TypeDecorator[StrEnum]):
    """A member of an enumeration, stored as its value."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the stored form of a member."""
        return value.value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the member of a stored form."""
        return self.kind(value)


def _column(name: str, type_: sa.types.TypeEngine[Any] | type, *, optional: bool = False) -> Any:
    return sa.Column(name, type_, nullable=optional)


def _text(name: str, *, optional: bool = False) -> Any:
    return _column(name, AnyText, optional=optional)


def _number(name: str, *, optional: bool = False) -> Any:
    return _column(name, sa.Integer, optional=optional)


def _span(name: str, *, optional: bool = False) -> tuple[Any, Any]:
    start, end = _span_columns(name)
    return (_number(start, optional=optional), _number(end, optional=optional))


def _span_columns(name: str) -> tuple[str, str]:
    return (f"{name}_start", f"{name}_end")


# --- the tables --------------------------------------------------------------------------------

_schema = sa.MetaData()
create_all = _schema.create_all

meta = sa.Table("meta", _schema, sa.Column("name", sa.Text, primary_key=True), _number("value"))

documents = sa.Table(
    "documents",
    _schema,
    sa.Column("id", AnyText, primary_key=True),
    _number("reading_version"),
    _text("revision"),
    _text("source"),
    _text("sha256"),
    *(_text(field.name) for field in fields(Metadata)),
    _text("encoding"),
    _column("warnings", Packed),
    # Last, because SQLite walks through a long value to reach the columns behind it.
    _text("text"),
)

sources = sa.Table(
    "sources",
    _schema,
    sa.Column("path", AnyText, primary_key=True),
    _text("root"),
    _text("name"),
    _text("sha256"),
    _column("size", sa.BigInteger),
    _column("modified_ns", sa.BigInteger),
    _text("status"),
    sa.Column("document_id", AnyText, sa.ForeignKey("documents.id"), index=True),
    _text("error"),
)


def _part(name: str, *columns: Any) -> sa.Table:
    # Keyed by position: a report may print one number twice, and order is part of the document.
    parent = sa.ForeignKey("documents.id", ondelete="CASCADE")
    return sa.Table(
        name,
        _schema,
        sa.Column("document_id", AnyText, parent, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *columns,
    )


sections = _part(
    "sections",
    _text("id"),
    _text("number"),
    _text("title"),
    _number("level"),
    *_span("heading"),
    *_span("span"),
    _text("parent_id", optional=True),
)

passages = _part(
    "passages",
    _text("id"),
    _column("kind", Choice(PassageKind)),
    *_span("span"),
    _text("section_id", optional=True),
    _column("footnotes", Packed),
    _number("footnote", optional=True),
    _column("context", PackedSpans),
    _column("cells", PackedSpans),
    _number("table"),
    _column("heading", sa.Boolean),
    _number("page", optional=True),
)

footnotes = _part(
    "footnotes",
    _number("number"),
    _text("label"),
    _column("how", Choice(Resolution)),
    *_span("body", optional=True),
    _text("reason"),
    _number("parent", optional=True),
    _column("kind", Choice(NoteKind)),
)

footnote_marks = _part("footnote_marks", _number("footnote_position"), *_span("span"))

tables = _part(
    "tables",
    _number("number"),
    *_span("title", optional=True),
    _column("headings", Packed),
    _column("passage_ids", Packed),
)

PARTS = (sections, passages, footnotes, footnote_marks, tables)


# --- a document as rows ------------------------------------------------------------------------


def document_row(document: Document) -> Row:
    """Return the row of a document in `documents`, without reading version and revision."""
    row = {
        name: getattr(document, name) for name in ("id", "source", "sha256", "encoding", "warnings")
    }
    known = {field.name: getattr(document.metadata, field.name) for field in fields(Metadata)}
    return row | known | {"text": document.text}


def part_rows(document: Document) -> dict[sa.Table, list[Row]]:
    """Return the rows of everything that belongs to a document, by table."""
    rows = {
        sections: [_row(sections, section) for section in document.sections],
        passages: [_row(passages, passage) for passage in document.passages],
        footnotes: [_row(footnotes, footnote) for footnote in document.footnotes],
        footnote_marks: list(_mark_rows(document.footnotes)),
        tables: [_row(tables, table) for table in document.tables],
    }
    for part in rows.values():
        for position, row in enumerate(part):
            row |= {"document_id": document.id, "position": position}
    return rows


def _row(part: sa.Table, value: Section | Passage | Footnote | Table) -> Row:
    row: Row = {}
    for field in fields(value):
        if field.name in part.c:
            row[field.name] = getattr(value, field.name)
        elif _span_columns(field.name)[0] in part.c:
            row |= _span_row(field.name, getattr(value, field.name))
    return row


def _span_row(name: str, span: Span | None) -> Row:
    ends = (None, None) if span is None else (span.start, span.end)
    return dict(zip(_span_columns(name), ends, strict=True))


def _mark_rows(notes: Sequence[Footnote]) -> Iterator[Row]:
    for position, note in enumerate(notes):
        for mark in note.marks:
            yield {"footnote_position": position} | _span_row("span", mark)


# --- rows as a document ------------------------------------------------------------------------


def document_of(row: Any, parts: Mapping[sa.Table, Sequence[Any]]) -> Document:
    """Return the document of a row of `documents` and of its parts, ordered by position."""
    marks: dict[int, list[Span]] = defaultdict(list)
    for mark in parts[footnote_marks]:
        marks[mark.footnote_position].append(Span(mark.span_start, mark.span_end))
    return Document(
        id=row.id,
        source=row.source,
        sha256=row.sha256,
        text=row.text,
        metadata=metadata_of(row),
        sections=tuple(Section(**_values(part)) for part in parts[sections]),
        passages=tuple(Passage(**_values(part)) for part in parts[passages]),
        footnotes=tuple(
            Footnote(**_values(part), marks=tuple(marks[part.position]))
            for part in parts[footnotes]
        ),
        tables=tuple(Table(**_values(part)) for part in parts[tables]),
        encoding=row.encoding,
        warnings=row.warnings,
    )


def metadata_of(row: Any) -> Metadata:
    """Return what is known of a report from the row of its document."""
    return Metadata(**{field.name: getattr(row, field.name) for field in fields(Metadata)})


def _values(row: Any) -> Row:
    values = dict(row._mapping)
    del values["document_id"], values["position"]
    for name in ("heading", "span", "body", "title"):
        start, end = _span_columns(name)
        if start in values:
            ends = (values.pop(start), values.pop(end))
            values[name] = None if ends[0] is None else Span(*ends)
    return values
