"""The index follows the catalogue, whatever state it is found in."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from indexer import index_writing
from indexer.backends.registry import open_backend
from indexer.build import build_index
from indexer.catalogue import Catalogue
from indexer.config import load_settings
from indexer.errors import DataFolderError
from indexer.inverted import InvertedReports

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ {} giảm còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("lúa", "tôm"):
        (folder / f"{name}.txt").write_text(REPORT.format(name), encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path):
    return load_settings({}, data=tmp_path / "data")


def searchable(settings):
    backend = open_backend(settings)
    try:
        return backend.document_ids()
    finally:
        backend.close()


def ids(settings):
    catalogue = Catalogue(settings.database, read_only=True)
    try:
        return catalogue.published_ids()
    finally:
        catalogue.close()


def test_lost_files_of_the_index_are_written_anew(folder, settings):
    build_index([folder], settings)
    (arrays,) = (settings.data / "index").rglob("*.arrays")
    arrays.unlink()
    with pytest.raises(DataFolderError, match="vankien index --rebuild"):
        searchable(settings)
    report = build_index([folder], settings)
    assert {file.status for file in report.files} == {"unchanged"}
    assert searchable(settings) == ids(settings)
    assert len(ids(settings)) == 2


def test_nothing_new_writes_nothing(folder, settings, monkeypatch):
    build_index([folder], settings)
    monkeypatch.setattr(index_writing, "learn", pytest.fail)
    build_index([folder], settings)


def test_what_was_inverted_before_a_stop_is_not_inverted_again(folder, settings, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(index_writing.IndexWriting, "write", stop)
        build_index([folder], settings)
    monkeypatch.setattr(index_writing, "invert_report", pytest.fail)
    build_index([folder], settings)
    assert len(searchable(settings)) == 2


def test_what_could_not_be_inverted_while_reading_is_inverted_here(folder, settings, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.workers.invert_report", full)
    build_index([folder], settings)
    assert len(searchable(settings)) == 2


def test_a_full_disk_is_named_and_the_old_index_stays(folder, settings, monkeypatch):
    build_index([folder], settings)
    before = searchable(settings)
    (folder / "muối.txt").write_text(REPORT.format("muối"), encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(DataFolderError, match="dung lượng đĩa"):
        patch.setattr("indexer.workers.invert_report", full)
        patch.setattr(index_writing, "invert_report", full)
        build_index([folder], settings)
    assert searchable(settings) == before
    build_index([folder], settings)
    assert len(searchable(settings)) == 3


def test_the_files_of_inverted_reports_are_gone_at_the_end(folder, settings):
    build_index([folder], settings)
    assert not InvertedReports(settings.data).path("a1").parent.exists()


class Cluster:
    """An engine in a cluster that fails at the commit, before or after it takes effect."""

    def __init__(self, backend, *, takes_effect):
        self.backend = backend
        self.takes_effect = takes_effect
        self.number = 1

    def __getattr__(self, name):
        return getattr(self.backend, name)

    def state(self):
        return str(self.number)

    @contextmanager
    def write(self, meta, *, fresh=False):
        with self.backend.write(meta, fresh=fresh) as writer:
            yield writer
            self.number += self.takes_effect
            raise DataFolderError("Ổ đĩa đầy.", "")


@pytest.mark.parametrize("takes_effect", [False, True])
def test_a_commit_that_certainly_failed_costs_no_whole_index(
    folder, settings, monkeypatch, takes_effect
):
    build_index([folder], settings)
    (folder / "cua.txt").write_text(REPORT.format("cua"), encoding="utf-8")

    def fails(*given):
        return Cluster(open_backend(*given), takes_effect=takes_effect)

    with monkeypatch.context() as patch, pytest.raises(DataFolderError, match="Ổ đĩa đầy"):
        patch.setattr("indexer.build.open_backend", fails)
        build_index([folder], settings)
    with Catalogue(settings.database) as catalogue:
        assert catalogue.settling.is_due() == takes_effect
    build_index([folder], settings)
    assert searchable(settings) == ids(settings)
    assert len(ids(settings)) == 3
