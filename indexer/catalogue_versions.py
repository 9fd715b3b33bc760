"""What the catalogue keeps of identical and similar reports: readings, sketches, versions."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from indexer.catalogue_database import Database
from indexer.catalogue_tables import documents, published, sketches, sources, versions
from indexer.current import Current
from indexer.models import Document
from indexer.scan import plainness
from indexer.twins import Reading, reading_of
from indexer.versions import Comparison, Difference, Sketch, Version, sketch


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a document and what says when it was written."""

    document_id: str
    source: str
    date: str
    draft: str
    text: str

    @property
    def age(self) -> tuple[str, str, str]:
        """Return by what drafts are ordered, the oldest first."""
        return (self.date or "9999", self.draft.rjust(9), self.source)


def put_sketch(connection: sa.Connection, document: Document) -> None:
    """Store by what a document will be recognised; what was known of its versions is dropped."""
    reading = reading_of(document)
    _drop_versions(connection, document.id)
    connection.execute(sa.delete(sketches).where(sketches.c.document_id == document.id))
    row = {
        "document_id": document.id,
        "text_key": reading.text_key,
        "rank": reading.rank,
        "compared": False,
        "hashes": sketch(document.text),
    }
    connection.execute(sa.insert(sketches), [row])


def name_plainly(connection: sa.Connection) -> None:
    """Name every document after the plainest of its files that are there."""
    held = sa.select(sources.c.document_id, sources.c.path, sources.c.name, documents.c.source)
    rows = connection.execute(held.where(sources.c.document_id == documents.c.id))
    plainest = {
        row.document_id: row
        for row in sorted(rows, key=lambda row: plainness(row.path), reverse=True)
    }
    for row in plainest.values():
        if row.name != row.source:
            anew = {"source": row.name, "revision": secrets.token_hex(8)}
            this = documents.c.id == row.document_id
            connection.execute(sa.update(documents).where(this).values(anew))


def set_twins(connection: sa.Connection, twins: Mapping[str, str]) -> None:
    """Store which readings are shown by another one; all others show themselves.

    What only just became a document, or ceased to be one, has to be compared anew.
    """
    before = {row.id: row.same_as for row in connection.execute(_shown_elsewhere)}
    for document_id in before.keys() | twins.keys():
        same_as = twins.get(document_id)
        if same_as == before.get(document_id):
            continue
        row = documents.c.id == document_id
        connection.execute(sa.update(documents).where(row).values(same_as=same_as))
        _drop_versions(connection, document_id)
        anew = sa.update(sketches).where(sketches.c.document_id == document_id)
        connection.execute(anew.values(compared=False))


_shown_elsewhere = sa.select(documents.c.id, documents.c.same_as).where(
    documents.c.same_as.is_not(None)
)


class StoredVersions:
    """The versions that a catalogue knows, and what they are found by."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pairs = Current(database.version, self._read_pairs)

    def readings(self) -> tuple[Reading, ...]:
        """Return the readings of all stored documents, shown or not."""
        columns = (sketches.c.document_id, sketches.c.text_key, sketches.c.rank)
        query = sa.select(*columns, documents.c.place, documents.c.term)
        query = query.where(documents.c.id == sketches.c.document_id)
        with self._database.reading() as connection:
            return tuple(Reading(*row) for row in connection.execute(query))

    def uncompared(self) -> tuple[str, ...]:
        """Return the published documents that were not compared with all others yet."""
        query = sa.select(sketches.c.document_id).where(
            sketches.c.compared.is_(False), sketches.c.document_id.in_(published)
        )
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def sketches(self) -> dict[str, Sketch]:
        """Return the sketches of the published documents by their ids."""
        query = sa.select(sketches.c.document_id, sketches.c.hashes)
        query = query.where(sketches.c.document_id.in_(published))
        with self._database.reading() as connection:
            return {row.document_id: row.hashes for row in connection.execute(query)}

    def draft(self, document_id: str) -> Draft:
        """Return the text of a stored document. It must be known."""
        columns = documents.c
        query = sa.select(columns.id, columns.source, columns.date, columns.draft, columns.text)
        with self._database.reading() as connection:
            return Draft(*connection.execute(query.where(columns.id == document_id)).one())

    def put(self, found: Sequence[Version], compared: Collection[str]) -> None:
        """Store the versions of documents that were compared with all others."""
        rows = [_version_row(version) for version in found]
        done = [{"done": document_id} for document_id in compared]
        this = sketches.c.document_id == sa.bindparam("done")
        with self._database.writing() as connection:
            for document_id in compared:
                _drop_versions(connection, document_id)
            if rows:
                connection.execute(sa.insert(versions), rows)
            if done:
                connection.execute(sa.update(sketches).where(this).values(compared=True), done)

    def of(self, document_id: str = "") -> tuple[Version, ...]:
        """Return the versions of a published document, or all there are, nearest first."""
        first, second = documents.alias("first"), documents.alias("second")
        query = (
            sa.select(versions, first.c.source.label("source"), second.c.source.label("other"))
            .where(versions.c.document_id == first.c.id, versions.c.other_id == second.c.id)
            .where(first.c.id.in_(published), second.c.id.in_(published))
            .order_by(versions.c.share.desc(), versions.c.document_id, versions.c.other_id)
        )
        if document_id:
            query = query.where(_has(document_id))
        with self._database.reading() as connection:
            return tuple(map(_version, connection.execute(query)))

    def pairs(self) -> frozenset[frozenset[str]]:
        """Return the ids of all stored pairs of versions."""
        return self._pairs.get()

    def _read_pairs(self) -> frozenset[frozenset[str]]:
        query = sa.select(versions.c.document_id, versions.c.other_id)
        with self._database.reading() as connection:
            return frozenset(map(frozenset, connection.execute(query)))

    def twins(self) -> dict[str, str]:
        """Return which stored document is shown by which other one: their texts are the same."""
        with self._database.reading() as connection:
            return {row.id: row.same_as for row in connection.execute(_shown_elsewhere)}

    def source_names(self, document_id: str = "") -> dict[str, tuple[str, ...]]:
        """Return for each document (or one) the names of all its files, the plainest path first."""
        shown = sa.func.coalesce(documents.c.same_as, documents.c.id)
        query = sa.select(shown.label("id"), sources.c.name, sources.c.path).where(
            sources.c.document_id == documents.c.id
        )
        if document_id:
            query = query.where(shown == document_id)
        names: dict[str, list[str]] = defaultdict(list)
        with self._database.reading() as connection:
            for row in sorted(connection.execute(query), key=lambda row: plainness(row.path)):
                names[row.id].append(row.name)
        return {name: tuple(found) for name, found in names.items()}


def _has(document_id: str) -> sa.ColumnElement[bool]:
    return sa.or_(versions.c.document_id == document_id, versions.c.other_id == document_id)


def _drop_versions(connection: sa.Connection, document_id: str) -> None:
    connection.execute(sa.delete(versions).where(_has(document_id)))


def _version_row(version: Version) -> dict[str, Any]:
    found = version.comparison
    return {
        "document_id": version.document_id,
        "other_id": version.other_id,
        "share": found.share,
        "count": found.count,
        "shown": [(each.before, each.after) for each in found.differences],
    }


def _version(row: Any) -> Version:
    shown = tuple(Difference(before, after) for before, after in row.shown)
    comparison = Comparison(row.share, row._mapping["count"], shown)
    return Version(row.source, row.document_id, row.other, row.other_id, comparison)
