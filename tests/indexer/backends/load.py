"""Threads that search all the time, and what they were told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from threading import Event, Thread
from time import monotonic, sleep

from indexer.backends.base import Backend
from indexer.errors import StorageError
from indexer.models import Hits, Query
from tests.cluster.node import until

# An error is told again at once where there is no node at all.
_PAUSE = 0.02


class Load:
    """What the threads of `under_load` were told: every answer that differs, every error."""

    def __init__(self, backend: Backend, query: Query) -> None:
        self.answers: set[Hits] = set()
        self.errors: list[StorageError] = []
        self.others: list[BaseException] = []
        self._backend = backend
        self._query = query
        self._times = [monotonic()]
        self._ended = Event()

    def _search(self) -> None:
        while not self._ended.is_set():
            try:
                self.answers.add(self._backend.search(self._query))
                self._times.append(monotonic())
            except StorageError as error:
                self.errors.append(error)
                sleep(_PAUSE)
            except BaseException as error:
                self.others.append(error)
                raise

    def wait_for(self, count: int, seconds: float = 40) -> None:
        """Return when so many more answers came."""
        wanted = len(self._times) + count
        assert until(lambda: len(self._times) >= wanted, seconds), self.errors[-1:]

    @property
    def longest_pause(self) -> float:
        """The longest time without an answer, in seconds."""
        times = sorted(self._times)
        return max(after - before for before, after in pairwise([*times, self._end]))

    def _until_ended(self, threads: list[Thread]) -> None:
        self._end = monotonic()
        self._ended.set()
        for thread in threads:
            thread.join()


@contextmanager
def under_load(backend: Backend, query: Query, threads: int = 3) -> Iterator[Load]:
    """Search in several threads while the block runs; none may end with a foreign error."""
    load = Load(backend, query)
    started = [Thread(target=load._search, daemon=True) for _ in range(threads)]
    for thread in started:
        thread.start()
    try:
        load.wait_for(10)
        yield load
        load.wait_for(10)
    finally:
        load._until_ended(started)
    assert load.others == []
