"""Inverting reports that the catalogue has and no file of inverted reports: all cores at once.

They were read by a killed run, or by rules of indexing that have changed since.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import as_completed
from contextlib import suppress
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.inverted import invert_report
from indexer.reading_process import Crew

# Starting processes costs more than inverting a few reports.
_MIN_REPORTS_FOR_PROCESSES = 8
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
