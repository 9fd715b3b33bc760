from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.catalogue import Catalogue
from indexer.database_address import DatabaseAddress
from indexer.models import Document
from tests.factories.documents import make_document, make_source
from tests.factories.stored_facts import make_fact, with_facts

ROOT = Path(__file__).parents[2]


@pytest.fixture
def catalogue(address: DatabaseAddress) -> Iterator[Catalogue]:
    with Catalogue(address) as opened:
        yield opened


def python(code: str, address: DatabaseAddress, *arguments: object) -> subprocess.Popen[str]:
    """Run code in another process, from the root of the project."""
    command = [sys.executable, "-c", code, str(address.data), address.url, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


# --- several processes and threads --------------------------------------------------------------

PUT = """
import sys
from pathlib import Path
from indexer.catalogue import Catalogue
from indexer.database_address import DatabaseAddress
from tests.factories.documents import make_document
from dataclasses import replace
with Catalogue(DatabaseAddress(Path(sys.argv[1]), sys.argv[2])) as catalogue:
    catalogue.put_document(replace(make_document(), text="bản của tiến trình khác"), 1)
"""


PUBLISH = """
import sys
from pathlib import Path
from indexer.catalogue import Catalogue
from indexer.database_address import DatabaseAddress
from tests.factories.documents import make_document, make_source
with Catalogue(DatabaseAddress(Path(sys.argv[1]), sys.argv[2])) as catalogue:
    document = make_document("mới.txt", place="xã Mới")
    catalogue.put_document(document, 1)
    catalogue.publish([make_source(document, "/mới.txt")], [])
"""


def test_what_is_kept_is_not_stale_after_another_process_published(catalogue, address):
    document = make_document()
    document = with_facts(document, make_fact(document))
    catalogue.put_document(document, 1)
    catalogue.publish([make_source(document)], [])
    with Catalogue.open_existing(address) as reader:
        before = reader.state()
        assert [one.id for one in reader.documents()] == [document.id]
        assert reader.documents() is reader.documents()
        assert (len(reader.sources()), len(reader.indicators())) == (1, 1)
        with python(PUBLISH, address) as other:
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


def test_a_cached_document_is_not_stale_after_another_process_put_it(catalogue, address):
    document = make_document()
    catalogue.put_document(document, 1)
    with Catalogue.open_existing(address) as reader:
        assert reader.document(document.id) == document
        with python(PUT, address) as other:
            assert other.wait(60) == 0
        assert reader.document(document.id).text == "bản của tiến trình khác"


ALTERNATE = """
import sys
from pathlib import Path
from dataclasses import replace
from indexer.catalogue import Catalogue
from indexer.database_address import DatabaseAddress
from tests.factories.documents import make_document
document = make_document(paragraphs=("Một đoạn.",) * 300)
other = replace(document, text=document.text.upper(), passages=document.passages[:200])
with Catalogue(DatabaseAddress(Path(sys.argv[1]), sys.argv[2])) as catalogue:
    print("ready", flush=True)
    for number in range(int(sys.argv[3])):
        catalogue.put_document((other, document)[number % 2], number)
"""


def two_readings() -> tuple[Document, Document]:
    document = make_document(paragraphs=("Một đoạn.",) * 300)
    other = replace(document, text=document.text.upper(), passages=document.passages[:200])
    return document, other


def test_threads_read_whole_documents_while_another_process_writes(address):
    readings = two_readings()
    document = readings[0]
    with Catalogue(address) as catalogue:
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

    with Catalogue.open_existing(address) as catalogue, ThreadPoolExecutor(20) as pool:
        reads = [pool.submit(read, catalogue) for _ in range(20)]
        try:
            with python(ALTERNATE, address, 60) as writer:
                assert writer.wait(60) == 0
        finally:
            done.set()
        assert all(result.result(60) > 0 for result in reads)
    assert seen == {0, 1}


def test_two_processes_write_at_the_same_time(address):
    with python(ALTERNATE, address, 40) as one, python(ALTERNATE, address, 40) as two:
        assert (one.wait(120), two.wait(120)) == (0, 0)
    readings = two_readings()
    with Catalogue.open_existing(address) as catalogue:
        assert catalogue.document(readings[0].id) in readings


OPEN = """
import sys, time
from pathlib import Path
from indexer.catalogue import Catalogue
from indexer.database_address import DatabaseAddress
time.sleep(max(0, float(sys.argv[3]) - time.time()))
Catalogue(DatabaseAddress(Path(sys.argv[1]), sys.argv[2])).close()
"""


def test_several_processes_may_make_the_catalogue_at_once(address):
    made = replace(address, data=address.data / "data")
    start = time.time() + 1.5
    others = [python(OPEN, made, start) for _ in range(6)]
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
from indexer.database_address import DatabaseAddress
from tests.factories.documents import make_document

document = make_document()
catalogue = Catalogue(DatabaseAddress(Path(sys.argv[1]), sys.argv[2]))

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    if statement.startswith(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[3] == "put":
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
def test_a_process_killed_in_the_middle_of_writing_leaves_the_old_state(address, method, statement):
    document = make_document()
    with Catalogue(address) as catalogue:
        catalogue.put_document(document, 1)
        catalogue.publish([make_source(document)], [])
    with python(KILLED, address, method, statement) as killed:
        assert killed.wait(60) == -signal.SIGKILL
    with Catalogue.open_existing(address) as catalogue:
        assert catalogue.document(document.id) == document
        assert catalogue.has_document(document.id, 1)
        assert catalogue.sources() == (make_source(document),)
    with Catalogue(address) as catalogue:
        catalogue.put_document(document, 2)
        assert catalogue.has_document(document.id, 2)


def test_a_process_killed_at_any_moment_leaves_one_whole_reading(address):
    readings = two_readings()
    moments = random.Random(7)
    for _ in range(8):
        with python(ALTERNATE, address, 100_000) as writer:
            try:
                assert writer.stdout is not None
                assert writer.stdout.readline() == "ready\n"
                time.sleep(moments.uniform(0.05, 0.3))
                assert writer.poll() is None
            finally:
                writer.kill()
        with Catalogue.open_existing(address) as catalogue:
            assert catalogue.document(readings[0].id) in readings
