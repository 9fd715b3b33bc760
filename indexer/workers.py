"""Reading files, many of them in several processes: a file that fails is named, not lost.

Where several processes read, this holds also for a file that kills its process.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from indexer.errors import ReadingError, UnsupportedFormat
from indexer.finish import finish
from indexer.indicators_cache import indicators_in_force
from indexer.models import Document
from indexer.readers.base import MAX_PAGES
from indexer.readers.office_batch import convert_in_chunks, is_office_file
from indexer.readers.office_reader import read_converted
from indexer.readers.registry import read_file
from indexer.readers.work_folder import work_folder
from indexer.structure import build_document

_PARENT_CHECK_SECONDS = 1.0
# Starting processes costs more than reading a few files.
_MIN_FILES_FOR_PROCESSES = 8
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: its key, where its bytes are kept, its name, its hash, its manifest.

    `converted` is what was made of an office file before, or why nothing could be.
    """

    path: str
    original: Path
    name: str
    sha256: str
    manifest: Mapping[str, str]
    converted: Path | ReadingError | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The document of a file, or why there is none (Vietnamese)."""

    path: str
    document: Document | None = None
    error: str = ""
    unsupported: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: processes (0: one a core), bytes and pages a file may have, own indicators."""

    jobs: int
    max_bytes: int
    indicators: str = ""
    max_pages: int = MAX_PAGES


def read_all(tasks: Sequence[Task], options: Options) -> Iterator[Result]:
    """Yield a result for every task, as they are done.

    Raises VocabularyError when the list of indicators cannot be used.
    """
    if tasks:
        # Here and not only where it is needed: it must not be reported as a fault of each file.
        indicators_in_force(options.indicators)
    jobs = options.jobs or os.cpu_count() or 1
    with work_folder() as folder:
        prepared = prepared_tasks(tasks, folder)
        if jobs == 1 or len(tasks) < _MIN_FILES_FOR_PROCESSES:
            for task in prepared:
                yield read_one(task, options)
        else:
            yield from in_processes(prepared, options, jobs, read_one)


def prepared_tasks(tasks: Sequence[Task], folder: Path) -> Iterator[Task]:
    """Yield all tasks; office files come last, many of them converted by one call."""
    office: dict[Path, list[Task]] = {}
    for task in tasks:
        if is_office_file(task.original):
            office.setdefault(task.original, []).append(task)
        else:
            yield task
    for made in convert_in_chunks(list(office), folder):
        for original, converted in made.items():
            yield from (replace(task, converted=converted) for task in office[original])


def read_one(task: Task, options: Options) -> Result:
    """Return the document of one file."""
    try:
        made = task.converted
        read = None if made is None else partial(read_converted, converted=made)
        raw = read_file(
            task.original, options.max_bytes, task.name, read, max_pages=options.max_pages
        )
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
    tasks: Iterable[Task], options: Options, jobs: int, read: Callable[[Task, Options], Result]
) -> Iterator[Result]:
    """Yield a result for every task from `jobs` processes that run `read`."""
    left: dict[str, Task] = {}
    running: set[Future[Result]] = set()
    with _pool(jobs) as pool:
        for task in tasks:
            left[task.path] = task
            with suppress(BrokenProcessPool):
                running.add(pool.submit(read, task, options))
            # Only some ahead of the processes: documents that wait to be taken fill the memory.
            yield from _settled(running, left, most=_AHEAD * jobs)
        yield from _settled(running, left, most=0)
    # A process died: each file left is read in a process of its own, so that the one that kills
    # it is known and the others are still read.
    for task in left.values():
        yield _alone(task, options, read)


def _settled(running: set[Future[Result]], left: dict[str, Task], most: int) -> Iterator[Result]:
    """Yield the results that are there; wait for more until at most so many are running."""
    while running:
        done, _ = wait(running, None if len(running) > most else 0, FIRST_COMPLETED)
        if not done:
            return
        running -= done
        for future in done:
            with suppress(BrokenProcessPool):
                result = future.result()
                del left[result.path]
                yield result


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
