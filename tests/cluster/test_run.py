"""`make cluster` serves on real nodes, ends with Ctrl-C, and leaves nothing running."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys

import pytest

from tests.cluster import run
from tests.cluster.fixtures import need_engine
from tests.cluster.node import until
from tests.cluster.nodes import free_ports
from tests.cluster.rest import Refused, Unreachable, request


def answers(url: str) -> bool:
    try:
        request("GET", url, seconds=2)
    except (Refused, Unreachable):
        return False
    return True


@pytest.fixture
def served(tmp_path, sample_paths):
    """The program on three nodes, its address, and where its words go."""
    need_engine()
    reports = tmp_path / "reports"
    reports.mkdir()
    shutil.copy(sample_paths["vam-say-2020-2025.txt"], reports)
    port = str(free_ports(1)[0])
    command = [sys.executable, "-m", "tests.cluster.run", "--port", port]
    command += ["--folder", str(tmp_path / "cluster"), str(reports)]
    told = tmp_path / "told.txt"
    with (
        told.open("wb") as output,
        subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True) as process,
    ):
        yield process, f"http://127.0.0.1:{port}", told
        process.kill()


@pytest.mark.cluster
@pytest.mark.slow
def test_it_serves_from_three_nodes_until_it_is_interrupted(served):
    process, url, told = served
    assert until(lambda: process.poll() is not None or answers(f"{url}/readyz"), 120)
    assert request("GET", f"{url}/readyz")["passages"] > 0, told.read_text()
    nodes = re.findall(r"http://127\.0\.0\.1:\d+", told.read_text())[:3]
    counts = request("GET", f"{nodes[2]}/_cat/indices/vankien*?format=json")
    assert sum(int(index["docs.count"]) for index in counts) > 0
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) == 0
    assert "Traceback" not in told.read_text()
    assert not any(answers(address) for address in [url, *nodes])


def test_without_the_jars_it_says_what_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(run, "can_start", lambda: False)
    assert run.main([]) == 1
    assert "cần Java 17 trở lên (JDK) và Maven" in capsys.readouterr().err


def test_a_command_that_fails_says_so(tmp_path):
    assert run.run(["khong-co-lenh-nay"], run.environment([], tmp_path)) == 2
