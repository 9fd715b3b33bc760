"""What a run has to read: each content once, however many files hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from indexer.catalogue import SourceRecord
from indexer.errors import NotFound, ReadingError
from indexer.originals import Originals
from indexer.readers.registry import find_reader
from indexer.scan import Found, plainness
from indexer.workers import Result, Task


class ReadingPlan:
    """The tasks of a run, and the files that wait for each of them."""

    def __init__(self, originals: Originals, max_bytes: int) -> None:
        """Begin with nothing to read; `max_bytes` is what a file may have."""
        self._originals = originals
        self._max_bytes = max_bytes
        self._tasks: dict[tuple[str, str], Task] = {}
        self._waiting: dict[str, list[SourceRecord]] = {}

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Return what is to be read, in the order in which it was added."""
        return tuple(self._tasks.values())

    def add(self, file: Found, record: SourceRecord, manifest: Mapping[str, str]) -> None:
        """Plan to read a file; one of bytes that are read already waits for them.

        Of such files all that their manifests know is taken together. Raises ReadingError.
        """
        # The ending too: it says how a text without marks of its format is read.
        same = (record.sha256, PurePosixPath(record.name).suffix.lower())
        task = self._tasks.get(same)
        if task is None:
            original = self._original(file, record)
            task = Task(record.path, original, record.name, record.sha256, manifest)
            self._waiting[task.path] = []
        self._waiting[task.path].append(record)
        self._waiting[task.path].sort(key=lambda each: plainness(each.path))
        # The document is named after the plainest of its files.
        name = self._waiting[task.path][0].name
        self._tasks[same] = replace(task, name=name, manifest={**manifest, **task.manifest})

    def files(self, result: Result) -> tuple[SourceRecord, ...]:
        """Return the files that wait for a result, first the one that it is named after."""
        return tuple(self._waiting[result.path])

    def _original(self, file: Found, record: SourceRecord) -> Path:
        if file.path.exists():
            find_reader(file.path, self._max_bytes, file.name)
            return self._originals.keep(file.path, record.sha256)
        try:
            return self._originals.path(record.sha256)
        except NotFound as error:
            raise ReadingError(
                f"`{file.name}` không còn và chưa từng được đọc.",
                "Muốn bỏ hẳn: vankien forget và đường dẫn của tệp.",
            ) from error
