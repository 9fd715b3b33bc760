"""The tables of reference packs, and the file that holds them. Opened when there is a need.

Packs are what readers wrote: they are kept apart from the catalogue, which can be made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from indexer.errors import DataFolderError

FILE_NAME = "packs.sqlite3"
_BUSY_SECONDS = 15.0

_schema = sa.MetaData()
create_all = _schema.create_all

packs = sa.Table(
    "packs",
    _schema,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("share", sa.Text, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    # Seconds since 1970.
    sa.Column("made", sa.BigInteger, nullable=False, index=True),
    sa.Column("used", sa.BigInteger, nullable=False, index=True),
)
items = sa.Table(
    "items",
    _schema,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("pack", sa.Text, sa.ForeignKey("packs.id", ondelete="CASCADE"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    *(
        sa.Column(name, sa.Text, nullable=False)
        for name in (
            *("quote", "author", "issuer", "by", "title", "place", "date", "town"),
            *("headings", "context", "note"),
        )
    ),
    sa.UniqueConstraint("pack", "link"),
)


class PackPlace(Protocol):
    """What holds packs; it is made by the first writing. Every method may raise StorageError."""

    def reading(self) -> AbstractContextManager[sa.Connection | None]:
        """Give a connection; None when nobody has made a pack yet."""

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """Give a connection whose changes are kept when the block ends, all of them or none."""

    def close(self) -> None:
        """Release connections; the next use opens them again."""


class PackFile:
    """The file of packs in a data folder. Raises DataFolderError when it cannot be used."""

    def __init__(self, data: Path) -> None:
        self.path = data / FILE_NAME
        self._engine: sa.Engine | None = None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection | None]:
        """Give a connection; None when nobody has made a pack yet."""
        if not self.path.exists():
            yield None
            return
        with self._translated(), self._opened().connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are kept when the block ends, all of them or none."""
        with (
            self._translated(),
            self._opened().connect() as connection,
            connection.execution_options(writes=True).begin(),
        ):
            yield connection

    def close(self) -> None:
        """Do nothing: the file is not held open."""

    def _opened(self) -> sa.Engine:
        if self._engine is None:
            # Before SQLite does it: packs are for their owners only.
            self.path.touch(mode=0o600)
            engine = _engine(self.path)
            with engine.begin() as connection:
                create_all(connection)
            self._engine = engine
        return self._engine

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sa.exc.SQLAlchemyError, OSError) as error:
            raise DataFolderError(
                f"Không đọc hay ghi được giỏ trích dẫn ở {self.path}.",
                "Hãy thử lại; nếu vẫn lỗi, hãy kiểm tra quyền ghi và chỗ trống của thư mục dữ "
                "liệu.",
            ) from error


def _engine(path: Path) -> sa.Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys=ON")
        return connection

    # Nothing is kept open: packs are seldom asked for, and opening the file costs nothing.
    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool)

    # By itself the driver begins late: two writers that read first would both fail.
    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
