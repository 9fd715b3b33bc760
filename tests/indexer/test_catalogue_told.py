"""What is told of a stored document is what was told when it was read."""

from __future__ import annotations

import pytest

from indexer.build import build_index
from indexer.catalogue import Catalogue
from indexer.config import load_settings
from indexer.database_address import DatabaseAddress
from indexer.errors import NotFound
from indexer.reports import told_of
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    folder = tmp_path_factory.mktemp("reports")
    (folder / "a.txt").write_text("I- A\nHộ nghèo [footnoteRef:7] giảm.\nKhác.", encoding="utf-8")
    samples = sorted((REPOSITORY / "corpus").glob("*.txt"))[:2]
    build_index([folder, *samples], load_settings({}, data=data))
    with Catalogue.open_existing(DatabaseAddress(data)) as catalogue:
        yield catalogue


def test_every_document_is_told_as_it_was_read(catalogue):
    ids = sorted(catalogue.published_ids())
    told = [catalogue.told(each) for each in ids]
    assert told == [told_of(catalogue.document(each)) for each in ids]
    assert any(each.unresolved for each in told)
    assert all(each.passages for each in told)


def test_an_unknown_document_is_refused(catalogue):
    with pytest.raises(NotFound):
        catalogue.told("0" * 12)
