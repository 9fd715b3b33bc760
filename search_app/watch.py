"""Following folders: an indexing run whenever something in them has changed and come to rest."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import VankienError

INTERVAL = 2.0
# A file that is still being copied changes from look to look: it is read when it has come to rest.
LOOKS_AT_REST = 2

State = Mapping[str, tuple[int, int]]


@dataclass(slots=True)
class Watch:
    """Looks at some paths again and again; every moment that matters can be put in its place."""

    paths: Sequence[Path]
    run: Callable[[], None]
    failed: Callable[[VankienError], None]
    sleep: Callable[[float], None] = time.sleep
    interval: float = INTERVAL
    _indexed: State | None = field(default=None, init=False)
    _seen: State = field(default_factory=dict, init=False)
    _rest: int = field(default=0, init=False)

    def follow(self, looks: int | None = None) -> None:
        """Run at once and after every change, for so many looks or until interrupted.

        An error of a run is told and the watch goes on: the next change may mend it.
        """
        while looks is None or looks > 0:
            self.look()
            self.sleep(self.interval)
            looks = None if looks is None else looks - 1

    def look(self) -> None:
        """Look once; run when what is seen differs from what was indexed and is at rest."""
        seen = state(self.paths)
        self._rest = self._rest + 1 if seen == self._seen else 1
        self._seen = seen
        first = self._indexed is None
        if seen != self._indexed and (first or self._rest >= LOOKS_AT_REST):
            # What changes during the run is seen by the next look.
            self._indexed = seen
            try:
                self.run()
            except VankienError as error:
                self.failed(error)


def state(paths: Sequence[Path]) -> State:
    """Return size and time of change of every file below the paths; what is gone is left out."""
    found: dict[str, tuple[int, int]] = {}
    for path in _files(paths):
        try:
            stat = path.stat()
        except OSError:
            continue
        found[str(path)] = (stat.st_size, stat.st_mtime_ns)
    return found


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for given in paths:
        if not given.is_dir():
            yield given
            continue
        for folder, folders, names in os.walk(given):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (Path(folder) / name for name in names if not name.startswith("."))
