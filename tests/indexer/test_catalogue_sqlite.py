"""What is told of a catalogue whose file or folder cannot be used."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import catalogue_tables
from indexer.catalogue import Catalogue
from indexer.catalogue_sqlite import FILE_NAME
from indexer.database_address import DatabaseAddress
from indexer.errors import DataFolderError, IndexMissing
from indexer.models import Document
from tests.factories.documents import make_document, make_source
from tests.factories.stored_facts import make_fact, with_facts


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue(DatabaseAddress(tmp_path)) as opened:
        yield opened


def test_the_folder_is_made_and_only_its_owner_may_read_the_catalogue(tmp_path):
    data = tmp_path / "dữ liệu" / "a b#c?d%20"
    with Catalogue(DatabaseAddress(data)) as catalogue:
        catalogue.put_document(make_document(), 1)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()}
    assert modes[FILE_NAME] == 0o600
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_missing_catalogue_is_reported_and_not_made(tmp_path):
    data = tmp_path / "var"
    with pytest.raises(IndexMissing, match="vankien index THƯ_MỤC"):
        Catalogue.open_existing(DatabaseAddress(data))
    assert not data.exists()
    data.mkdir()
    with pytest.raises(IndexMissing):
        Catalogue.open_existing(DatabaseAddress(data))
    assert list(data.iterdir()) == []


def test_a_catalogue_without_tables_is_missing_until_it_is_opened_for_writing(tmp_path):
    (tmp_path / FILE_NAME).touch()
    with pytest.raises(IndexMissing):
        Catalogue.open_existing(DatabaseAddress(tmp_path))
    Catalogue(DatabaseAddress(tmp_path)).close()
    Catalogue.open_existing(DatabaseAddress(tmp_path)).close()


def test_a_catalogue_opened_for_reading_cannot_be_written(catalogue, tmp_path):
    with (
        Catalogue.open_existing(DatabaseAddress(tmp_path)) as reader,
        pytest.raises(DataFolderError, match="không được phép ghi"),
    ):
        reader.put_document(make_document(), 1)


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_file_in_place_of_the_folder_is_reported_with_its_path(tmp_path, open_):
    data = tmp_path / "var"
    data.write_text("một tệp thường")
    with pytest.raises(DataFolderError, match=r"var.*--data"):
        open_(DatabaseAddress(data))
    assert data.read_text() == "một tệp thường"


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_folder_in_place_of_the_file_is_reported(tmp_path, open_):
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(DataFolderError, match="không phải là một tệp"):
        open_(DatabaseAddress(tmp_path))


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_file_that_is_no_database_is_reported_and_left_alone(tmp_path, open_):
    content = "không phải cơ sở dữ liệu " * 100
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(DataFolderError, match="không phải là cơ sở dữ liệu.*chuyển tệp này"):
        open_(DatabaseAddress(tmp_path))
    assert (tmp_path / FILE_NAME).read_text() == content


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_database_of_another_program_is_reported_and_left_alone(tmp_path, open_):
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(DataFolderError, match="không phải là danh mục của vankien"):
        open_(DatabaseAddress(tmp_path))
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    other.close()


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_catalogue_of_a_newer_version_is_refused(tmp_path, open_):
    Catalogue(DatabaseAddress(tmp_path)).close()
    set_version(tmp_path, catalogue_tables.SCHEMA_VERSION + 1)
    with pytest.raises(DataFolderError, match="mới hơn.*Hãy cập nhật vankien"):
        open_(DatabaseAddress(tmp_path))


@pytest.mark.parametrize("version", [0, catalogue_tables.SCHEMA_VERSION - 1])
@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_catalogue_of_an_older_version_or_none_is_refused_with_what_to_do(
    tmp_path, open_, version
):
    Catalogue(DatabaseAddress(tmp_path)).close()
    set_version(tmp_path, version)
    with pytest.raises(DataFolderError, match=r"cấu trúc.*vankien index THƯ_MỤC"):
        open_(DatabaseAddress(tmp_path))


def set_version(data: Path, version: int) -> None:
    with sqlite3.connect(data / FILE_NAME) as file:
        file.execute("UPDATE meta SET value = ?", [version])
    file.close()


def test_a_damaged_catalogue_is_reported_and_never_read_as_something_else(tmp_path):
    documents = [make_document(f"{n}.txt", paragraphs=("Một đoạn.",) * 50) for n in range(4)]
    with Catalogue(DatabaseAddress(tmp_path)) as catalogue:
        for document in documents:
            catalogue.put_document(document, 1)
        catalogue.publish([make_source(document, document.source) for document in documents], [])
    file = tmp_path / FILE_NAME
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(DataFolderError, match=r"catalogue\.sqlite3.*vankien index THƯ_MỤC"):
        read_all(tmp_path)


def read_all(data: Path) -> list[Document]:
    with Catalogue.open_existing(DatabaseAddress(data)) as catalogue:
        return [catalogue.document(summary.id) for summary in catalogue.documents()]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE passages SET kind = 'poem'",
        "UPDATE passages SET cells = '[[1'",
        "UPDATE facts SET value = 'hai phẩy năm'",
    ],
)
def test_a_stored_value_that_no_document_can_hold_is_reported(catalogue, tmp_path, damage):
    document = make_document()
    catalogue.put_document(with_facts(document, make_fact(document)), 1)
    with sqlite3.connect(tmp_path / FILE_NAME) as file:
        file.execute(damage)
    file.close()
    with pytest.raises(DataFolderError, match="không đọc được"):
        catalogue.document(document.id)


def test_a_writer_that_waits_too_long_is_told_so(tmp_path, monkeypatch):
    Catalogue(DatabaseAddress(tmp_path)).close()
    monkeypatch.setattr("indexer.catalogue_store.BUSY_SECONDS", 0.05)
    with Catalogue(DatabaseAddress(tmp_path)) as catalogue:
        other = sqlite3.connect(tmp_path / FILE_NAME)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DataFolderError, match="một tiến trình khác đang ghi") as caught:
            catalogue.put_document(make_document(), 1)
        assert caught.value.__cause__ is not None
        other.close()
