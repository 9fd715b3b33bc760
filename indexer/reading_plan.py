"""What a run has to read: each content once, however many files hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat
from pathlib import Path, PurePosixPath

from indexer.catalogue import SourceRecord
from indexer.errors import ReadingError
from indexer.originals import Originals
from indexer.readers.registry import find_reader
from indexer.readers.work_folder import work_folder
from indexer.scan import Found, plainness
from indexer.workers import Result, Task

# Copies of originals that are elsewhere take room until they are read: so many at one time, and
# so many fetched at once.
_BATCH = 64
_FETCHES_AT_ONCE = 8


class ReadingPlan:
    """The tasks of a run, and the files that wait for each of them."""

    def __init__(self, originals: Originals, max_bytes: int) -> None:
        """Begin with nothing to read; `max_bytes` is what a file may have."""
        self._originals = originals
        self._max_bytes = max_bytes
        self._tasks: dict[tuple[str, str], Task] = {}
        self._waiting: dict[str, list[SourceRecord]] = {}

    def __len__(self) -> int:
        """Return how many contents are to be read."""
        return len(self._tasks)

    def batches(self) -> Iterator[tuple[Task, ...]]:
        """Yield what is to be read, in the order in which it was added.

        What is read is what is kept: a batch lies on this machine until the next is asked for.
        Raises NotFound and DataFolderError when an original cannot be fetched.
        """
        tasks = tuple(self._tasks.values())
        if self._originals.are_here:
            yield self._fetched(tasks, Path())
            return
        for start in range(0, len(tasks), _BATCH):
            with work_folder() as folder:
                yield self._fetched(tasks[start : start + _BATCH], folder)

    def _fetched(self, tasks: tuple[Task, ...], folder: Path) -> tuple[Task, ...]:
        names = tuple(dict.fromkeys(task.sha256 for task in tasks))
        with ThreadPoolExecutor(_FETCHES_AT_ONCE) as pool:
            places = dict(
                zip(names, pool.map(self._originals.fetch, names, repeat(folder)), strict=True)
            )
        return tuple(replace(task, original=places[task.sha256]) for task in tasks)

    def add(self, file: Found, record: SourceRecord, manifest: Mapping[str, str]) -> None:
        """Plan to read a file; one of bytes that are read already waits for them.

        Of such files all that their manifests know is taken together. Raises ReadingError.
        """
        # The ending too: it says how a text without marks of its format is read.
        same = (record.sha256, PurePosixPath(record.name).suffix.lower())
        task = self._tasks.get(same)
        if task is None:
            self._require(file, record)
            task = Task(record.path, file.path, record.name, record.sha256, manifest)
            self._waiting[task.path] = []
        self._waiting[task.path].append(record)
        self._waiting[task.path].sort(key=lambda each: plainness(each.path))
        # The document is named after the plainest of its files.
        name = self._waiting[task.path][0].name
        self._tasks[same] = replace(task, name=name, manifest={**manifest, **task.manifest})

    def files(self, result: Result) -> tuple[SourceRecord, ...]:
        """Return the files that wait for a result, first the one that it is named after."""
        return tuple(self._waiting[result.path])

    def _require(self, file: Found, record: SourceRecord) -> None:
        if file.path.exists():
            find_reader(file.path, self._max_bytes, file.name)
            self._originals.keep(file.path, record.sha256)
        elif not self._originals.has(record.sha256):
            raise ReadingError(
                f"`{file.name}` không còn và chưa từng được đọc.",
                "Muốn bỏ hẳn: vankien forget và đường dẫn của tệp.",
            )
