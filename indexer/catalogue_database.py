"""The database of the catalogue: opened, made or upgraded, and refused when it is another one.

Which program runs the database is known to `catalogue_sqlite` and `catalogue_postgres` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from indexer import catalogue_tables as tables
from indexer.catalogue_sqlite import SqliteStore
from indexer.catalogue_store import Store
from indexer.catalogue_tables import OLDEST_VERSION, SCHEMA_VERSION
from indexer.database_address import DatabaseAddress
from indexer.errors import UsageError, VankienError

# Alembic's own table: which migration was the last one. Its name is the schema version.
_REVISION = sa.table("alembic_version", sa.column("version_num", sa.Text))


def open_store(address: DatabaseAddress, name: str, *, read_only: bool) -> Store:
    """Return the database of an address: PostgreSQL, or a file in the data folder.

    Under one `name` there is one writer at a time, whatever machine it runs on.

    Raises what SqliteStore and PostgresStore raise.
    """
    if not address.url:
        return SqliteStore(address.data / f"{name}.sqlite3", read_only=read_only)
    # Here, because who uses a file need not wait for the driver.
    from indexer.catalogue_postgres import PostgresStore

    return PostgresStore(address.url, name, read_only=read_only)


class Database:
    """The tables of the catalogue. Connections may be asked for by any thread.

    Raises IndexMissing when it is read only and not there, StorageError when it cannot be made,
    opened, upgraded or used by this version.
    """

    def __init__(self, address: DatabaseAddress, *, read_only: bool) -> None:
        self._store = open_store(address, "catalogue", read_only=read_only)
        self.version = self._store.version
        self.reading = self._store.reading
        try:
            self._prepare(read_only=read_only)
        except VankienError:
            self.close()
            raise

    def close(self) -> None:
        """Release files and connections."""
        self._store.close()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are kept when the block ends, all of them or none.

        Raises StorageError when the database cannot be written.
        """
        with self._store.writing() as connection:
            self._store.count_change(connection)
            yield connection

    def _prepare(self, *, read_only: bool) -> None:
        with self.reading() as connection:
            version = self._schema_version(connection)
            is_current = version == SCHEMA_VERSION and (read_only or _is_stamped(connection))
        if is_current:
            return
        if not read_only:
            self._upgrade()
        elif version is None:
            # Whoever made the file or the database has not made the tables yet.
            raise self._store.words.missing()
        else:
            raise self._store.words.unusable(
                f"cấu trúc {version} cần được nâng lên {SCHEMA_VERSION}",
                "Hãy chạy: vankien migrate",
            )

    def _upgrade(self) -> None:
        # Here, because it is seldom needed and takes longer to load than all the rest.
        from indexer.catalogue_migrations import upgrade

        with self._store.writing() as connection:
            # Another process may have done something since we looked; now nobody else writes.
            self._schema_version(connection)
            upgrade(connection)
            self._store.count_change(connection)

    def _schema_version(self, connection: sa.Connection) -> int | None:
        """Return which form the tables have; None when there are none.

        Raises StorageError when it is none that this version can use or upgrade.
        """
        names = set(sa.inspect(connection).get_table_names()) - {_REVISION.name}
        if not (names & tables.schema.tables.keys() if self._store.is_shared else names):
            return None
        if tables.meta.name not in names:
            raise self._store.words.unusable("nội dung không phải là danh mục của vankien")
        query = sa.select(tables.meta.c.value).where(tables.meta.c.name == "schema_version")
        version = connection.execute(query).scalar()
        if not isinstance(version, int) or version < OLDEST_VERSION:
            raise self._store.words.unusable("cấu trúc không phải của phiên bản vankien này")
        if version > SCHEMA_VERSION:
            words = self._store.words
            raise words.error(
                f"{words.beginning} do một phiên bản vankien mới hơn lập "
                f"(cấu trúc {version}, phiên bản này chỉ hiểu đến {SCHEMA_VERSION}).",
                f"Hãy cập nhật vankien, hoặc {words.elsewhere}.",
            )
        return version


def migrate(address: DatabaseAddress, to: int | None = None) -> int:
    """Bring the catalogue to the form of a schema version, by default the last; return which.

    An earlier form has no place for what later ones brought: that is lost. Raises UsageError for
    a version to which no step leads, StorageError.
    """
    from indexer.catalogue_migrations import downgrade, versions

    wanted = SCHEMA_VERSION if to is None else to
    if wanted not in versions():
        known = ", ".join(map(str, versions()))
        raise UsageError(
            f"Không có bước nào dẫn tới cấu trúc {wanted} của danh mục.",
            f"Hãy chọn một trong các cấu trúc: {known}.",
        )
    # Opened for writing it is made or upgraded, or refused when it is none of ours.
    database = Database(address, read_only=False)
    try:
        with database.writing() as connection:
            downgrade(connection, str(wanted))
    finally:
        database.close()
    return wanted


def _is_stamped(connection: sa.Connection) -> bool:
    """Say whether the migrations know the tables; catalogues of before lack later indexes."""
    if not sa.inspect(connection).has_table(_REVISION.name):
        return False
    revision = connection.execute(sa.select(_REVISION.c.version_num)).scalar()
    return revision == str(SCHEMA_VERSION)
