"""Tables in a PostgreSQL database that several machines share. The only place that knows it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import psycopg
import sqlalchemy as sa

from indexer.catalogue_postgres_server import LOST, UNKNOWN, Server, meaning
from indexer.catalogue_store import Cause, Store
from indexer.errors import IndexLocked

_CHANGES = "SELECT value FROM meta WHERE name = 'changes'"
_CHANGE = sa.text(
    "INSERT INTO meta (name, value) VALUES ('changes', 1) "
    "ON CONFLICT (name) DO UPDATE SET value = meta.value + 1"
)
_HOLDER = (
    "SELECT a.application_name, to_char(a.backend_start, 'DD/MM/YYYY HH24:MI') "
    "FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "JOIN pg_database d ON d.oid = l.database "
    "WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database() "
    "AND (l.classid::bigint << 32 | l.objid::bigint) = %s"
)


class PostgresStore(Store):
    """Tables in a database, of which those that are written under one `name` have one writer.

    Raises ConfigError when the address cannot be read; connecting waits for the first use.
    """

    is_shared = True

    def __init__(self, url: str, name: str, *, read_only: bool) -> None:
        self._server = Server(url)
        super().__init__(self._server.words, self._engine_of(_key(name), read_only=read_only))
        self._watching: psycopg.Connection | None = None
        self._watch_lock = Lock()

    def close(self) -> None:
        """Release connections."""
        with self._watch_lock:
            self._stop_watching()
        super().close()

    def version(self) -> int:
        """Return a number that changes with every commit, of any process; asking is cheap.

        Raises DatabaseError when the database cannot be read.
        """
        with self._watch_lock:
            try:
                return self._asked()
            except psycopg.Error:
                # The server may have been restarted since it was asked the last time.
                self._stop_watching()
            try:
                return self._asked()
            except psycopg.Error as error:
                self._stop_watching()
                raise self.words.unusable(*meaning(error)) from error

    def _asked(self) -> int:
        # A connection of its own and no transaction: one question is one way to the server.
        if self._watching is None:
            self._watching = self._server.connect()
            self._watching.autocommit = True
        row = self._watching.execute(_CHANGES).fetchone()
        return row[0] if row else 0

    def _stop_watching(self) -> None:
        if self._watching is not None:
            self._watching.close()
            self._watching = None

    def count_change(self, connection: sa.Connection) -> None:
        """Let `version` be another one once the connection commits."""
        # A number in a row and no sequence: others must not see it before they see the change.
        connection.execute(_CHANGE)

    @contextmanager
    def holding(self, name: str, wait: int) -> Iterator[Callable[[], None]]:
        """Hold a lock that all machines know while the block runs; what is given checks it.

        The server frees it when this process or its machine dies, or when the server itself is
        restarted: the check raises DatabaseError then. Raises IndexLocked when another one still
        holds it after `wait` seconds, DatabaseError when nobody can be asked.
        """
        connection = self._server.connect()
        try:
            self._lock(connection, _key(name), wait)
            yield lambda: self._check(connection)
        finally:
            connection.close()

    def _check(self, connection: psycopg.Connection) -> None:
        try:
            connection.execute("SELECT 1")
        except psycopg.Error as error:
            raise self.words.unusable(
                "mất kết nối giữ khóa lập chỉ mục, máy khác có thể đã bắt đầu ghi",
                "Chưa công bố gì; hãy chạy lại lệnh index.",
            ) from error

    def _lock(self, connection: psycopg.Connection, key: int, wait: int) -> None:
        connection.autocommit = True
        try:
            # Zero would wait for ever.
            limit = [f"{wait * 1000 or 1}ms"]
            connection.execute("SELECT set_config('lock_timeout', %s, false)", limit)
            connection.execute("SELECT pg_advisory_lock(%s)", [key])
        except psycopg.errors.LockNotAvailable as error:
            raise IndexLocked(
                f"{self.words.beginning} đang được lập chỉ mục{_holder(connection, key)}.",
                "Hãy đợi xong rồi chạy lại, hoặc đặt VANKIEN_LOCK_WAIT để chờ.",
            ) from error
        except psycopg.Error as error:
            raise self.words.unusable(*meaning(error)) from error

    def _engine_of(self, key: int, *, read_only: bool) -> sa.Engine:
        # Asked before each use whether it still stands: the server may have been restarted.
        engine = sa.create_engine(
            "postgresql+psycopg://", creator=self._server.connect, pool_pre_ping=True
        )

        @sa.event.listens_for(engine, "begin")
        def begin(connection: sa.Connection) -> None:
            driver: Any = connection.connection.dbapi_connection
            writes = connection.get_execution_options().get("writes")
            level = psycopg.IsolationLevel
            # A writer sees what the one before it wrote, a reader one state until it ends.
            driver.isolation_level = level.READ_COMMITTED if writes else level.REPEATABLE_READ
            driver.read_only = read_only or not writes
            if writes:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (key,))

        return engine

    def _cause(self, error: sa.exc.SQLAlchemyError) -> Cause:
        if isinstance(error, sa.exc.DBAPIError):
            return LOST if error.connection_invalidated else meaning(error.orig)
        return UNKNOWN


def _key(name: str) -> int:
    """Return the number by which PostgreSQL knows a lock."""
    digest = hashlib.sha256(f"vankien {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _holder(connection: psycopg.Connection, key: int) -> str:
    found = connection.execute(_HOLDER, [key]).fetchone()
    if found is None or not str(found[0]).startswith("vankien "):
        return ""
    _, process, machine = str(found[0]).split(" ", 2)
    return f" bởi tiến trình {process} của máy {machine} từ {found[1]}"
