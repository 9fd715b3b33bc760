from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.database_address import DatabaseAddress
from indexer.errors import DataFolderError, IndexLocked
from indexer.lock import indexing_lock

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from indexer.database_address import DatabaseAddress
from indexer.lock import indexing_lock
with indexing_lock(DatabaseAddress(Path(sys.argv[1])), 0):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(data: Path, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(data), str(seconds)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_told_who_holds_the_lock(tmp_path):
    with hold(tmp_path, 30) as process:
        with (
            pytest.raises(IndexLocked, match=f"tiến trình {process.pid} từ"),
            indexing_lock(DatabaseAddress(tmp_path), 0),
        ):
            pytest.fail("two processes hold the lock")
        process.kill()


def test_a_second_process_waits_when_it_is_asked_to(tmp_path):
    with hold(tmp_path, 0.5), indexing_lock(DatabaseAddress(tmp_path), 20):
        pass


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    with hold(tmp_path, 30) as process:
        process.kill()
        process.wait()
        started = time.monotonic()
        with indexing_lock(DatabaseAddress(tmp_path), 5):
            assert time.monotonic() - started < 5


def test_a_file_in_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    address = DatabaseAddress(tmp_path / "file")
    with pytest.raises(DataFolderError, match="--data"), indexing_lock(address, 0):
        pytest.fail("no folder, no lock")
