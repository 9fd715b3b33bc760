"""The catalogue in a file of the data folder. The only place that knows SQLite."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import sqlalchemy as sa

from indexer import catalogue_store
from indexer.catalogue_store import BUSY, Cause, Store, Words
from indexer.errors import DataFolderError, reason

FILE_NAME = "catalogue.sqlite3"
_RETRY_SECONDS = 0.02

_AGAIN = "Hãy chuyển tệp này đi chỗ khác rồi chạy lại: vankien index THƯ_MỤC"
_RIGHTS = "Hãy kiểm tra quyền truy cập, hoặc chọn thư mục dữ liệu khác bằng --data."
_CAUSES = {
    sqlite3.SQLITE_NOTADB: ("tệp không phải là cơ sở dữ liệu", _AGAIN),
    sqlite3.SQLITE_CORRUPT: ("tệp đã bị hỏng", _AGAIN),
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_FULL: ("ổ đĩa đã đầy", "Hãy giải phóng chỗ trống rồi thử lại."),
    sqlite3.SQLITE_READONLY: ("không được phép ghi", _RIGHTS),
    sqlite3.SQLITE_CANTOPEN: ("không mở được tệp", _RIGHTS),
    sqlite3.SQLITE_IOERR: ("ổ đĩa báo lỗi khi đọc hoặc ghi", "Hãy kiểm tra ổ đĩa rồi thử lại."),
}
_UNKNOWN = (
    "cơ sở dữ liệu báo lỗi",
    "Hãy thử lại; nếu vẫn lỗi, hãy chuyển thư mục dữ liệu đi nơi khác rồi lập chỉ mục lại.",
)


class SqliteStore(Store):
    """A file of tables.

    Raises IndexMissing when it is read only and not there, DataFolderError when it cannot be
    made or opened.
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        words = Words(
            title=f"danh mục {path}",
            place=str(path.parent),
            again=_AGAIN,
            elsewhere="chọn thư mục dữ liệu khác bằng --data",
            error=DataFolderError,
        )
        super().__init__(words, _engine(path, read_only=read_only))
        if read_only:
            self._require_file(path)
        else:
            self._make_file(path)
        if not path.is_file():
            raise self.words.unusable("ở đó không phải là một tệp")
        self._watching: sa.PoolProxiedConnection | None = None
        self._watch_lock = Lock()

    def close(self) -> None:
        """Release files and connections."""
        with self._watch_lock:
            if self._watching is not None:
                self._watching.close()
                self._watching = None
        super().close()

    def version(self) -> int:
        """Return a number that changes with every commit, of any process; asking is cheap.

        Raises DataFolderError when the file cannot be read.
        """
        with self._translated(), self._watch_lock:
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
    def _translated(self) -> Iterator[None]:
        try:
            with super()._translated():
                yield
        except sqlite3.Error as error:
            raise self.words.unusable(*_known(error)) from error

    def _cause(self, error: sa.exc.SQLAlchemyError) -> Cause:
        return _known(getattr(error, "orig", None))

    def _make_file(self, path: Path) -> None:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Before SQLite does it: the catalogue is for its owner only.
            path.touch(mode=0o600)
        except OSError as error:
            raise DataFolderError(
                f"Không tạo được danh mục {path}: {reason(error)}.", _RIGHTS
            ) from error

    def _require_file(self, path: Path) -> None:
        try:
            path.stat()
        except FileNotFoundError as error:
            raise self.words.missing() from error
        except OSError as error:
            raise DataFolderError(
                f"Không mở được danh mục {path}: {reason(error)}.", _RIGHTS
            ) from error


def _known(error: BaseException | None) -> Cause:
    code = getattr(error, "sqlite_errorcode", 0)
    return _CAUSES.get(code & 0xFF, _UNKNOWN)


def _engine(path: Path, *, read_only: bool) -> sa.Engine:
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri,
            uri=True,
            timeout=catalogue_store.BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
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
    deadline = time.monotonic() + catalogue_store.BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)
