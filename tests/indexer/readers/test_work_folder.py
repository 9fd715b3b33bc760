"""Temporary folders: gone with their block, and swept when their process was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from indexer.readers.work_folder import sweep, work_folder

HOLD = """
import sys, time
from indexer.readers.work_folder import work_folder
with work_folder() as folder:
    (folder / "a.txt").write_text("t")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def holder(place):
    """A process that holds a folder which is old enough to be looked at."""
    environment = os.environ | {"TMPDIR": str(place)}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    _age(folder)
    yield process, folder
    process.kill()
    process.wait()
    process.stdout.close()


def _age(folder: Path) -> None:
    old = time.time() - 3_600
    os.utime(folder, (old, old))


def test_a_folder_is_gone_with_its_block():
    with work_folder() as folder:
        (folder / "a.txt").write_text("t")
    assert not folder.exists()


def test_the_folder_of_a_killed_process_is_swept_that_of_a_living_one_not(holder):
    process, folder = holder
    assert sweep() == 0
    assert (folder / "a.txt").is_file()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert sweep() == 1
    assert not folder.exists()


def test_what_is_new_or_not_ours_stays(place):
    new, foreign = place / "vankien-new", place / "vankien-foreign"
    for folder in (new, foreign):
        folder.mkdir()
    (new / ".in-use").touch()
    target = place / "elsewhere"
    target.mkdir()
    (target / ".in-use").touch()
    (place / "vankien-link").symlink_to(target)
    _age(foreign)
    _age(target)
    assert sweep() == 0
    assert new.is_dir()
    assert foreign.is_dir()
    assert target.is_dir()
