"""What the catalogue is asked about documents that reports name: every mention, in few words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields

import sqlalchemy as sa

from indexer.catalogue_rows import metadata_of, reference_of
from indexer.catalogue_tables import documents, published, references
from indexer.models import Metadata, Reference


@dataclass(frozen=True, slots=True)
class ReferenceRecord:
    """A mention of a document in a report.

    `text` is how the report names it, `subject` what it says the document is about.
    """

    document_id: str
    metadata: Metadata
    reference: Reference
    text: str
    subject: str


def select_references(connection: sa.Connection) -> tuple[ReferenceRecord, ...]:
    """Return the mentions in published documents, by place, term and source, then position."""
    named: dict[str, list[Reference]] = defaultdict(list)
    query = sa.select(references).where(references.c.document_id.in_(published))
    for row in connection.execute(query.order_by(references.c.position)):
        named[row.document_id].append(reference_of(row))
    found = []
    about = (documents.c[field.name] for field in fields(Metadata))
    reports = sa.select(documents.c.id, documents.c.source, documents.c.text, *about)
    for row in connection.execute(reports.where(documents.c.id.in_(published))):
        metadata = metadata_of(row)
        order = (metadata.place, metadata.term, row.source, row.id)
        found.append((order, [_record(row, metadata, one) for one in named.get(row.id, ())]))
    found.sort(key=lambda report: report[0])
    return tuple(record for _order, records in found for record in records)


def _record(row: sa.Row[tuple[object, ...]], metadata: Metadata, one: Reference) -> ReferenceRecord:
    subject = one.subject.of(row.text) if one.subject else ""
    return ReferenceRecord(row.id, metadata, one, one.span.of(row.text), subject)
