"""What is done to many reports of the catalogue with all cores: inverting, learning from them.

Reports are inverted as they are read; here only those that a killed run had read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import suppress
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.inverted import invert_report
from indexer.lessons import Lesson, teach
from indexer.reading_process import Crew, ProcessDied, TookTooLong

# Starting processes costs more than a few reports.
_MIN_REPORTS_FOR_PROCESSES = 12
_SECONDS_FOR_ONE = 600


def catch_up(
    data: Path, missing: Mapping[str, Path], jobs: int, done: Callable[[int], None]
) -> None:
    """Write the files of the `missing` reports, by id, in processes; `done` counts them.

    Few are left to the caller, and so is what failed: it will see why.
    """
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or len(missing) < _MIN_REPORTS_FOR_PROCESSES:
        return
    with Crew(jobs) as crew:
        futures = [
            crew.submit(_SECONDS_FOR_ONE, invert_stored, data, document_id, path)
            for document_id, path in missing.items()
        ]
        for count, _ in enumerate(as_completed(futures), start=1):
            done(count)


def invert_stored(data: Path, document_id: str, path: Path) -> None:
    """Invert one report of the catalogue in `data`; what cannot be written is not there."""
    catalogue = Catalogue(data, read_only=True)
    try:
        with suppress(OSError):
            invert_report(catalogue.document(document_id), path)
    finally:
        catalogue.close()


def lessons_of(data: Path, document_ids: Sequence[str], jobs: int) -> Iterator[Lesson]:
    """Yield what reports of the catalogue in `data` teach, in one lesson for each process."""
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or len(document_ids) < _MIN_REPORTS_FOR_PROCESSES:
        yield teach_stored(data, document_ids)
        return
    shares = [document_ids[start::jobs] for start in range(jobs)]
    with Crew(jobs) as crew:
        seconds = _SECONDS_FOR_ONE * len(document_ids)
        futures = [crew.submit(seconds, teach_stored, data, share) for share in shares]
        for share, future in zip(shares, futures, strict=True):
            try:
                yield future.result()
            except (ProcessDied, TookTooLong):
                yield teach_stored(data, share)


def teach_stored(data: Path, document_ids: Sequence[str]) -> Lesson:
    """Return what reports of the catalogue in `data` teach."""
    catalogue = Catalogue(data, read_only=True)
    try:
        return teach(catalogue.texts(document_ids))
    finally:
        catalogue.close()
