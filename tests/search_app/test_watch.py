"""Following folders: when a run begins, and when it waits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.errors import NothingToIndex
from search_app.watch import Watch

ROOT = Path(__file__).parents[2]


@pytest.fixture
def runs() -> list[str]:
    return []


@pytest.fixture
def watch(tmp_path, runs) -> Watch:
    (tmp_path / "a.txt").write_text("Tôm", encoding="utf-8")
    return Watch([tmp_path], lambda: runs.append("run"), lambda error: runs.append(error.message))


def test_the_first_look_runs_and_a_quiet_folder_is_left_alone(watch, runs):
    for _ in range(4):
        watch.look()
    assert runs == ["run"]


def test_a_file_that_is_still_being_copied_is_waited_for(watch, runs, tmp_path):
    watch.look()
    for size in range(1, 5):
        (tmp_path / "b.txt").write_bytes(b"x" * size)
        watch.look()
    assert runs == ["run"]
    watch.look()
    watch.look()
    assert runs == ["run", "run"]


@pytest.mark.parametrize("change", ["write", "remove", "rename"])
def test_every_change_is_seen(watch, runs, tmp_path, change):
    watch.look()
    if change == "write":
        os.utime(tmp_path / "a.txt", ns=(1, 1))
    elif change == "remove":
        (tmp_path / "a.txt").unlink()
    else:
        (tmp_path / "a.txt").rename(tmp_path / "c.txt")
    watch.look()
    watch.look()
    assert runs == ["run", "run"]


def test_hidden_files_start_nothing(watch, runs, tmp_path):
    watch.look()
    (tmp_path / ".tmp").touch()
    watch.look()
    watch.look()
    assert runs == ["run"]


def test_an_error_of_a_run_is_told_and_the_watch_goes_on(tmp_path):
    told = []

    def run() -> None:
        raise NothingToIndex("Trống.")

    slept: list[float] = []
    Watch([tmp_path], run, lambda error: told.append(error.message), slept.append).follow(3)
    assert told == ["Trống."] and len(slept) == 3


def test_the_command_follows_a_folder_until_it_is_interrupted(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("I- KẾT QUẢ\nTôm tăng.\n", encoding="utf-8")
    command = [sys.executable, "-m", "search_app", "--data", str(tmp_path / "data")]
    process = subprocess.Popen(
        [*command, "index", "--watch", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
    )
    try:
        assert process.stdout is not None
        _wait_for(process, "a.txt")
        (folder / "b.txt").write_text("I- KẾT QUẢ\nCá giảm.\n", encoding="utf-8")
        _wait_for(process, "mới  b.txt")
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=90)
        assert "Đã dừng theo dõi" in rest
        assert process.returncode == 0
    finally:
        process.kill()


def _wait_for(process: subprocess.Popen[str], words: str) -> None:
    began = time.monotonic()
    assert process.stdout is not None
    while time.monotonic() - began < 90:
        line = process.stdout.readline()
        assert line, "the watch ended"
        if words in line:
            return
    pytest.fail(f"{words} did not come")
