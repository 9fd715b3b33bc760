"""The table of what is learnt; what it has in common with files is in test_learned."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from indexer.errors import DatabaseError
from indexer.learned_files import LANGUAGE, PHRASES
from indexer.learned_table import LearnedTable
from tests.postgres import Postgres

pytestmark = pytest.mark.database


def test_to_learn_the_same_again_changes_no_version(database_url):
    with closing(LearnedTable(database_url)) as table:
        table.write({LANGUAGE: b"a", PHRASES: b"b"})
        before = table.versions()
        table.write({LANGUAGE: b"a", PHRASES: b"b"})
        assert table.versions() == before and len(before) == 2


def test_a_reader_never_sees_half_of_what_was_written(database_url):
    with (
        closing(LearnedTable(database_url)) as writer,
        closing(LearnedTable(database_url)) as table,
    ):
        pairs = [{LANGUAGE: bytes([n]), PHRASES: bytes([n])} for n in range(40)]
        writer.write(pairs[0])
        known = set()
        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(lambda: [writer.write(pair) for pair in pairs])
            while not writing.done():
                known.add(table.versions())
        assert all(language == phrases for language, phrases in known)


def test_a_database_that_is_gone_is_told_and_comes_back(postgres: Postgres):
    with closing(LearnedTable(postgres.new_database())) as table:
        table.write({LANGUAGE: b"a"})
        postgres.stop()
        try:
            with pytest.raises(DatabaseError) as found:
                table.versions()
            assert postgres.password not in str(found.value)
        finally:
            postgres.start()
        assert table.read(LANGUAGE) == b"a"
