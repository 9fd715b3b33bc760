"""The database of the catalogue: opened, made, locked; its errors put into our words.

The only place that knows SQLite. Another database needs another `_engine` and `_CAUSES`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import sqlalchemy as sa

from indexer import catalogue_tables as tables
from indexer.catalogue_tables import SCHEMA_VERSION
from indexer.errors import DataFolderError, IndexMissing, VankienError, reason

BUSY_SECONDS = 30.0
_RETRY_SECONDS = 0.02

_AGAIN = "Hãy chuyển tệp này đi chỗ khác rồi chạy lại: vankien index THƯ_MỤC"
_RIGHTS = "Hãy kiểm tra quyền truy cập, hoặc chọn thư mục dữ liệu khác bằng --data."
_CAUSES = {
    sqlite3.SQLITE_NOTADB: ("tệp không phải là cơ sở dữ liệu", _AGAIN),
    sqlite3.SQLITE_CORRUPT: ("tệp đã bị hỏng", _AGAIN),
    sqlite3.SQLITE_BUSY: (
        "một tiến trình khác đang ghi",
        "Hãy chờ tiến trình đó xong rồi thử lại.",
    ),
    sqlite3.SQLITE_FULL: ("ổ đĩa đã đầy", "Hãy giải phóng chỗ trống rồi thử lại."),
    sqlite3.SQLITE_READONLY: ("không được phép ghi", _RIGHTS),
    sqlite3.SQLITE_CANTOPEN: ("không mở được tệp", _RIGHTS),
    sqlite3.SQLITE_IOERR: ("ổ đĩa báo lỗi khi đọc hoặc ghi", "Hãy kiểm tra ổ đĩa rồi thử lại."),
}
_UNREADABLE = ("nội dung của tệp không đọc được", _AGAIN)
_UNKNOWN = (
    "cơ sở dữ liệu báo lỗi",
    "Hãy thử lại; nếu vẫn lỗi, hãy chuyển thư mục dữ liệu đi nơi khác rồi lập chỉ mục lại.",
)


class Database:
    """A file of tables. Connections may be asked for by any thread; nothing is kept between.

    Raises IndexMissing when it is read only and not there, DataFolderError when it cannot be
    made, opened or used by this version.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        if read_only:
            _require_file(path)
        else:
            _make_file(path)
        if not path.is_file():
            raise _unusable(path, "ở đó không phải là một tệp")
        self._engine = _engine(path, read_only=read_only)
        self._watching: sa.PoolProxiedConnection | None = None
        self._watch_lock = Lock()
        try:
            self._prepare(read_only=read_only)
        except VankienError:
            self.close()
            raise

    def close(self) -> None:
        """Release files and connections."""
        with self._watch_lock:
            if self._watching is not None:
                self._watching.close()
                self._watching = None
        self._engine.dispose()

    def version(self) -> int:
        """Return a number that changes with every commit, of any process; asking is cheap.

        Raises DataFolderError when the file cannot be read.
        """
        with _translated(self.path), self._watch_lock:
            if self._watching is None:
                # Numbers of two connections do not compare, so that one connection is kept for
                # them; it writes nothing, because its own commits would not count.
                self._watching = self._engine.raw_connection()
            cursor = self._watching.cursor()
            cursor.execute("PRAGMA data_version")
            (version,) = cursor.fetchone() or (0,)
            cursor.close()
        return int(version)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the database until the block ends.

        Raises DataFolderError when it cannot be read.
        """
        with _translated(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are kept when the block ends, all of them or none.

        Raises DataFolderError when it cannot be written.
        """
        with (
            _translated(self.path),
            self._engine.connect() as connection,
            connection.execution_options(writes=True).begin(),
        ):
            yield connection

    def _prepare(self, *, read_only: bool) -> None:
        with self.reading() as connection:
            found = sa.inspect(connection).get_table_names()
        if not found:
            if read_only:
                # The process that made the file was ended before it made the tables.
                raise _missing(self.path)
            with self.writing() as connection:
                _make_tables(connection)
        elif tables.meta.name not in found:
            raise _unusable(self.path, "tệp không phải là danh mục của vankien")
        self._check_version()
        if not read_only:
            with self.writing() as connection:
                for index in tables.LATER_INDEXES:
                    index.create(connection, checkfirst=True)

    def _check_version(self) -> None:
        query = sa.select(tables.meta.c.value).where(tables.meta.c.name == "schema_version")
        with self.reading() as connection:
            version = connection.execute(query).scalar()
        if not isinstance(version, int) or version < SCHEMA_VERSION:
            raise _unusable(self.path, "cấu trúc của tệp không phải của phiên bản vankien này")
        if version > SCHEMA_VERSION:
            raise DataFolderError(
                f"Danh mục {self.path} do một phiên bản vankien mới hơn lập "
                f"(cấu trúc {version}, phiên bản này chỉ hiểu đến {SCHEMA_VERSION}).",
                "Hãy cập nhật vankien, hoặc chọn thư mục dữ liệu khác bằng --data.",
            )


def _make_tables(connection: sa.Connection) -> None:
    # Another process may have made them since we looked; the write lock is ours by now.
    if not sa.inspect(connection).get_table_names():
        tables.create_all(connection)
        version = {"name": "schema_version", "value": SCHEMA_VERSION}
        connection.execute(sa.insert(tables.meta), [version])


def _engine(path: Path, *, read_only: bool) -> sa.Engine:
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys=ON")
            if not read_only:
                _use_wal(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool)

    # By itself the driver begins late: a reader would see half of two states, and a writer that
    # has read first would fail instead of waiting for another one.
    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _use_wal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work side by side; the file remembers it.

    Switching needs the file alone and does not wait for it as other statements do, so it is
    tried again until the busy time is over.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Before SQLite does it: the catalogue is for its owner only.
        path.touch(mode=0o600)
    except OSError as error:
        raise DataFolderError(
            f"Không tạo được danh mục {path}: {reason(error)}.", _RIGHTS
        ) from error


def _require_file(path: Path) -> None:
    try:
        path.stat()
    except FileNotFoundError as error:
        raise _missing(path) from error
    except OSError as error:
        raise DataFolderError(
            f"Không mở được danh mục {path}: {reason(error)}.", _RIGHTS
        ) from error


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        # From a stored value that no document can hold.
        raise _unusable(path, *_UNREADABLE) from error
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
        raise _unusable(path, *_CAUSES.get(code & 0xFF, _UNKNOWN)) from error


def _missing(path: Path) -> IndexMissing:
    return IndexMissing(
        f"Chưa có tài liệu nào được lập chỉ mục trong {path.parent}.",
        "Hãy chạy: vankien index THƯ_MỤC",
    )


def _unusable(path: Path, reason: str, hint: str = _AGAIN) -> DataFolderError:
    return DataFolderError(f"Không dùng được danh mục {path}: {reason}.", hint)
