"""Whether index and catalogue agree: noted in the catalogue, where every machine finds it.

The index is committed first, then the catalogue says which documents there are. A run that was
ended in between leaves the note, and the next one, on whatever machine, writes the index anew.
"""

from __future__ import annotations

import sqlalchemy as sa

from indexer.catalogue_database import Database
from indexer.catalogue_tables import meta

_NOTE = "unsettled"
_IS_NOTE = meta.c.name == _NOTE


class Settling:
    """The note of a catalogue. Raises StorageError when it cannot be read or written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_due(self) -> bool:
        """Say whether a run was ended between the commits of index and catalogue."""
        with self._database.reading() as connection:
            return connection.execute(sa.select(meta.c.value).where(_IS_NOTE)).first() is not None

    def cancel(self) -> None:
        """Take the note away: nothing was committed."""
        with self._database.writing() as connection:
            end(connection)

    def begin(self) -> None:
        """Note that the index is about to be committed."""
        with self._database.writing() as connection:
            end(connection)
            connection.execute(sa.insert(meta), [{"name": _NOTE, "value": 1}])


def end(connection: sa.Connection) -> None:
    """Take the note away, together with whatever else the connection commits."""
    connection.execute(sa.delete(meta).where(_IS_NOTE))
