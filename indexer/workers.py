"""Reading files, many of them in several processes: a file that fails is named, not lost.

Where several processes read, this holds also for a file that kills its process.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from indexer.errors import ReadingError, UnsupportedFormat
from indexer.finish import finish
from indexer.indicators_cache import indicators_in_force
from indexer.models import Document
from indexer.readers.registry import read_file
from indexer.structure import build_document

_PARENT_CHECK_SECONDS = 1.0
# Starting processes costs more than reading a few files.
_MIN_FILES_FOR_PROCESSES = 8


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: its key, where its bytes are kept, its name, its hash, its manifest."""

    path: str
    original: Path
    name: str
    sha256: str
    manifest: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """The document of a file, or why there is none (Vietnamese)."""

    path: str
    document: Document | None = None
    error: str = ""
    unsupported: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: processes (0: one a core), bytes a file may have, own list of indicators."""

    jobs: int
    max_bytes: int
    indicators: str = ""


def read_all(tasks: Sequence[Task], options: Options) -> Iterator[Result]:
    """Yield a result for every task, as they are done.

    Raises VocabularyError when the list of indicators cannot be used.
    """
    if tasks:
        # Here and not only where it is needed: it must not be reported as a fault of each file.
        indicators_in_force(options.indicators)
    jobs = options.jobs or os.cpu_count() or 1
    if jobs == 1 or len(tasks) < _MIN_FILES_FOR_PROCESSES:
        for task in tasks:
            yield read_one(task, options)
        return
    yield from in_processes(tasks, options, jobs, read_one)


def read_one(task: Task, options: Options) -> Result:
    """Return the document of one file."""
    try:
        raw = read_file(task.original, options.max_bytes, task.name)
        document = build_document(raw, task.name, task.sha256)
        return Result(
            task.path, finish(document, task.manifest, indicators_in_force(options.indicators))
        )
    except ReadingError as error:
        return Result(task.path, error=str(error), unsupported=isinstance(error, UnsupportedFormat))
    except Exception as error:  # noqa: BLE001 - one file must not take the others with it
        return Result(
            task.path,
            error=f"Không đọc được `{task.name}`: gặp nội dung không lường trước "
            f"({type(error).__name__}: {error}). Hãy báo cho người phát triển kèm tệp này; các "
            "báo cáo khác không bị ảnh hưởng.",
        )


def in_processes(
    tasks: Sequence[Task], options: Options, jobs: int, read: Callable[[Task, Options], Result]
) -> Iterator[Result]:
    """Yield a result for every task from `jobs` processes that run `read`."""
    left = {task.path: task for task in tasks}
    with _pool(jobs) as pool:
        futures = [pool.submit(read, task, options) for task in tasks]
        for future in as_completed(futures):
            try:
                result = future.result()
            except BrokenProcessPool:
                continue
            del left[result.path]
            yield result
    # A process died: each file left is read in a process of its own, so that the one that kills
    # it is known and the others are still read.
    for task in left.values():
        yield _alone(task, options, read)


def _alone(task: Task, options: Options, read: Callable[[Task, Options], Result]) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(read, task, options).result()
        except BrokenProcessPool:
            return Result(
                task.path,
                error=f"Tiến trình đọc `{task.name}` bị dừng đột ngột. Hãy thử lưu lại tệp gốc "
                "bằng Word rồi lập chỉ mục lại; các báo cáo khác không bị ảnh hưởng.",
            )


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, get_context("spawn"), _stop_with, (os.getpid(),))


def _stop_with(parent: int) -> None:
    """End this process when its parent is gone, so that a killed run leaves none behind."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PARENT_CHECK_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
