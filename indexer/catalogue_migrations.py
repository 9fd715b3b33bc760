"""From one form of the catalogue to the next and back, step by step, inside one transaction.

A step is a file in `migrations/`; its revision is the schema version to which it leads.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from indexer.catalogue_tables import meta

FOLDER = Path(__file__).with_name("migrations")
_VERSION = "schema_version"


@cache
def _steps(folder: Path) -> ScriptDirectory:
    return ScriptDirectory(folder, version_locations=[folder])


def versions() -> tuple[int, ...]:
    """Return the schema versions to which steps lead, the earliest first."""
    return tuple(sorted(int(step.revision) for step in _steps(FOLDER).walk_revisions()))


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Bring the tables to a later form; those that are missing are made.

    The connection must be the only one that writes; it is not committed.
    """
    scripts, context = _steps(FOLDER), MigrationContext.configure(connection)
    known = context.get_current_revision() or "base"
    with Operations.context(context):
        for step in reversed([*scripts.iterate_revisions(to, known)]):
            step.module.upgrade()
            context.stamp(scripts, step.revision)
            _note(connection, step.revision)


def downgrade(connection: sa.Connection, to: str = "base") -> None:
    """Bring the tables back to an earlier form; at "base" there are none.

    What the earlier form has no place for is lost. The connection must be the only one that
    writes; it is not committed.
    """
    scripts, context = _steps(FOLDER), MigrationContext.configure(connection)
    known = context.get_current_revision() or "base"
    with Operations.context(context):
        for step in [*scripts.iterate_revisions(known, to)]:
            step.module.downgrade()
            context.stamp(scripts, str(step.down_revision or "base"))
            if step.down_revision:
                _note(connection, str(step.down_revision))


def _note(connection: sa.Connection, revision: str) -> None:
    """Write down which version of the program understands the tables."""
    connection.execute(sa.delete(meta).where(meta.c.name == _VERSION))
    connection.execute(sa.insert(meta), [{"name": _VERSION, "value": int(revision)}])
