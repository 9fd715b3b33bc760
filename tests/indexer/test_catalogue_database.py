from __future__ import annotations

import random
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import catalogue_tables
from indexer.catalogue import Catalogue
from indexer.errors import DataFolderError, IndexMissing
from indexer.models import Document
from tests.factories.documents import make_document, make_source
from tests.factories.stored_facts import make_fact, with_facts

ROOT = Path(__file__).parents[2]
FILE = "catalogue.sqlite3"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue(tmp_path) as opened:
        yield opened


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Run code in another process, from the root of the project."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


# --- several processes and threads --------------------------------------------------------------

PUT = """
import sys
from pathlib import Path
from indexer.catalogue import Catalogue
from tests.factories.documents import make_document
from dataclasses import replace
with Catalogue(Path(sys.argv[1])) as catalogue:
    catalogue.put_document(replace(make_document(), text="bản của tiến trình khác"), 1)
"""


PUBLISH = """
import sys
from pathlib import Path
from indexer.catalogue import Catalogue
from tests.factories.documents import make_document, make_source
with Catalogue(Path(sys.argv[1])) as catalogue:
    document = make_document("mới.txt", place="xã Mới")
    catalogue.put_document(document, 1)
    catalogue.publish([make_source(document, "/mới.txt")], [])
"""


def test_what_is_kept_is_not_stale_after_another_process_published(catalogue, tmp_path):
    document = make_document()
    document = with_facts(document, make_fact(document))
    catalogue.put_document(document, 1)
    catalogue.publish([make_source(document)], [])
    with Catalogue.open_existing(tmp_path) as reader:
        before = reader.state()
        assert [one.id for one in reader.documents()] == [document.id]
        assert reader.documents() is reader.documents()
        assert (len(reader.sources()), len(reader.indicators())) == (1, 1)
        with python(PUBLISH, tmp_path) as other:
            assert other.wait(60) == 0
        assert {one.metadata.place for one in reader.documents()} >= {"xã Mới"}
        assert len(reader.sources()) == 2
        assert reader.state() != before


def test_a_commit_of_the_same_process_is_seen(catalogue):
    document = make_document()
    assert catalogue.documents() == ()
    catalogue.put_document(document, 1)
    assert catalogue.documents() == ()
    catalogue.publish([make_source(document)], [])
    assert [one.id for one in catalogue.documents()] == [document.id]
    catalogue.publish([], [make_source(document).path])
    assert catalogue.documents() == ()
    assert catalogue.sources() == ()


def test_a_cached_document_is_not_stale_after_another_process_put_it(catalogue, tmp_path):
    document = make_document()
    catalogue.put_document(document, 1)
    with Catalogue.open_existing(tmp_path) as reader:
        assert reader.document(document.id) == document
        with python(PUT, tmp_path) as other:
            assert other.wait(60) == 0
        assert reader.document(document.id).text == "bản của tiến trình khác"


ALTERNATE = """
import sys
from pathlib import Path
from dataclasses import replace
from indexer.catalogue import Catalogue
from tests.factories.documents import make_document
document = make_document(paragraphs=("Một đoạn.",) * 300)
other = replace(document, text=document.text.upper(), passages=document.passages[:200])
with Catalogue(Path(sys.argv[1])) as catalogue:
    print("ready", flush=True)
    for number in range(int(sys.argv[2])):
        catalogue.put_document((other, document)[number % 2], number)
"""


def two_readings() -> tuple[Document, Document]:
    document = make_document(paragraphs=("Một đoạn.",) * 300)
    other = replace(document, text=document.text.upper(), passages=document.passages[:200])
    return document, other


def test_threads_read_whole_documents_while_another_process_writes(tmp_path):
    readings = two_readings()
    document = readings[0]
    with Catalogue(tmp_path) as catalogue:
        catalogue.put_document(document, 1)
        catalogue.publish([make_source(document)], [])
    done = threading.Event()
    seen: set[int] = set()

    def read(catalogue: Catalogue) -> int:
        count = 0
        while not done.is_set():
            found = catalogue.document(document.id)
            seen.add(readings.index(found))
            assert catalogue.documents()[0].passages in {len(r.passages) for r in readings}
            count += 1
        return count

    with Catalogue.open_existing(tmp_path) as catalogue, ThreadPoolExecutor(20) as pool:
        reads = [pool.submit(read, catalogue) for _ in range(20)]
        try:
            with python(ALTERNATE, tmp_path, 60) as writer:
                assert writer.wait(60) == 0
        finally:
            done.set()
        assert all(result.result(60) > 0 for result in reads)
    assert seen == {0, 1}


def test_two_processes_write_at_the_same_time(tmp_path):
    with python(ALTERNATE, tmp_path, 40) as one, python(ALTERNATE, tmp_path, 40) as two:
        assert (one.wait(120), two.wait(120)) == (0, 0)
    readings = two_readings()
    with Catalogue.open_existing(tmp_path) as catalogue:
        assert catalogue.document(readings[0].id) in readings


OPEN = """
import sys, time
from pathlib import Path
from indexer.catalogue import Catalogue
time.sleep(max(0, float(sys.argv[2]) - time.time()))
Catalogue(Path(sys.argv[1])).close()
"""


def test_several_processes_may_make_the_catalogue_at_once(tmp_path):
    start = time.time() + 1.5
    others = [python(OPEN, tmp_path / "data", start) for _ in range(6)]
    for other in others:
        with other:
            assert other.wait(60) == 0


# --- a process that is killed -------------------------------------------------------------------

KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from indexer.catalogue import Catalogue
from tests.factories.documents import make_document

document = make_document()
catalogue = Catalogue(Path(sys.argv[1]))

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    if statement.startswith(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "put":
    catalogue.put_document(replace(document, text="dở dang"), 2)
else:
    catalogue.publish([replace(catalogue.sources()[0], path="/mới.txt")], ["/báo cáo/an-binh.txt"])
"""


@pytest.mark.parametrize(
    ("method", "statement"),
    [
        ("put", "UPDATE documents"),
        ("put", "DELETE FROM passages"),
        ("put", "INSERT INTO passages"),
        ("put", "INSERT INTO tables"),
        ("publish", "DELETE FROM sources"),
        ("publish", "INSERT INTO sources"),
        ("publish", "DELETE FROM documents"),
    ],
)
def test_a_process_killed_in_the_middle_of_writing_leaves_the_old_state(
    tmp_path, method, statement
):
    document = make_document()
    with Catalogue(tmp_path) as catalogue:
        catalogue.put_document(document, 1)
        catalogue.publish([make_source(document)], [])
    with python(KILLED, tmp_path, method, statement) as killed:
        assert killed.wait(60) == -signal.SIGKILL
    with Catalogue.open_existing(tmp_path) as catalogue:
        assert catalogue.document(document.id) == document
        assert catalogue.has_document(document.id, 1)
        assert catalogue.sources() == (make_source(document),)
    with Catalogue(tmp_path) as catalogue:
        catalogue.put_document(document, 2)
        assert catalogue.has_document(document.id, 2)


def test_a_process_killed_at_any_moment_leaves_one_whole_reading(tmp_path):
    readings = two_readings()
    moments = random.Random(7)
    for _ in range(8):
        with python(ALTERNATE, tmp_path, 100_000) as writer:
            try:
                assert writer.stdout is not None
                assert writer.stdout.readline() == "ready\n"
                time.sleep(moments.uniform(0.05, 0.3))
                assert writer.poll() is None
            finally:
                writer.kill()
        with Catalogue.open_existing(tmp_path) as catalogue:
            assert catalogue.document(readings[0].id) in readings


# --- the data folder ----------------------------------------------------------------------------


def test_the_folder_is_made_and_only_its_owner_may_read_the_catalogue(tmp_path):
    data = tmp_path / "dữ liệu" / "a b#c?d%20"
    with Catalogue(data) as catalogue:
        catalogue.put_document(make_document(), 1)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()}
    assert modes[FILE] == 0o600
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_missing_catalogue_is_reported_and_not_made(tmp_path):
    data = tmp_path / "var"
    with pytest.raises(IndexMissing, match="vankien index THƯ_MỤC"):
        Catalogue.open_existing(data)
    assert not data.exists()
    data.mkdir()
    with pytest.raises(IndexMissing):
        Catalogue.open_existing(data)
    assert list(data.iterdir()) == []


def test_a_catalogue_without_tables_is_missing_until_it_is_opened_for_writing(tmp_path):
    (tmp_path / FILE).touch()
    with pytest.raises(IndexMissing):
        Catalogue.open_existing(tmp_path)
    Catalogue(tmp_path).close()
    Catalogue.open_existing(tmp_path).close()


def test_a_catalogue_opened_for_reading_cannot_be_written(catalogue, tmp_path):
    with (
        Catalogue.open_existing(tmp_path) as reader,
        pytest.raises(DataFolderError, match="không được phép ghi"),
    ):
        reader.put_document(make_document(), 1)


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_file_in_place_of_the_folder_is_reported_with_its_path(tmp_path, open_):
    data = tmp_path / "var"
    data.write_text("một tệp thường")
    with pytest.raises(DataFolderError, match=r"var.*--data"):
        open_(data)
    assert data.read_text() == "một tệp thường"


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_folder_in_place_of_the_file_is_reported(tmp_path, open_):
    (tmp_path / FILE).mkdir()
    with pytest.raises(DataFolderError, match="không phải là một tệp"):
        open_(tmp_path)


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_file_that_is_no_database_is_reported_and_left_alone(tmp_path, open_):
    content = "không phải cơ sở dữ liệu " * 100
    (tmp_path / FILE).write_text(content)
    with pytest.raises(DataFolderError, match="không phải là cơ sở dữ liệu.*chuyển tệp này"):
        open_(tmp_path)
    assert (tmp_path / FILE).read_text() == content


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_database_of_another_program_is_reported_and_left_alone(tmp_path, open_):
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(DataFolderError, match="không phải là danh mục của vankien"):
        open_(tmp_path)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    other.close()


@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_catalogue_of_a_newer_version_is_refused(tmp_path, open_):
    Catalogue(tmp_path).close()
    set_version(tmp_path, catalogue_tables.SCHEMA_VERSION + 1)
    with pytest.raises(DataFolderError, match="mới hơn.*Hãy cập nhật vankien"):
        open_(tmp_path)


@pytest.mark.parametrize("version", [0, catalogue_tables.SCHEMA_VERSION - 1])
@pytest.mark.parametrize("open_", [Catalogue, Catalogue.open_existing])
def test_a_catalogue_of_an_older_version_or_none_is_refused_with_what_to_do(
    tmp_path, open_, version
):
    Catalogue(tmp_path).close()
    set_version(tmp_path, version)
    with pytest.raises(DataFolderError, match=r"cấu trúc.*vankien index THƯ_MỤC"):
        open_(tmp_path)


def set_version(data: Path, version: int) -> None:
    with sqlite3.connect(data / FILE) as file:
        file.execute("UPDATE meta SET value = ?", [version])
    file.close()


def test_a_damaged_catalogue_is_reported_and_never_read_as_something_else(tmp_path):
    documents = [make_document(f"{n}.txt", paragraphs=("Một đoạn.",) * 50) for n in range(4)]
    with Catalogue(tmp_path) as catalogue:
        for document in documents:
            catalogue.put_document(document, 1)
        catalogue.publish([make_source(document, document.source) for document in documents], [])
    file = tmp_path / FILE
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(DataFolderError, match=r"catalogue\.sqlite3.*vankien index THƯ_MỤC"):
        read_all(tmp_path)


def read_all(data: Path) -> list[Document]:
    with Catalogue.open_existing(data) as catalogue:
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
    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute(damage)
    file.close()
    with pytest.raises(DataFolderError, match="không đọc được"):
        catalogue.document(document.id)


def test_a_writer_that_waits_too_long_is_told_so(tmp_path, monkeypatch):
    Catalogue(tmp_path).close()
    monkeypatch.setattr("indexer.catalogue_database.BUSY_SECONDS", 0.05)
    with Catalogue(tmp_path) as catalogue:
        other = sqlite3.connect(tmp_path / FILE)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DataFolderError, match="một tiến trình khác đang ghi") as caught:
            catalogue.put_document(make_document(), 1)
        assert caught.value.__cause__ is not None
        other.close()
