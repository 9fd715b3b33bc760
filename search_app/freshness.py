"""Whether anything changed that answers are made from.

Another process, of this machine or another one, may index at any moment. Of what lies in the data
folder the files are looked at: every commit touches one of them, and reading them would take longer
than a kept answer takes to send. What a database or a search engine keeps is asked for the number
of its last commit.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path

from indexer.catalogue_sqlite import FILE_NAME
from indexer.config import Settings
from indexer.errors import StorageError

# File systems count time in steps: what changed less than so many seconds ago may do so again
# without another time of change.
_UNSETTLED_NS = 2 * 10**9

# The engine whose index is files of the data folder.
_EMBEDDED = "whoosh"

_Seen = tuple[str, int, int, int]


class Freshness:
    """The state of what answers are made from; every run of the program has marks of its own.

    `told` returns what there is besides files, another value for every state.
    """

    def __init__(
        self,
        settings: Settings,
        told: Callable[[], Hashable] = lambda: (),
        now: Callable[[], int] = time.time_ns,
    ) -> None:
        # Another version of the program, or other settings, may answer differently.
        self._run = secrets.token_hex(8)
        own = (settings.abbreviations, settings.synonyms, settings.indicators)
        self._files = [Path(name) for name in own if name]
        self._folders: list[Path] = []
        if not settings.database_url:
            catalogue = settings.data / FILE_NAME
            self._files += [catalogue, catalogue.with_name(f"{FILE_NAME}-wal")]
            self._folders.append(settings.data / "learned")
        if settings.backend == _EMBEDDED:
            self._folders.append(settings.data / "index")
        self._told = told
        self._now = now

    def mark(self) -> str:
        """Return a mark that no other state has; empty while something has just changed.

        Empty also when the state cannot be asked for: what is asked next will say why.
        """
        try:
            # Before the files: what changes meanwhile is then seen by the next mark.
            told = self._told()
        except StorageError:
            return ""
        seen = tuple(self._look())
        newest = max((changed for _, changed, _, _ in seen), default=0)
        if self._now() - newest < _UNSETTLED_NS:
            return ""
        return f"{self._run}{hash((told, seen)):x}"

    def _look(self) -> Iterator[_Seen]:
        yield from _states(*self._files)
        # A commit adds a file to one of the folders of the index; what was learnt is replaced.
        for folder in self._folders:
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
