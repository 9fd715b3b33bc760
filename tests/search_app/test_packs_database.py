"""Packs beside a shared catalogue: what all packs promise is in test_packs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import sqlalchemy as sa

from indexer.catalogue import Catalogue
from indexer.database_address import DatabaseAddress
from indexer.errors import DatabaseError
from search_app.packs import Packs
from search_app.packs_database import PackDatabase
from tests.postgres import Postgres

pytestmark = pytest.mark.database


def test_looking_makes_no_table(database_url):
    with closing(PackDatabase(database_url)) as place:
        with place.reading() as connection:
            assert connection is None
        with place.writing() as connection:
            assert set(sa.inspect(connection).get_table_names()) == {"packs", "items"}
        with place.reading() as connection:
            assert connection is not None


def test_machines_that_begin_together_make_the_tables_once(database_url, tmp_path):
    address = DatabaseAddress(tmp_path, database_url)
    nodes = [Packs(address) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda node: node.make(), nodes))
    assert all(node.pack(pack_id) is not None for node in nodes for pack_id in made)
    for node in nodes:
        node.close()
    assert list(tmp_path.iterdir()) == []


def test_packs_and_catalogue_leave_each_other_alone(database_url, tmp_path):
    address = DatabaseAddress(tmp_path, database_url)
    with closing(Packs(address)) as packs:
        pack_id = packs.make()
        with Catalogue(address) as catalogue:
            before = catalogue.version()
            packs.rename(pack_id, "Giảm nghèo")
            assert catalogue.version() == before and catalogue.documents() == ()
        assert packs.pack(pack_id).name == "Giảm nghèo"


def test_a_database_that_is_gone_is_told_without_its_password(postgres: Postgres, tmp_path):
    address = DatabaseAddress(tmp_path, postgres.new_database())
    with closing(Packs(address)) as packs:
        pack_id = packs.make()
        postgres.stop()
        try:
            with pytest.raises(DatabaseError) as found:
                packs.count(pack_id)
            assert postgres.password not in str(found.value)
        finally:
            postgres.start()
        assert packs.pack(pack_id) is not None
