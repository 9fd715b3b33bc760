"""The tables of the catalogue go from one form to the next and back, on every database."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from indexer import catalogue_database, catalogue_migrations, catalogue_past, catalogue_tables
from indexer.catalogue import Catalogue
from indexer.catalogue_database import migrate, open_store
from indexer.catalogue_migrations import downgrade, upgrade
from indexer.catalogue_sqlite import FILE_NAME
from indexer.database_address import DatabaseAddress
from indexer.errors import IndexMissing, StorageError, UsageError
from tests.factories.documents import make_document, make_source
from tests.factories.stored_facts import make_fact, with_facts

ROOT = Path(__file__).parents[2]
NEXT = catalogue_tables.SCHEMA_VERSION + 1
STEP = f'''
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{catalogue_tables.SCHEMA_VERSION}"


def upgrade():
    op.add_column("documents", sa.Column("weight", sa.Integer(), server_default="7"))


def downgrade():
    op.drop_column("documents", "weight")
'''


@contextmanager
def changing(address: DatabaseAddress) -> Iterator[sa.Connection]:
    store = open_store(address, "catalogue", read_only=False)
    try:
        with store.writing() as connection:
            yield connection
    finally:
        store.close()


@pytest.fixture
def next_version(tmp_path, monkeypatch) -> None:
    """A program that knows one more form of the tables."""
    folder = tmp_path / "steps"
    folder.mkdir()
    for step in catalogue_migrations.FOLDER.glob("v*.py"):
        (folder / step.name).write_text(step.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "next.py").write_text(STEP, encoding="utf-8")
    monkeypatch.setattr(catalogue_migrations, "FOLDER", folder)
    monkeypatch.setattr(catalogue_database, "SCHEMA_VERSION", NEXT)


def difference(connection: sa.Connection) -> list[object]:
    """Return in what the tables differ from those that the program asks."""
    assert catalogue_past.documents.metadata is catalogue_tables.schema
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, catalogue_tables.schema))


def names(connection: sa.Connection) -> set[str]:
    return set(sa.inspect(connection).get_table_names())


def test_the_tables_are_made_taken_away_and_made_again(address):
    for _ in range(2):
        with changing(address) as connection:
            upgrade(connection)
        with changing(address) as connection:
            assert names(connection) == {*catalogue_tables.schema.tables, "alembic_version"}
            assert difference(connection) == []
            downgrade(connection)
        with changing(address) as connection:
            assert names(connection) == {"alembic_version"}
    with Catalogue(address) as catalogue:
        catalogue.put_document(make_document(), 1)


def test_the_steps_make_the_tables_that_the_program_describes(address):
    with changing(address) as connection:
        upgrade(connection)
        made = structure(connection)
        downgrade(connection)
        catalogue_tables.schema.create_all(connection)
        assert structure(connection) == made


def structure(connection: sa.Connection) -> dict[str, object]:
    """Return all that the database knows of our tables."""
    inspector = sa.inspect(connection)
    found: dict[str, object] = {}
    for name in sorted(catalogue_tables.schema.tables):
        columns = [
            (one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(name)
        ]
        keys = sorted(map(str, inspector.get_foreign_keys(name)))
        indexes = sorted(map(str, inspector.get_indexes(name)))
        primary = inspector.get_pk_constraint(name)["constrained_columns"]
        found[name] = (columns, primary, keys, indexes)
    return found


def test_what_was_written_before_is_there_after_an_upgrade_and_back(address, next_version):
    document = make_document()
    document = with_facts(document, make_fact(document))
    with changing(address) as connection:
        upgrade(connection, str(catalogue_tables.SCHEMA_VERSION))
    with pytest.MonkeyPatch.context() as before:
        before.setattr(catalogue_database, "SCHEMA_VERSION", catalogue_tables.SCHEMA_VERSION)
        with Catalogue(address) as catalogue:
            catalogue.put_document(document, 1)
            catalogue.publish([make_source(document)], [])
    with pytest.raises(StorageError, match=f"nâng lên {NEXT}.*vankien migrate"):
        Catalogue.open_existing(address)
    with Catalogue(address) as catalogue:
        assert catalogue.document(document.id) == document
        assert catalogue.published_ids() == {document.id}
    weights = sa.text("SELECT weight FROM documents")
    with changing(address) as connection:
        assert connection.execute(weights).scalars().all() == [7]
        downgrade(connection, str(catalogue_tables.SCHEMA_VERSION))
        assert difference(connection) == []
    assert migrate(address) == NEXT
    assert migrate(address, catalogue_tables.SCHEMA_VERSION) == catalogue_tables.SCHEMA_VERSION
    with changing(address) as connection:
        assert difference(connection) == []
    with Catalogue(address) as catalogue:
        assert catalogue.document(document.id) == document


def test_a_form_to_which_no_step_leads_is_refused_before_anything_is_made(address):
    with pytest.raises(UsageError, match="cấu trúc 99.*các cấu trúc: 4"):
        migrate(address, 99)
    with pytest.raises(IndexMissing):
        Catalogue.open_existing(address)


def test_an_upgrade_that_fails_leaves_the_tables_as_they_were(address, next_version):
    with pytest.MonkeyPatch.context() as before:
        before.setattr(catalogue_database, "SCHEMA_VERSION", catalogue_tables.SCHEMA_VERSION)
        with changing(address) as connection:
            upgrade(connection, str(catalogue_tables.SCHEMA_VERSION))
    broken = catalogue_migrations.FOLDER / "next.py"
    more = STEP.replace('"7"))', '"7"))\n    op.drop_table("không có")')
    broken.write_text(more, encoding="utf-8")
    catalogue_migrations._steps.cache_clear()
    with pytest.raises(StorageError):
        Catalogue(address)
    with changing(address) as connection:
        assert difference(connection) == []
        version = sa.text("SELECT value FROM meta WHERE name = 'schema_version'")
        assert connection.execute(version).scalar() == catalogue_tables.SCHEMA_VERSION


def test_a_newer_catalogue_is_refused_by_an_older_program(address, next_version):
    Catalogue(address).close()
    with pytest.MonkeyPatch.context() as before:
        before.setattr(catalogue_database, "SCHEMA_VERSION", catalogue_tables.SCHEMA_VERSION)
        for open_ in (Catalogue, Catalogue.open_existing):
            with pytest.raises(StorageError, match="mới hơn.*Hãy cập nhật vankien"):
                open_(address)


def test_a_file_from_before_the_migrations_is_kept_and_completed(tmp_path):
    address, document = DatabaseAddress(tmp_path), make_document()
    with Catalogue(address) as catalogue:
        catalogue.put_document(document, 1)
    added = {"passages_id", "facts_passage_id"}
    with sqlite3.connect(tmp_path / FILE_NAME) as file:
        for name in added:
            file.execute(f"DROP INDEX {name}")
        for name in ("past_passages", "past_documents", "alembic_version"):
            file.execute(f"DROP TABLE {name}")
    with Catalogue.open_existing(address) as reader:
        assert reader.document(document.id) == document
        assert reader.past_document(document.id) is None
    with Catalogue(address) as catalogue:
        assert catalogue.document(document.id) == document
    with changing(address) as connection:
        assert difference(connection) == []
    file.close()


def test_who_only_reads_does_not_load_what_upgrades(tmp_path):
    Catalogue(DatabaseAddress(tmp_path)).close()
    code = (
        "import sys; from pathlib import Path; from indexer.catalogue import Catalogue;"
        "from indexer.database_address import DatabaseAddress;"
        "Catalogue.open_existing(DatabaseAddress(Path(sys.argv[1]))).documents();"
        "Catalogue(DatabaseAddress(Path(sys.argv[1]))).documents();"
        "assert not {'alembic', 'psycopg'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, check=True)
