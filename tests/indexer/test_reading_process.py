"""Files that kill the process that reads them, or never let it end."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import wait
from pathlib import Path

import pytest

from indexer import workers
from indexer.originals import sha256_of
from indexer.reading_process import Crew, ProcessDied, TookTooLong

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ nghèo còn 2%.\n"


def odd(what: str, seconds: float = 0.0) -> tuple[str, int]:
    if what == "dies":
        os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(seconds)
    return what, os.getpid()


def odd_read(task: workers.Task, options: workers.Options) -> workers.Result:
    odd(task.manifest.get("does", ""), float(task.manifest.get("sleeps", 0)))
    return workers.Result(task.path)


@pytest.fixture
def task(tmp_path):
    def task(name: str, content: str = REPORT, **manifest: str) -> workers.Task:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return workers.Task(str(path), path, name, sha256_of(path), manifest)

    return task


def test_one_process_does_one_thing_after_the_other_and_a_dead_one_is_replaced():
    with Crew(1) as crew:
        first, again = (crew.submit(60, odd, "a").result() for _ in range(2))
        assert first == again and first[1] != os.getpid()
        with pytest.raises(ProcessDied):
            crew.submit(60, odd, "dies").result()
        assert crew.submit(60, odd, "b").result()[0] == "b"


def test_what_takes_too_long_is_ended_with_its_process():
    with Crew(2) as crew:
        number = crew.submit(60, odd, "a").result()[1]
        with pytest.raises(TookTooLong):
            crew.submit(0.2, odd, "a", 600.0).result()
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_a_run_that_is_given_up_does_not_wait():
    began = time.monotonic()
    with Crew(1) as crew:
        waiting = [crew.submit(600, odd, "a", 600.0) for _ in range(3)]
        wait(waiting, 0.5)
    assert time.monotonic() - began < 20


def test_files_that_crash_and_hang_are_named_and_the_others_are_read(task):
    tasks = [task("a.txt"), task("chết.pdf", does="dies"), task("treo.pdf", sleeps="600")]
    options = workers.Options(10**6, seconds=3)
    with Crew(1) as crew:
        read = workers.in_processes(tasks, options, crew, odd_read, [task("b.txt")])
        found = {r.path: r for r in read}
    assert len(found) == 4
    errors = {Path(path).name: result.error for path, result in found.items()}
    assert errors["a.txt"] == errors["b.txt"] == ""
    assert "`chết.pdf` bị dừng đột ngột" in errors["chết.pdf"]
    assert "`treo.pdf`: đọc quá lâu (quá 3 giây)" in errors["treo.pdf"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_few_files_that_kill_their_reader_do_not_kill_the_run(task, monkeypatch, jobs):
    page = "<html><body><p>Tôm</p></body></html>"
    tasks = [task("a.txt"), task("b.html", page), task("c.csv", "a,b\n1,2\n"), task("d.html", page)]
    away: list[str] = []

    class Watched(Crew):
        def submit(self, seconds, work, *given):
            away.append(given[0].name)
            return super().submit(seconds, work, *given)

    monkeypatch.setattr(workers, "Crew", Watched)
    with Crew(jobs) as crew:
        found = list(workers.read_all(tasks, workers.Options(10**6), crew))
    assert all(result.document for result in found) and len(found) == 4
    assert away == ["b.html", "d.html"], "all but plain texts are read in processes of their own"


def test_a_larger_file_may_take_longer(task):
    options = workers.Options(10**9, seconds=300)
    small, large = task("a.txt"), task("b.txt")
    os.truncate(large.original, 10 * 2**20)
    assert options.seconds_for(small) < 301 < options.seconds_for(large)
