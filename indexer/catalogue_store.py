"""What any database gives that can hold the catalogue, whichever program runs it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from indexer.errors import IndexMissing, StorageError

# How long a writer waits for another one.
BUSY_SECONDS = 30.0
BUSY = ("một tiến trình khác đang ghi", "Hãy chờ tiến trình đó xong rồi thử lại.")

# SQLite takes 32,766 values in one question, PostgreSQL 65,535.
MOST_VALUES = 10_000

# What is wrong, and what to do about it.
Cause = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """How messages speak of a database.

    `title` names it, `place` says where the reports are that it lists; the others are advice:
    `again` when its content is of no use, `elsewhere` to leave it alone.
    """

    title: str
    place: str
    again: str
    elsewhere: str
    error: type[StorageError]

    @property
    def beginning(self) -> str:
        """Return the title as a sentence begins with it."""
        return self.title[0].upper() + self.title[1:]

    def unusable(self, reason: str, hint: str = "") -> StorageError:
        """Return the error that says why the database cannot be used."""
        return self.error(f"Không dùng được {self.title}: {reason}.", hint or self.again)

    def missing(self) -> IndexMissing:
        """Return the error that says that there are no tables yet."""
        return IndexMissing(
            f"Chưa có tài liệu nào được lập chỉ mục trong {self.place}.",
            "Hãy chạy: vankien index THƯ_MỤC",
        )


class Store(ABC):
    """A database. Connections may be asked for by any thread; nothing is kept between."""

    # Whether tables of others may stand beside ours.
    is_shared = False

    def __init__(self, words: Words, engine: sa.Engine) -> None:
        self.words = words
        self._engine = engine

    def close(self) -> None:
        """Release files and connections."""
        self._engine.dispose()

    @abstractmethod
    def version(self) -> int:
        """Return a number that changes with every commit, of any process; asking is cheap.

        Raises StorageError when the database cannot be read.
        """

    def count_change(self, connection: sa.Connection) -> None:  # noqa: B027
        """Let `version` be another one once the connection commits."""

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state of the database until the block ends.

        Raises StorageError when it cannot be read.
        """
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are kept when the block ends, all of them or none.

        One writes at a time. Raises StorageError when the database cannot be written.
        """
        with (
            self._translated(),
            self._engine.connect() as connection,
            connection.execution_options(writes=True).begin(),
        ):
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            # From a stored value that no document can hold.
            raise self.words.unusable("nội dung không đọc được") from error
        except sa.exc.SQLAlchemyError as error:
            raise self.words.unusable(*self._cause(error)) from error

    @abstractmethod
    def _cause(self, error: sa.exc.SQLAlchemyError) -> Cause:
        """Return what an error of the database means."""
