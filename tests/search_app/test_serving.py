"""`vankien serve` as it is used: real processes, signals, and more requests than there is room."""

from __future__ import annotations

import gc
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Barrier, Timer, main_thread

import pytest
from flask import Flask

from indexer.errors import PortError
from search_app import serving
from search_app.app import create_app
from search_app.processes import Board, Place, can_fork
from search_app.serving import load, serve, workers_of
from search_app.web_room import Room
from tests.conftest import REPOSITORY

VANKIEN = [sys.executable, "-m", "search_app", "--data"]
# Of all processes of a server with the sample reports; each has about 130 MB of its own.
MOST_MEMORY = 900 * 2**20
needs_fork = pytest.mark.skipif(not can_fork(), reason="needs fork")


@dataclass
class Running:
    """A server in processes of its own."""

    process: subprocess.Popen[str]
    host: str
    log: Path

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request("GET", urllib.parse.quote(path, safe="/?=&"))
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read().decode()
        finally:
            connection.close()

    def workers(self) -> list[int]:
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        return [int(pid) for pid in Path(children).read_text().split()]

    def memory(self) -> int:
        """Return the bytes of all processes, what they share counted once."""
        return sum(_pss(pid) for pid in (self.process.pid, *self.workers()))


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


@contextmanager
def running(data: Path, log: Path, *options: str, **env: str) -> Iterator[Running]:
    command = [*VANKIEN, str(data), "serve", "--port", "0", *options]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command,
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=os.environ | env,
        ) as process,
    ):
        try:
            line = process.stdout.readline()
            assert line, log.read_text()
            address = next(word for word in line.split() if word.startswith("http"))
            yield Running(process, urllib.parse.urlsplit(address).netloc, log)
        finally:
            process.terminate()
            process.wait(timeout=60)


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", pytest.param("2", marks=needs_fork)])
def test_a_server_answers_as_soon_as_it_says_so_and_stops_when_told(
    sample_settings, tmp_path, workers
):
    with running(sample_settings.data, tmp_path / "log", "--workers", workers) as server:
        status, headers, _ = server.get("/readyz")
        assert (status, "Server" in headers) == (200, False)
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert server.get("/search?q=hộ nghèo")[0] == 200
        if workers == "2":
            assert len(server.workers()) == 2
        # What came before the signal is still answered.
        host, _, port = server.host.partition(":")
        with socket.create_connection((host, int(port)), timeout=60) as waiting:
            waiting.sendall(b"GET /api/v1/ask?q=ngh%C3%A8o HTTP/1.1\r\nHost: localhost\r\n\r\n")
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM if workers == "2" else signal.SIGINT)
            assert waiting.recv(100).startswith(b"HTTP/1.1 200 OK")
        assert server.process.wait(timeout=60) == 0
        with pytest.raises(OSError):
            server.get("/healthz")
    assert (tmp_path / "log").read_text() == ""


@pytest.mark.slow
@needs_fork
def test_a_worker_that_is_killed_is_replaced_and_told_of(sample_settings, tmp_path):
    with running(sample_settings.data, tmp_path / "log", "--workers", "2") as server:
        first, second = server.workers()
        os.kill(first, signal.SIGKILL)
        last = time.monotonic() + 60
        while len(set(server.workers()) - {first, second}) < 1:
            assert time.monotonic() < last
            assert server.get("/healthz")[0] == 200
            time.sleep(0.1)
        assert str(first) in server.log.read_text()
        assert {server.get("/api/v1/search?q=nghèo")[0] for _ in range(4)} == {200}


@pytest.mark.slow
@needs_fork
def test_no_limit_of_time_kills_nobody(sample_settings, tmp_path):
    limits = {"VANKIEN_REQUEST_SECONDS": "0"}
    with running(sample_settings.data, tmp_path / "log", "--workers", "2", **limits) as server:
        before = server.workers()
        time.sleep(3)
        assert server.get("/api/v1/search?q=nghèo")[0] == 200
        assert server.workers() == before
    assert (tmp_path / "log").read_text() == ""


def test_without_a_limit_of_time_a_worker_is_always_well(sample_settings, monkeypatch):
    class Idle:
        connections = 3

        def __init__(self, *_):
            pass

        def run(self, beat):
            beat()

    beats = []
    monkeypatch.setattr(serving, "Server", Idle)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(Place, "is_well", lambda self, held: beats.append(held))
    app, room = Flask("served"), Room(at_once=1, waiting=0)
    app.extensions["room"] = room
    assert room.enter()
    settings = replace(sample_settings, request_seconds=0)
    with socket.socket() as listener:
        serving._answer(app, listener, settings, Place(Board(1), 0, os.getppid()))
    assert beats == [load(3, room)] * 2


def test_who_has_slow_requests_leaves_new_connections_to_who_has_idle_ones():
    board, busy = Board(2), Room(at_once=2, waiting=1)
    with ThreadPoolExecutor(2) as threads:
        barrier = Barrier(2)
        list(threads.map(lambda _: (busy.enter(), barrier.wait()), range(2)))
    slow, idle = (Place(board, slot, os.getppid()) for slot in range(2))
    slow.is_well(load(2, busy))
    idle.is_well(load(6, Room(at_once=2, waiting=1)))
    assert not slow.may_take(load(2, busy))
    assert idle.may_take(load(6, Room(at_once=2, waiting=1)))


def test_what_was_loaded_is_taken_from_the_collector_once_and_last(
    sample_settings, sample_library, monkeypatch
):
    did = []
    monkeypatch.setattr(gc, "freeze", lambda: did.append("freeze"))
    monkeypatch.setattr(serving, "ask", lambda *_: did.append("ask"))
    serving.warm_up(create_app(sample_settings, sample_library), sample_library)
    assert did == ["ask", "freeze"]


@pytest.mark.slow
@needs_fork
def test_fifty_requests_at_once_while_indexing_are_answered_or_sent_away(sample_settings, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(sample_settings.data, data)
    questions = [f"/api/v1/ask?q=hộ nghèo năm {2000 + at}" for at in range(50)]
    with running(data, tmp_path / "log", "--workers", "2") as server:
        reading = subprocess.Popen(
            [*VANKIEN, str(data), "index", "--rebuild", "--jobs", "1"],
            cwd=REPOSITORY,
            stdout=subprocess.DEVNULL,
        )
        began = time.monotonic()
        with ThreadPoolExecutor(50) as clients:
            answers = list(clients.map(server.get, questions))
        assert time.monotonic() - began < 60
        assert server.memory() < MOST_MEMORY
        assert reading.wait(timeout=120) == 0
        assert {status for status, _, _ in answers} <= {200, 503}
        assert all("Retry-After" in headers for status, headers, _ in answers if status == 503)
        assert [status for status, _, _ in answers].count(200) > 10
        assert server.get("/api/v1/search?q=nghèo")[0] == 200


@pytest.mark.slow
@needs_fork
def test_more_than_there_is_room_for_are_told_to_come_back(sample_settings, tmp_path):
    limits = {"VANKIEN_THREADS": "1", "VANKIEN_MAX_WAITING": "2"}
    questions = [f"/api/v1/ask?q=hộ nghèo năm {2000 + at}" for at in range(50)]
    with (
        running(sample_settings.data, tmp_path / "log", "--workers", "2", **limits) as server,
        ThreadPoolExecutor(50) as clients,
    ):
        answers = list(clients.map(server.get, questions))
    refused = [(headers, body) for status, headers, body in answers if status == 503]
    assert refused and len(refused) < 50
    assert {status for status, _, _ in answers} == {200, 503}
    for headers, body in refused:
        assert headers["Retry-After"] == "10"
        assert "Máy chủ đang bận" in body


@pytest.mark.parametrize("count", [100, 500])
def test_a_question_of_many_words_is_answered_or_refused_soon(
    sample_settings, sample_library, count
):
    client = create_app(sample_settings, sample_library).test_client()
    words = ("hộ nghèo cả xã có bao nhiêu đã giảm ở tỉ lệ " * 50).split()[:count]
    began = time.process_time()
    for path in ("search", "ask"):
        status = client.get(f"/api/v1/{path}", query_string={"q": " ".join(words)}).status_code
        assert status == (200 if count == 100 else 400)
    assert time.process_time() - began < 10


def test_a_taken_port_is_named(sample_settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=f"127.0.0.1:{port}"):
            serve(replace(sample_settings, port=port), ready=lambda url: None)


def test_where_processes_cannot_be_forked_one_serves_and_says_so(sample_settings, monkeypatch):
    monkeypatch.setattr(serving, "can_fork", lambda: False)
    addresses, told = [], []

    def ready(address):
        addresses.append(address)
        Timer(0.2, signal.pthread_kill, (main_thread().ident, signal.SIGTERM)).start()

    assert serve(replace(sample_settings, port=0, workers=3), ready, told.append)
    assert addresses[0].startswith("http://127.0.0.1:")
    assert told == ["Hệ thống này không chia được tiến trình; trang web chạy bằng một tiến trình."]


def test_by_itself_there_is_a_process_for_each_core(sample_settings, monkeypatch):
    for cores, workers in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(serving, "_cores", lambda cores=cores: cores)
        assert workers_of(replace(sample_settings, workers=0)) == workers
    assert workers_of(replace(sample_settings, workers=7)) == 7
