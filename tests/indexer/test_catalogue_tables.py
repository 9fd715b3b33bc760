from __future__ import annotations

import hashlib

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from indexer import catalogue_past, catalogue_tables


def test_the_tables_can_be_made_in_postgresql():
    for table in catalogue_tables.schema.sorted_tables:
        statement = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        assert statement.strip().startswith(f"CREATE TABLE {table.name}")


def test_a_changed_table_needs_a_new_schema_version():
    # Seen another fingerprint? Then raise SCHEMA_VERSION, and only then set both here.
    tables = catalogue_tables.schema.sorted_tables
    assert catalogue_past.documents in tables
    kept = {index for table in tables for index in table.indexes}
    indexes = sorted(map(str, map(CreateIndex, kept)))
    statements = "".join([*(str(CreateTable(table)) for table in tables), *indexes])
    fingerprint = hashlib.sha256(statements.encode()).hexdigest()[:12]
    assert (catalogue_tables.SCHEMA_VERSION, fingerprint) == (4, "bd56a812213c")
