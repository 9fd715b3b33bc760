"""What was learnt, in a table beside the catalogue that several machines share.

The table is made by the first writing and is none of the catalogue's: what is learnt can be lost
and learnt again, whatever form the catalogue has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256

import sqlalchemy as sa

from indexer.catalogue_postgres import PostgresStore

_NAME = "learned"
_schema = sa.MetaData()
_learned = sa.Table(
    _NAME,
    _schema,
    sa.Column("name", sa.Text, primary_key=True),
    # Of the content: to learn the same once more changes nothing.
    sa.Column("digest", sa.BigInteger, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)


class LearnedTable:
    """Contents as rows of a database. Every method raises DatabaseError when it cannot be asked.

    May be used by any thread, and by a forked process after `close`.
    """

    def __init__(self, url: str) -> None:
        self._store = PostgresStore(url, _NAME, read_only=False)
        self._is_there = False

    def read(self, name: str) -> bytes | None:
        """Return a content as it was last written; None when there is none."""
        query = sa.select(_learned.c.content).where(_learned.c.name == name)
        with self._reading() as connection:
            found = connection.execute(query).scalar() if connection is not None else None
        return None if found is None else bytes(found)

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Put contents in the place of those that were there, all at once."""
        rows = [
            {"name": name, "digest": _digest(content), "content": content}
            for name, content in contents.items()
        ]
        with self._store.writing() as connection:
            _schema.create_all(connection)
            connection.execute(sa.delete(_learned).where(_learned.c.name.in_(contents)))
            connection.execute(sa.insert(_learned), rows)

    def versions(self) -> tuple[int, ...]:
        """Return the digests of the contents."""
        query = sa.select(_learned.c.digest).order_by(_learned.c.name)
        with self._reading() as connection:
            return tuple(connection.execute(query).scalars()) if connection is not None else ()

    def close(self) -> None:
        """Release connections; the next use opens them again."""
        self._store.close()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection | None]:
        """Give a connection; None when nobody has made the table yet."""
        with self._store.reading() as connection:
            self._is_there = self._is_there or sa.inspect(connection).has_table(_NAME)
            yield connection if self._is_there else None


def _digest(content: bytes) -> int:
    return int.from_bytes(sha256(content).digest()[:8], "big", signed=True)
