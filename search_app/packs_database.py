"""Reference packs beside the catalogue, in a database that several machines share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from indexer.catalogue_postgres import PostgresStore
from search_app.packs_tables import create_all, items, packs


class PackDatabase:
    """Tables of packs, made by the first writing. Raises DatabaseError when they cannot be used.

    No step from one form of the catalogue to another touches them: readers wrote them.
    """

    def __init__(self, url: str) -> None:
        self._store = PostgresStore(url, packs.name, read_only=False)
        self._are_there = False

    @contextmanager
    def reading(self) -> Iterator[sa.Connection | None]:
        """Give a connection; None when nobody has made a pack yet."""
        with self._store.reading() as connection:
            self._are_there = self._are_there or sa.inspect(connection).has_table(items.name)
            yield connection if self._are_there else None

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give the one connection that writes at a time."""
        with self._store.writing() as connection:
            if not self._are_there:
                create_all(connection)
            yield connection

    def close(self) -> None:
        """Release connections; the next use opens them again."""
        self._store.close()
