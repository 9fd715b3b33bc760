from __future__ import annotations

import os
import signal
import time
from math import inf
from threading import Timer, main_thread

import pytest

from search_app import processes
from search_app.processes import Board, Place, Processes, can_fork

pytestmark = [
    pytest.mark.skipif(not can_fork(), reason="needs fork"),
    # What is forked here runs Python alone, which needs no lock that another thread may hold.
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]


def until_told(place):
    """Work that is well until it is told to stop."""
    told = []
    signal.signal(signal.SIGTERM, lambda *_: told.append(1))
    while not told:
        place.is_well()
        time.sleep(0.01)


def stop_later(seconds: float) -> None:
    # To the thread that waits for it: threads of other tests do not hold it back.
    main = main_thread().ident
    Timer(seconds, signal.pthread_kill, (main, signal.SIGTERM)).start()


def test_workers_are_ready_and_stop_when_told(tmp_path):
    def work(place):
        (tmp_path / str(os.getpid())).touch()
        until_told(place)
        (tmp_path / f"{os.getpid()}.done").touch()

    told = []
    processes = Processes(2, work, 30, told.append)
    assert processes.run(ready=lambda: stop_later(0))
    assert len(list(tmp_path.iterdir())) == 4
    assert told == []


def test_a_worker_that_dies_is_replaced_and_told_of(tmp_path):
    first = tmp_path / "first"

    def work(place):
        place.is_well()
        if not first.exists():
            first.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        until_told(place)

    told = []
    stop_later(3)
    assert Processes(1, work, 30, told.append).run(ready=lambda: None)
    assert len(told) == 1
    assert "mã -9" in told[0]


def test_a_worker_that_hangs_is_killed(tmp_path):
    first = tmp_path / "first"

    def work(place):
        place.is_well()
        if not first.exists():
            first.touch()
            time.sleep(60)
        until_told(place)

    told = []
    stop_later(5)
    assert Processes(1, work, 1.0, told.append).run(ready=lambda: None)
    assert "bận quá 1 giây" in told[0]
    assert "mã -9" in told[1]


def test_work_that_cannot_start_is_given_up(capfd, monkeypatch):
    monkeypatch.setattr("search_app.processes._TICK", 0.01)

    def work(place):
        raise RuntimeError("không mở được")

    told = []
    assert not Processes(1, work, 30, told.append).run(ready=lambda: None)
    assert told[-1].endswith("không mở nữa.")
    assert "không mở được" in capfd.readouterr().err


def test_a_worker_that_cannot_start_is_tried_again_while_others_work(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(processes, "_TICK", 0.01)
    told = []

    def work(place):
        if place._slot == 1 and len(list(tmp_path.iterdir())) < 8:
            (tmp_path / str(os.getpid())).touch()
            raise RuntimeError("không mở được")
        until_told(place)

    # All are well at last, so that this is called.
    assert Processes(2, work, 30, told.append).run(ready=lambda: stop_later(0))
    assert len(told) == 8


def test_who_works_without_a_limit_of_time_is_not_killed(tmp_path):
    def work(place):
        time.sleep(2.5)  # longer than a few looks at who is silent
        until_told(place)

    told = []
    assert Processes(1, work, inf, told.append).run(ready=lambda: stop_later(0))
    assert told == []


def test_who_holds_more_than_the_others_takes_no_more(monkeypatch):
    monkeypatch.setattr(processes, "monotonic", lambda: 100.0)
    board = Board(3)
    first = Place(board, 0, os.getppid())
    assert first.may_take(50)  # The others have not begun.
    board.say(1, 99.5, 4)
    board.say(2, 99.5, 7)
    assert first.may_take(6)
    assert not first.may_take(7)
    board.say(1, 97.0, 4)  # That one has not been heard of for a while.
    assert first.may_take(9)
    first.is_well(3)
    assert Place(board, 2, 1).may_take(5)
    assert not Place(board, 2, 1).may_take(6)
