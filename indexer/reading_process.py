"""Processes that work for this one: one that dies or takes too long is known by its work.

Every process does one piece of work at a time, so nobody has to guess what killed it, and the
others go on.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Self, TypeVar

T = TypeVar("T")

_PARENT_CHECK_SECONDS = 1.0


class ProcessDied(Exception):
    """The process ended before its work was done: killed by the system, or by a broken parser."""


class TookTooLong(Exception):
    """The work was not done in its time, and the process was ended."""


class Crew:
    """So many processes at most, each started when there is work for it."""

    def __init__(self, size: int) -> None:
        """Begin without a process."""
        self.size = size
        self._threads = ThreadPoolExecutor(size)
        self._lock = threading.Lock()
        self._all: set[_Process] = set()
        self._idle: list[_Process] = []
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, whatever they do."""
        with self._lock:
            self._is_over = True
            for process in self._all:
                process.end()
        self._threads.shutdown(cancel_futures=True)

    @property
    def started(self) -> int:
        """Return how many processes there are; the next work need not wait for these to start."""
        return len(self._all)

    def submit(self, seconds: float, work: Callable[..., T], *given: object) -> Future[T]:
        """Have `work(*given)` done in a process; its result or ProcessDied, TookTooLong follows."""
        return self._threads.submit(self._done, seconds, work, given)

    def _done(self, seconds: float, work: Callable[..., Any], given: tuple[object, ...]) -> Any:
        process = self._free()
        try:
            result = process.result(seconds, work, given)
        except BaseException:
            with self._lock:
                self._all.discard(process)
            process.end()
            raise
        with self._lock:
            self._idle.append(process)
        return result

    def _free(self) -> _Process:
        with self._lock:
            if self._is_over:
                raise ProcessDied
            if self._idle:
                return self._idle.pop()
            process = _Process()
            self._all.add(process)
            return process


class _Process:
    """One process at the other end of a pipe."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()

    def result(self, seconds: float, work: Callable[..., Any], given: tuple[object, ...]) -> Any:
        try:
            self._pipe.send((work, given))
            if not self._pipe.poll(seconds):
                raise TookTooLong
            return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise ProcessDied from error

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection, parent: int) -> None:
    # Ctrl-C goes to all processes; it is for the parent to say when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    # Reports are many small objects that stay until the report is done: collecting them all the
    # time took an eighth of it.
    gc.set_threshold(50_000, 20, 50)
    while True:
        try:
            work, given = pipe.recv()
        except EOFError:
            return
        pipe.send(work(*given))


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, so that a killed run leaves none behind."""
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_SECONDS)
    os._exit(1)
