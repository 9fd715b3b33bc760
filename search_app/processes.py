"""Processes that do the same work: forked from one that is ready, watched, and replaced.

A worker says again and again that it is well; one that does not for too long is killed like one
that died by itself, and another takes its place.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from struct import Struct
from time import monotonic

# When a worker was well for the last time, and how much it holds.
_SAID = Struct("dd")
_TICK = 1.0
# Seconds after which what a worker said does not count, and by how much one may hold more.
_STALE = 2.0
_SLACK = 2
# Seconds: a worker that dies younger was not able to start; each such death in a row makes the next
# start wait a turn longer, so long at most; what is left of a stop after the last is killed.
_YOUNG = 2.0
_LONGEST_PAUSE = 60.0
_TO_STOP = 15.0
# In a row, with no worker left.
_MOST_YOUNG_DEATHS = 5


def can_fork() -> bool:
    """Say whether this system can run work in forked processes."""
    return hasattr(os, "fork") and hasattr(signal, "sigtimedwait")


class Board:
    """What workers say of themselves, in memory that all of them see."""

    def __init__(self, count: int) -> None:
        self._memory = mmap.mmap(-1, _SAID.size * count)
        self._count = count

    def say(self, slot: int, moment: float, held: int) -> None:
        """Write down when a worker was well and how much it holds."""
        _SAID.pack_into(self._memory, slot * _SAID.size, moment, held)

    def well_at(self, slot: int) -> float:
        """Return when a worker was well for the last time, 0 when it never was."""
        return self._said(slot)[0]

    def least_held(self, but: int) -> float:
        """Return how much the worker with least holds, of all but one that are well."""
        since = monotonic() - _STALE
        said = (self._said(slot) for slot in range(self._count) if slot != but)
        return min((held for moment, held in said if moment > since), default=float("inf"))

    def _said(self, slot: int) -> tuple[float, float]:
        moment, held = _SAID.unpack_from(self._memory, slot * _SAID.size)
        return moment, held


class Place:
    """The place of one worker among the others."""

    def __init__(self, board: Board, slot: int, first: int) -> None:
        self._board = board
        self._slot = slot
        self._first = first

    def is_well(self, held: int = 0) -> None:
        """Say that the worker is well and holds so much."""
        if os.getppid() != self._first:
            # Who watched over the workers was killed.
            os.kill(os.getpid(), signal.SIGTERM)
        self._board.say(self._slot, monotonic(), held)

    def may_take(self, held: int) -> bool:
        """Say whether a worker that holds so much is to take more: others do not hold less."""
        return held <= self._board.least_held(but=self._slot) + _SLACK


class Processes:
    """So many workers at one time; `tell` gets a line about each that had to be replaced.

    `work` is called in every worker with its place, and returns when the worker is told to stop
    (SIGTERM). One that does not say that it is well for `silence` seconds is killed. One that
    cannot start is tried again, less and less often, as long as others work.
    """

    def __init__(
        self, count: int, work: Callable[[Place], None], silence: float, tell: Callable[[str], None]
    ) -> None:
        self._count = count
        self._work = work
        self._silence = silence
        self._tell = tell
        self._board = Board(count)
        self._started: dict[int, tuple[int, float]] = {}
        # When the worker of a place is to be started anew.
        self._due: dict[int, float] = {}
        self._young_deaths = 0

    def run(self, ready: Callable[[], None]) -> bool:
        """Work until SIGTERM or SIGINT; `ready` is called when every worker is well.

        Returns whether it was told to stop: False when no worker could stay alive.
        """
        with _held(signal.SIGTERM, signal.SIGINT, signal.SIGCHLD) as signals:
            for slot in range(self._count):
                self._start(slot)
            told = False
            while self._started or self._due:
                got = signal.sigtimedwait(signals, _TICK)
                if got is not None and got.si_signo != signal.SIGCHLD:
                    self._stop(signals)
                    return True
                self._bury_dead()
                self._start_due()
                self._kill_silent()
                if not told and all(map(self._board.well_at, range(self._count))):
                    told = True
                    ready()
        return False

    def _start(self, slot: int) -> None:
        self._board.say(slot, 0.0, 0)
        first = os.getpid()
        pid = os.fork()
        if pid:
            self._started[pid] = (slot, monotonic())
            return
        code = 1
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, ())
            # Ctrl+C goes to all processes of a terminal; the first one tells the others.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            self._work(Place(self._board, slot, first))
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            # Not `exit`: what the first process has to do at its end is not the worker's to do.
            os._exit(code)

    def _bury_dead(self) -> None:
        for pid, status in _ended(self._started):
            slot, since = self._started.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            is_young = monotonic() - since < _YOUNG
            self._young_deaths = self._young_deaths + 1 if is_young else 0
            if self._young_deaths >= _MOST_YOUNG_DEATHS and not self._started:
                self._tell(f"Tiến trình {pid} dừng ngay khi mở (mã {code}); không mở nữa.")
                self._due.clear()
                return
            self._tell(f"Tiến trình {pid} đã dừng bất thường (mã {code}); mở tiến trình khác.")
            self._due[slot] = monotonic() + min(self._young_deaths * _TICK, _LONGEST_PAUSE)

    def _start_due(self) -> None:
        for slot, moment in tuple(self._due.items()):
            if monotonic() >= moment:
                del self._due[slot]
                self._start(slot)

    def _kill_silent(self) -> None:
        for pid, (slot, since) in self._started.items():
            if monotonic() - max(since, self._board.well_at(slot)) > self._silence:
                self._tell(f"Tiến trình {pid} bận quá {self._silence:.0f} giây; dừng nó.")
                os.kill(pid, signal.SIGKILL)

    def _stop(self, signals: set[signal.Signals]) -> None:
        for pid in self._started:
            os.kill(pid, signal.SIGTERM)
        last = monotonic() + _TO_STOP
        while self._started:
            signal.sigtimedwait(signals, _TICK)
            for pid, _status in _ended(self._started):
                del self._started[pid]
            if monotonic() > last:
                for pid in self._started:
                    os.kill(pid, signal.SIGKILL)


def _ended(pids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield those of the processes that have ended, each with its status."""
    for pid in tuple(pids):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            yield pid, status


@contextmanager
def _held(*signals: signal.Signals) -> Iterator[set[signal.Signals]]:
    """Hold signals back until they are asked for."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield set(signals)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
