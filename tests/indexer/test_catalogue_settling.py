"""The note that index and catalogue may differ; every machine finds it."""

from __future__ import annotations

from contextlib import closing

import pytest

from indexer.catalogue import Catalogue, SourceRecord
from indexer.database_address import DatabaseAddress
from indexer.errors import NotFound


def test_a_new_catalogue_is_settled(address: DatabaseAddress) -> None:
    with closing(Catalogue(address)) as catalogue:
        assert not catalogue.settling.is_due()


def test_the_note_stays_until_something_is_published(address: DatabaseAddress) -> None:
    with closing(Catalogue(address)) as catalogue:
        catalogue.settling.begin()
        catalogue.settling.begin()
    with closing(Catalogue(address)) as another:
        assert another.settling.is_due()
        another.publish([], [])
        assert not another.settling.is_due()


def test_what_is_not_published_does_not_settle(address: DatabaseAddress) -> None:
    with closing(Catalogue(address)) as catalogue:
        catalogue.settling.begin()
        with pytest.raises(NotFound):
            catalogue.publish([SourceRecord("/a", "/", "a", "", 0, 0, "read", "x", "")], [])
        assert catalogue.settling.is_due()
