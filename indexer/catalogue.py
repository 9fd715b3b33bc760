"""The catalogue: everything that was read. The index can always be rebuilt from it.

Two steps keep it whole: `put_document` stores a reading that nobody sees yet, `publish` then
says in one transaction which files exist and which document each of them holds.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any, Self

import sqlalchemy as sa

from indexer import catalogue_tables as tables
from indexer.catalogue_database import Database
from indexer.catalogue_excerpts import Excerpts, Selection
from indexer.catalogue_facts import (
    FactFilter,
    FactRecord,
    IndicatorCount,
    count_indicators,
    select_facts,
    select_places,
)
from indexer.catalogue_past import (
    PastDocument,
    PastPassage,
    drop_past,
    held_paths,
    past_document,
    past_passage,
    remember_lost,
    stored_document,
)
from indexer.catalogue_references import ReferenceRecord, select_references
from indexer.catalogue_rows import document_row, metadata_of, part_counts, part_rows
from indexer.catalogue_settling import Settling
from indexer.catalogue_settling import end as settled
from indexer.catalogue_told import select_told
from indexer.catalogue_versions import StoredVersions, name_plainly, put_sketch, set_twins
from indexer.current import Current
from indexer.database_address import DatabaseAddress
from indexer.errors import NotFound
from indexer.models import Document, FactKind, Metadata, RawPage, Resolution
from indexer.reports import ReadDocument

CACHED_DOCUMENTS = 16

_SUMMARY_COLUMNS = (
    tables.documents.c.id,
    tables.documents.c.source,
    tables.documents.c.format,
    tables.documents.c.encoding,
    tables.documents.c.pages,
    tables.documents.c.warnings,
    *(tables.documents.c[field.name] for field in fields(Metadata)),
)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A file that was given to `index`, and what became of it.

    `path` (absolute) is the key, `root` the folder or file that was asked for, `name` what people
    see. `status` is "read", "failed" or "unsupported"; `error` says why, empty when read.
    """

    path: str
    root: str
    name: str
    sha256: str
    size: int
    modified_ns: int
    status: str
    document_id: str | None
    error: str


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What a list of documents shows; `marked` to `unresolved` count footnotes by resolution."""

    id: str
    source: str
    metadata: Metadata
    sections: int
    passages: int
    marked: int
    aligned: int
    nested: int
    unresolved: int
    tables: int
    warnings: tuple[str, ...]
    format: str = ""
    encoding: str = ""
    pages: tuple[RawPage, ...] = ()


class Catalogue:
    """The documents and the files they came from, in a database.

    Every method may be called from any thread and while another process writes, and raises
    StorageError (DataFolderError for a file, DatabaseError for PostgreSQL) when the database
    cannot be read or written.
    """

    def __init__(self, address: DatabaseAddress, *, read_only: bool = False) -> None:
        self._database = Database(address, read_only=read_only)
        self._cached = lru_cache(CACHED_DOCUMENTS)(self._load)
        self._excerpts = Excerpts(self._database)
        # Another number after every commit, of any process; asking is cheap.
        version = self.version = self._database.version
        self._state = Current(version, self._read_state)
        self._sources = Current(version, self._read_sources)
        self._summaries = Current(self.state, self._read_summaries)
        self._counted = Current(self.state, self._count_indicators)
        self._places = Current(self.state, self._read_fact_places)
        self.versions = StoredVersions(self._database)
        self.settling = Settling(self._database)

    @classmethod
    def open_existing(cls, address: DatabaseAddress) -> Self:
        """Open the catalogue for reading; nothing is made.

        Raises IndexMissing when there is none, StorageError when it cannot be used.
        """
        return cls(address, read_only=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Release files and connections. A closed catalogue is not used again."""
        self._cached.cache_clear()
        self._excerpts.clear()
        for kept in (self._state, self._sources, self._summaries, self._counted, self._places):
            kept.clear()
        self._database.close()

    # --- documents

    def put_document(self, document: Document, reading_version: int) -> None:
        """Store a document, all of it or nothing, in place of one with the same id."""
        row = document_row(document)
        row |= {"reading_version": reading_version, "revision": secrets.token_hex(8)}
        parts = part_rows(document)
        table = tables.documents
        with self._database.writing() as connection:
            remember_lost(connection, held_paths(connection), [document.id], document)
            # Not deleted and inserted again: sources point to the row.
            same = sa.update(table).where(table.c.id == document.id)
            if not connection.execute(same.values(row)).rowcount:
                connection.execute(sa.insert(table), [row])
            for part, rows in parts.items():
                connection.execute(sa.delete(part).where(part.c.document_id == document.id))
                if rows:
                    connection.execute(sa.insert(part), rows)
            put_sketch(connection, document)

    def has_document(self, document_id: str, reading_version: int) -> bool:
        """Say whether this document is stored as this version of the readers reads it."""
        columns = tables.documents.c
        query = sa.select(columns.id).where(
            columns.id == document_id, columns.reading_version == reading_version
        )
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def document(self, document_id: str) -> Document:
        """Return a document as it was last stored.

        Raises NotFound when it is unknown.
        """
        columns = tables.documents.c
        query = sa.select(columns.revision).where(columns.id == document_id)
        with self._database.reading() as connection:
            revision = connection.execute(query).scalar()
        if revision is None:
            raise _unknown_document(document_id)
        return self._cached(document_id, revision)

    def _load(self, document_id: str, revision: str) -> Document:
        # `revision` is only the key of the cache: each put draws a new one, in any process.
        with self._database.reading() as connection:
            found = stored_document(connection, document_id)
        if found is None:
            raise _unknown_document(document_id)
        return found

    def told(self, document_id: str) -> ReadDocument:
        """Return what is told of a document in the report of a run. Raises NotFound."""
        with self._database.reading() as connection:
            found = select_told(connection, document_id)
        if found is None:
            raise _unknown_document(document_id)
        return found

    def texts(self, document_ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield id and text of documents, one at a time; what is unknown is left out."""
        columns = tables.documents.c
        for document_id in document_ids:
            query = sa.select(columns.id, columns.text).where(columns.id == document_id)
            with self._database.reading() as connection:
                rows = connection.execute(query).all()
            yield from ((row.id, row.text) for row in rows)

    def excerpts(self, selection: Selection) -> dict[str, Document]:
        """Return by id the documents of the selected passages, with those passages alone.

        What is unknown is left out.
        """
        return self._excerpts.of(selection)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return the published documents, ordered by place, term and source."""
        return self._summaries.get()

    def _read_summaries(self) -> tuple[DocumentSummary, ...]:
        query = sa.select(*_SUMMARY_COLUMNS).where(tables.documents.c.id.in_(tables.published))
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            counts = part_counts(connection)
        summaries = [_summary(row, counts) for row in rows]
        return tuple(sorted(summaries, key=_place_term_source))

    def state(self) -> int:
        """Return a mark that changes whenever a published document does; cheap to ask.

        What was made from the documents holds as long as it stays the same in one process.
        """
        return self._state.get()

    def _read_state(self) -> int:
        columns = tables.documents.c
        query = sa.select(columns.id, columns.revision).where(columns.id.in_(tables.published))
        with self._database.reading() as connection:
            return hash(tuple(map(tuple, connection.execute(query.order_by(columns.id)))))

    # --- facts

    def facts(
        self,
        *,
        indicators: Collection[str] = (),
        kinds: Collection[FactKind] = (),
        documents: Collection[str] = (),
    ) -> tuple[FactRecord, ...]:
        """Return the facts of published documents, ordered by document and position.

        Each argument leaves only facts that have one of its values; an empty one leaves all.
        """
        with self._database.reading() as connection:
            return select_facts(connection, FactFilter(indicators, kinds, documents))

    def indicators(self) -> tuple[IndicatorCount, ...]:
        """Return what the facts of published documents measure, most frequent first."""
        return self._counted.get()

    def _count_indicators(self) -> tuple[IndicatorCount, ...]:
        with self._database.reading() as connection:
            return count_indicators(connection)

    def fact_places(self) -> frozenset[str]:
        """Return the places of which facts of published documents speak."""
        return self._places.get()

    def _read_fact_places(self) -> frozenset[str]:
        with self._database.reading() as connection:
            return select_places(connection)

    def references(self) -> tuple[ReferenceRecord, ...]:
        """Return every mention of a document in published documents, without their texts."""
        with self._database.reading() as connection:
            return select_references(connection)

    # --- files

    def sources(self) -> tuple[SourceRecord, ...]:
        """Return every file that was given to `index`, ordered by path."""
        return self._sources.get()

    def _read_sources(self) -> tuple[SourceRecord, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(tables.sources)).all()
        records = [SourceRecord(**row._mapping) for row in rows]
        return tuple(sorted(records, key=lambda record: record.path))

    def publish(
        self,
        changed: Sequence[SourceRecord],
        removed: Sequence[str],
        twins: Mapping[str, str] | None = None,
    ) -> frozenset[str]:
        """Store the files as they are now; return the ids of the documents that this deletes.

        Documents to which no file points any more are deleted. A path that is both changed and
        removed stays. `twins` are documents of a text that another one shows, with its id; without
        it what was stored of them stays.

        Raises NotFound when a record names a document that was never put.
        """
        records = {record.path: asdict(record) for record in changed}
        table = tables.sources
        with self._database.writing() as connection:
            _require_documents(connection, changed)
            paths = held_paths(connection)
            old = [{"old": path} for path in (*removed, *records)]
            if old:
                connection.execute(sa.delete(table).where(table.c.path == sa.bindparam("old")), old)
            if records:
                connection.execute(sa.insert(table), list(records.values()))
            if twins is not None:
                set_twins(connection, twins)
                name_plainly(connection)
            settled(connection)
            return _delete_orphans(connection, paths)

    # --- what is gone

    def past_document(self, document_id: str) -> PastDocument | None:
        """Return what is known of a report that is gone; None when nothing is."""
        with self._database.reading() as connection:
            return past_document(connection, document_id)

    def past_passage(
        self, document: PastDocument, passage_id: str, version: str
    ) -> PastPassage | None:
        """Return a passage as it was in a report that is gone or was read otherwise."""
        with self._database.reading() as connection:
            return past_passage(connection, document, passage_id, version)

    def drop_past(self, is_gone: Callable[[str], bool]) -> tuple[str, ...]:
        """Delete what is kept of files whose path `is_gone` names; return their names."""
        with self._database.writing() as connection:
            return tuple(drop_past(connection, is_gone))

    def published_ids(self) -> frozenset[str]:
        """Return the ids of the documents that are shown: a file points to them."""
        with self._database.reading() as connection:
            return frozenset(connection.execute(tables.published).scalars())


def _summary(row: Any, counts: Counter[tuple[str, str]]) -> DocumentSummary:
    return DocumentSummary(
        id=row.id,
        source=row.source,
        metadata=metadata_of(row),
        sections=counts[row.id, tables.sections.name],
        passages=counts[row.id, tables.passages.name],
        marked=counts[row.id, Resolution.MARKED],
        aligned=counts[row.id, Resolution.ALIGNED],
        nested=counts[row.id, Resolution.NESTED],
        unresolved=counts[row.id, Resolution.UNRESOLVED],
        tables=counts[row.id, tables.tables.name],
        warnings=row.warnings,
        format=row.format,
        encoding=row.encoding,
        pages=row.pages,
    )


def _place_term_source(summary: DocumentSummary) -> tuple[str, ...]:
    return (summary.metadata.place, summary.metadata.term, summary.source, summary.id)


def _require_documents(connection: sa.Connection, records: Sequence[SourceRecord]) -> None:
    wanted = {record.document_id for record in records if record.document_id is not None}
    unknown = wanted.difference(connection.execute(sa.select(tables.documents.c.id)).scalars())
    if unknown:
        raise _unknown_document(min(unknown))


def _delete_orphans(connection: sa.Connection, paths: Mapping[str, str]) -> frozenset[str]:
    orphans = tables.documents.c.id.not_in(tables.held)
    ids = frozenset(connection.execute(sa.select(tables.documents.c.id).where(orphans)).scalars())
    remember_lost(connection, paths, ids)
    connection.execute(sa.delete(tables.documents).where(orphans))
    return ids


def _unknown_document(document_id: str) -> NotFound:
    return NotFound(
        f"Không có tài liệu nào mang mã {document_id!r}.",
        "Hãy xem danh sách bằng: vankien documents",
    )
