"""Whether anything changed that answers are made from, told by the files alone.

Another process may index at any moment. Asking the catalogue and the index would take longer
than a kept answer takes to send, so their files are looked at: every commit touches one of them.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.catalogue import FILE_NAME
from indexer.config import Settings

# File systems count time in steps: what changed less than so many seconds ago may do so again
# without another time of change.
_UNSETTLED_NS = 2 * 10**9

_Seen = tuple[str, int, int, int]


class Freshness:
    """The state of a data folder; every run of the program has marks of its own."""

    def __init__(self, settings: Settings, now: Callable[[], int] = time.time_ns) -> None:
        # Another version of the program, or other settings, may answer differently.
        self._run = secrets.token_hex(8)
        self._data = settings.data
        own = (settings.abbreviations, settings.synonyms, settings.indicators)
        self._own = [Path(name) for name in own if name]
        self._now = now

    def mark(self) -> str:
        """Return a mark that no other state has; empty while something has just changed."""
        seen = tuple(self._look())
        newest = max((changed for _, changed, _, _ in seen), default=0)
        if self._now() - newest < _UNSETTLED_NS:
            return ""
        return f"{self._run}{hash(seen):x}"

    def _look(self) -> Iterator[_Seen]:
        catalogue = self._data / FILE_NAME
        yield from _states(catalogue, catalogue.with_name(f"{FILE_NAME}-wal"), *self._own)
        # A commit adds a file to one of the folders of the index; what was learnt is replaced.
        for folder in (self._data / "index", self._data / "learned"):
            yield from _states(folder)
            yield from _states_in(folder)


def _states(*paths: Path) -> Iterator[_Seen]:
    for path in paths:
        try:
            yield _seen(str(path), os.stat(path))  # noqa: PTH116 - a third of the time
        except OSError:
            yield str(path), 0, 0, 0


def _states_in(folder: Path) -> Iterator[_Seen]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
            yield from (_seen(entry.path, entry.stat()) for entry in entries)
    except OSError:
        # Replaced while it was looked at: the next look sees what came in its place.
        yield str(folder), 0, time.time_ns(), 0


def _seen(name: str, stat: os.stat_result) -> _Seen:
    return name, stat.st_mtime_ns, stat.st_size, stat.st_ino
