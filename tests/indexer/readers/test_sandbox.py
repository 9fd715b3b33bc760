"""A converter is held to its limits, and nothing of it is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.readers.sandbox import Limits, run

PYTHON = Path(sys.executable)


def script(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "chuong-trinh"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pid: int) -> None:
    for _ in range(50):
        if not is_alive(pid):
            return
        time.sleep(0.1)
    pytest.fail(f"process {pid} is still there")


def test_output_and_environment(tmp_path):
    outcome = run([script(tmp_path, "env; echo lỗi >&2")], tmp_path, env={"OMP_THREAD_LIMIT": "1"})
    names = {line.partition("=")[0] for line in outcome.stdout.decode().splitlines()}
    assert {"PATH", "HOME", "TMPDIR", "LANG", "OMP_THREAD_LIMIT"} <= names
    assert not {"USER", "LANGUAGE", "VIRTUAL_ENV", "PYTHONPATH"} & names
    assert (outcome.why, outcome.stderr.decode()) == ("", "lỗi\n")


def test_a_failure_says_what_the_program_said(tmp_path):
    outcome = run([script(tmp_path, "echo 'no such page' >&2; exit 3")], tmp_path)
    assert outcome.why == "chuong-trinh báo lỗi (mã 3): no such page"


def test_a_crash_is_told(tmp_path):
    outcome = run([script(tmp_path, "kill -SEGV $$")], tmp_path)
    assert outcome.why == f"chuong-trinh dừng đột ngột (tín hiệu {int(signal.SIGSEGV)})"


def test_a_program_that_hangs_is_killed_with_all_it_started(tmp_path):
    program = script(tmp_path, f"sleep 60 & echo $! > {tmp_path}/pid; sleep 60")
    started = time.monotonic()
    outcome = run([program], tmp_path, Limits(seconds=1))
    assert outcome.why == "chuong-trinh chạy quá 1 giây nên đã bị dừng"
    assert time.monotonic() - started < 10
    wait_until_gone(int((tmp_path / "pid").read_text()))


def test_what_a_program_leaves_running_is_killed_too(tmp_path):
    outcome = run([script(tmp_path, f"sleep 60 & echo $! > {tmp_path}/pid")], tmp_path)
    assert outcome.why == ""
    wait_until_gone(int((tmp_path / "pid").read_text()))


def test_memory_is_bounded(tmp_path):
    outcome = run([PYTHON, "-c", "x = bytearray(10**9)"], tmp_path, Limits(memory=500 * 2**20))
    assert "MemoryError" in outcome.why


def test_one_large_file_and_many_small_ones_are_too_much(tmp_path):
    limits = Limits(seconds=30, output=2 * 2**20)
    large = "with open('x', 'wb') as f:\n  while True: f.write(bytes(10**6))"
    assert "File too large" in run([PYTHON, "-c", large], tmp_path, limits).why
    small = "import time\nfor n in range(9): open(f'{n}', 'wb').write(bytes(10**6))\ntime.sleep(60)"
    outcome = run([PYTHON, "-c", small], tmp_path, limits)
    assert outcome.why.endswith("ghi ra quá 2 MB nên đã bị dừng")


def test_there_is_no_network_where_the_system_allows_that(tmp_path):
    allowed = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False)
    if allowed.returncode != 0:
        pytest.skip("this system does not let a process leave the network")
    names = run([Path("/bin/cat"), "/proc/net/dev"], tmp_path).stdout.decode()
    assert [line.split(":")[0].strip() for line in names.splitlines()[2:]] == ["lo"]


def test_a_parent_that_is_killed_takes_its_converter_with_it(tmp_path):
    program = script(tmp_path, f"echo $$ > {tmp_path}/pid; sleep 60")
    code = (
        "from pathlib import Path; from indexer.readers.sandbox import run; "
        f"run([{str(program)!r}], Path({str(tmp_path)!r}))"
    )
    parent = subprocess.Popen([PYTHON, "-c", code], cwd=Path(__file__).parents[3])
    for _ in range(100):
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip():
            break
        time.sleep(0.1)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_until_gone(int((tmp_path / "pid").read_text()))
