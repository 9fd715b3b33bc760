"""A run leaves the same reports behind, whichever database keeps the catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import build_index, forget
from indexer.catalogue import Catalogue
from indexer.config import Settings, load_settings
from indexer.errors import NothingToIndex
from search_app.opening import open_library

pytestmark = pytest.mark.database


@pytest.fixture
def shared_settings(tmp_path: Path, database_url: str) -> Settings:
    return load_settings({}, data=tmp_path / "var", database_url=database_url, jobs=2)


def test_the_sample_reports_are_the_same_in_postgresql(
    repository, sample_settings, shared_settings
):
    report = build_index([repository / "corpus"], shared_settings)
    assert report.documents > 3
    with (
        Catalogue.open_existing(sample_settings.database) as file,
        Catalogue.open_existing(shared_settings.database) as shared,
    ):
        assert shared.documents() == file.documents()
        ids = sorted(file.published_ids())
        assert [shared.document(one) for one in ids] == [file.document(one) for one in ids]
        assert shared.facts() == file.facts()
        assert shared.indicators() == file.indicators()
        assert shared.references() == file.references()
        assert shared.fact_places() == file.fact_places()
        assert [one.document_id for one in shared.sources()] == [
            one.document_id for one in file.sources()
        ]
        assert shared.versions.of() == file.versions.of()


def test_a_report_is_added_found_changed_and_forgotten(tmp_path, shared_settings):
    folder = tmp_path / "bc"
    folder.mkdir()
    file = folder / "bc.txt"
    file.write_text("I- KẾT QUẢ\nTỷ lệ hộ nghèo còn 2,5%.", encoding="utf-8")
    build_index([folder], shared_settings)
    library = open_library(shared_settings)
    try:
        (first,) = library.catalogue.documents()
        file.write_text("I- KẾT QUẢ\nTỷ lệ hộ nghèo còn 2,4%.", encoding="utf-8")
        build_index([folder], shared_settings)
        (second,) = library.catalogue.documents()
        assert second.id != first.id
        assert library.catalogue.past_document(first.id)
        assert forget([folder], shared_settings) == ("bc.txt",)
        assert library.catalogue.documents() == ()
    finally:
        library.close()
    with pytest.raises(NothingToIndex):
        forget([folder], shared_settings)


def test_the_reports_are_there_for_another_machine(tmp_path, shared_settings):
    folder = tmp_path / "bc"
    folder.mkdir()
    (folder / "bc.txt").write_text("I- KẾT QUẢ\nHộ nghèo còn 2,5%.", encoding="utf-8")
    build_index([folder], shared_settings)
    other = replace(shared_settings, data=tmp_path / "other")
    with Catalogue.open_existing(other.database) as catalogue:
        assert [one.source for one in catalogue.documents()] == ["bc.txt"]
