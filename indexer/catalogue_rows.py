"""How a document becomes rows of the catalogue and comes back. Values in, values out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from indexer.catalogue_columns import span_columns
from indexer.catalogue_tables import (
    facts,
    footnote_marks,
    footnotes,
    passages,
    references,
    sections,
    tables,
)
from indexer.models import (
    Document,
    Fact,
    Footnote,
    Metadata,
    Passage,
    Period,
    Quantity,
    Reference,
    Section,
    Span,
    Table,
)

Row = dict[str, Any]
# The columns of `documents` that are fields of a document by the same name, without its text.
_PLAIN = ("id", "source", "sha256", "format", "encoding", "warnings", "pages", "conversions")

Part = Section | Passage | Footnote | Table | Quantity | Fact | Reference


def document_row(document: Document) -> Row:
    """Return the row of a document in `documents`, without reading version and revision."""
    row = {name: getattr(document, name) for name in _PLAIN}
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
        facts: [_fact_row(fact) for fact in document.facts],
        references: [_row(references, reference) for reference in document.references],
    }
    for part in rows.values():
        for position, row in enumerate(part):
            row |= {"document_id": document.id, "position": position}
    return rows


def _row(part: sa.Table, value: Part) -> Row:
    row: Row = {}
    for field in fields(value):
        if field.name in part.c:
            row[field.name] = getattr(value, field.name)
        elif span_columns(field.name)[0] in part.c:
            row |= _span_row(field.name, getattr(value, field.name))
    return row


def _span_row(name: str, span: Span | None) -> Row:
    ends = (None, None) if span is None else (span.start, span.end)
    return dict(zip(span_columns(name), ends, strict=True))


def _mark_rows(notes: Sequence[Footnote]) -> Iterator[Row]:
    for position, note in enumerate(notes):
        for mark in note.marks:
            yield {"footnote_position": position} | _span_row("span", mark)


def _fact_row(fact: Fact) -> Row:
    period = {
        "period_text": fact.period.text,
        "period_first": fact.period.start,
        "period_last": fact.period.end,
        "period_explicit": fact.period.explicit,
    }
    quantity = _row(facts, fact.quantity) | _span_row("value", fact.quantity.span)
    return _row(facts, fact) | quantity | period


# --- rows as a document ------------------------------------------------------------------------
# In the order of the columns, because a report has hundreds of facts and passages, and access by
# name takes three times as long.


def document_of(row: Any, parts: Mapping[sa.Table, Sequence[Any]]) -> Document:
    """Return the document of a row of `documents` and of its parts, ordered by position.

    Passages, facts and references that are not among the parts are left out.
    """
    marks: dict[int, list[Span]] = defaultdict(list)
    for mark in parts[footnote_marks]:
        marks[mark.footnote_position].append(Span(mark.span_start, mark.span_end))
    return Document(
        id=row.id,
        source=row.source,
        sha256=row.sha256,
        text=row.text,
        metadata=metadata_of(row),
        sections=tuple(map(_section_of, parts[sections])),
        passages=tuple(map(passage_of, parts.get(passages, ()))),
        footnotes=tuple(_footnote_of(part, marks[part.position]) for part in parts[footnotes]),
        tables=tuple(map(_table_of, parts[tables])),
        facts=tuple(map(fact_of, parts.get(facts, ()))),
        references=tuple(map(reference_of, parts.get(references, ()))),
        format=row.format,
        encoding=row.encoding,
        warnings=row.warnings,
        pages=row.pages,
        conversions=row.conversions,
    )


def passage_of(row: Any) -> Passage:
    """Return the passage of a row of `passages`."""
    _, _, name, kind, start, end, *rest = row
    return Passage(name, kind, Span(start, end), *rest)


def reference_of(row: Any) -> Reference:
    """Return the mention of a document that a row of `document_references` holds."""
    _, _, passage_id, start, end, kind, number, key, issuer, date, session, *about = row
    span, subject = Span(start, end), _span(*about)
    return Reference(passage_id, span, kind, number, key, issuer, date, session, subject)


def metadata_of(row: Any) -> Metadata:
    """Return what is known of a report from the row of its document."""
    return Metadata(**{field.name: getattr(row, field.name) for field in fields(Metadata)})


def fact_of(row: Any) -> Fact:
    """Return the fact of a row of `facts`."""
    _, _, passage_id, value_start, value_end, number_start, number_end, *row = row
    value, other, shape, unit, per, qualifier, *row = row
    clause_start, clause_end, quote_start, quote_end, indicator, name, kind, *row = row
    text, first, last, explicit, place, direction, parent = row
    spans = (Span(value_start, value_end), Span(number_start, number_end))
    return Fact(
        passage_id,
        Quantity(*spans, value, other, shape, unit, per, qualifier),
        Span(clause_start, clause_end),
        Span(quote_start, quote_end),
        indicator,
        name,
        kind,
        Period(text, first, last, explicit),
        place,
        direction,
        parent,
    )


def _section_of(row: Any) -> Section:
    _, _, name, number, title, level, *spans, parent_id = row
    heading_start, heading_end, start, end = spans
    heading, span = Span(heading_start, heading_end), Span(start, end)
    return Section(name, number, title, level, heading, span, parent_id)


def _footnote_of(row: Any, marks: Sequence[Span]) -> Footnote:
    _, _, number, label, how, start, end, reason, parent, kind = row
    return Footnote(number, label, how, tuple(marks), _span(start, end), reason, parent, kind)


def _table_of(row: Any) -> Table:
    _, _, number, start, end, headings, passage_ids = row
    return Table(number, _span(start, end), headings, passage_ids)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def part_counts(connection: sa.Connection) -> Counter[tuple[str, str]]:
    """Return how many parts of each kind, and footnotes of each resolution, documents have."""
    counts: Counter[tuple[str, str]] = Counter()
    for part in (sections, passages, tables):
        query = sa.select(part.c.document_id, sa.func.count()).group_by(part.c.document_id)
        counts.update({(row[0], part.name): row[1] for row in connection.execute(query)})
    notes = footnotes.c
    by_how = sa.select(notes.document_id, notes.how, sa.func.count())
    rows = connection.execute(by_how.group_by(notes.document_id, notes.how))
    counts.update({(row[0], row[1]): row[2] for row in rows})
    return counts
