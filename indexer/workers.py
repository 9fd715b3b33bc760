"""Reading files in processes of their own: a file that fails is named, not lost.

This holds also for a file that kills its process or is never done. Only plain texts are read by
this process, and only where there are few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from indexer.errors import ReadingError, UnreadableFile, UnsupportedFormat, reason
from indexer.finish import finish
from indexer.indicators_cache import indicators_in_force
from indexer.inverted import invert_report
from indexer.models import Document
from indexer.readers.base import MAX_PAGES
from indexer.readers.office_batch import convert_in_chunks, is_office_file
from indexer.readers.office_reader import read_converted
from indexer.readers.registry import is_plain, read_file
from indexer.readers.work_folder import is_full, temp_folder_full, work_folder
from indexer.reading_process import Crew, ProcessDied, TookTooLong
from indexer.structure import build_document

# Starting processes costs more than reading a few files.
_MIN_FILES_FOR_PROCESSES = 8
_AHEAD = 4
# As long as recognising the pages takes that are scanned into a megabyte.
_SECONDS_PER_MEGABYTE = 180


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: its key, where its bytes are kept, its name, its hash, its manifest.

    `converted` is what was made of an office file before, or why nothing could be. `inverted` is
    where what the index stores of it is written.
    """

    path: str
    original: Path
    name: str
    sha256: str
    manifest: Mapping[str, str]
    converted: Path | ReadingError | None = None
    inverted: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The document of a file, or why there is none (Vietnamese)."""

    path: str
    document: Document | None = None
    error: str = ""
    unsupported: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: bytes and pages a file may have, own indicators.

    `seconds` are what the smallest file may take where a process of its own reads it.
    """

    max_bytes: int
    indicators: str = ""
    max_pages: int = MAX_PAGES
    seconds: float = 300.0

    def seconds_for(self, task: Task) -> float:
        """Return how long a file may be read: the larger, the longer."""
        try:
            size = task.original.stat().st_size
        except OSError:
            size = 0
        return self.seconds + _SECONDS_PER_MEGABYTE * size / 2**20


_Running = dict[Future[Result], Task]


def read_all(tasks: Sequence[Task], options: Options, crew: Crew) -> Iterator[Result]:
    """Yield a result for every task, as they are done; many are read by the processes of `crew`.

    Raises VocabularyError when the list of indicators cannot be used.
    """
    if tasks:
        # Here and not only where it is needed: it must not be reported as a fault of each file.
        indicators_in_force(options.indicators)
    few = crew.size == 1 or len(tasks) < _MIN_FILES_FOR_PROCESSES
    # A program of others on a file from anywhere may crash or never end; our own does not.
    here = {task.path: task for task in tasks if few and is_plain(task.original, task.name)}
    there = [task for task in tasks if task.path not in here]
    with work_folder() as folder, Crew(1) if few else nullcontext(crew) as readers:
        prepared = prepared_tasks(there, folder)
        yield from in_processes(prepared, options, readers, read_one, here.values())


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
        document = finish(document, task.manifest, indicators_in_force(options.indicators))
        if task.inverted is not None:
            # Where this fails the report is inverted when the index is written, which tells why.
            with suppress(OSError):
                invert_report(document, task.inverted)
        return Result(task.path, document)
    except ReadingError as error:
        return Result(task.path, error=str(error), unsupported=isinstance(error, UnsupportedFormat))
    except OSError as error:
        # Whatever a reader made beside: pictures of pages, a workbook unpacked.
        found: ReadingError = UnreadableFile(
            f"Không đọc được `{task.name}`: {reason(error)}.",
            "Hãy kiểm tra tệp và ổ đĩa rồi lập chỉ mục lại.",
        )
        return Result(
            task.path, error=str(temp_folder_full(task.name) if is_full(error) else found)
        )
    except Exception as error:  # noqa: BLE001 - one file must not take the others with it
        return Result(
            task.path,
            error=f"Không đọc được `{task.name}`: gặp nội dung không lường trước "
            f"({type(error).__name__}: {error}). Hãy báo cho người phát triển kèm tệp này; các "
            "báo cáo khác không bị ảnh hưởng.",
        )


def in_processes(
    tasks: Iterable[Task],
    options: Options,
    crew: Crew,
    read: Callable[[Task, Options], Result],
    here: Iterable[Task] = (),
) -> Iterator[Result]:
    """Yield a result for every task from the processes of `crew`, which run `read`.

    The tasks `here` are read by this process meanwhile.
    """
    running: _Running = {}
    died: list[Task] = []
    for task in tasks:
        running[crew.submit(options.seconds_for(task), read, task, options)] = task
        # Only some ahead of the processes: documents that wait to be taken fill the memory.
        yield from _settled(running, died, options, most=_AHEAD * crew.size)
    yield from (read(task, options) for task in here)
    yield from _settled(running, died, options, most=0)
    # What kills a process is perhaps the memory that its neighbours take: once more, alone.
    for task in died:
        yield _alone(task, options, read)


def _settled(
    running: _Running, died: list[Task], options: Options, *, most: int
) -> Iterator[Result]:
    """Yield the results that are there; wait for more until at most so many are running."""
    while running:
        done, _ = wait(running, None if len(running) > most else 0, FIRST_COMPLETED)
        if not done:
            return
        for future in done:
            task = running.pop(future)
            try:
                yield future.result()
            except ProcessDied:
                died.append(task)
            except TookTooLong:
                yield _too_long(task, options)


def _alone(task: Task, options: Options, read: Callable[[Task, Options], Result]) -> Result:
    with Crew(1) as crew:
        try:
            return crew.submit(options.seconds_for(task), read, task, options).result()
        except TookTooLong:
            return _too_long(task, options)
        except ProcessDied:
            return Result(
                task.path,
                error=f"Tiến trình đọc `{task.name}` bị dừng đột ngột. Hãy thử lưu lại tệp gốc "
                "bằng Word rồi lập chỉ mục lại; các báo cáo khác không bị ảnh hưởng.",
            )


def _too_long(task: Task, options: Options) -> Result:
    return Result(
        task.path,
        error=f"Không đọc được `{task.name}`: đọc quá lâu (quá {options.seconds_for(task):.0f} "
        "giây) nên đã bị dừng. Hãy tách tệp, lưu lại bằng chương trình đã tạo ra nó, hoặc tăng "
        "VANKIEN_FILE_SECONDS; các báo cáo khác không bị ảnh hưởng.",
    )
