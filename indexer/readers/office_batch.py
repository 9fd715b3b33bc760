"""The office files of a run, converted in chunks before they are read.

LibreOffice takes as long to start as for several short files: one call converts many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from indexer.errors import ReadingError
from indexer.readers.containers import head_of
from indexer.readers.office_convert import Patience, convert_many
from indexer.readers.office_formats import office_format

# Each takes a core and a quarter of a gigabyte.
_CALLS_AT_ONCE = 2
_MAX_CHUNK = 16


def is_office_file(path: Path) -> bool:
    """Say whether a file must be converted before it is read; no for one that cannot be opened."""
    try:
        return bool(office_format(head_of(path)))
    except OSError:
        return False


def convert_in_chunks(
    paths: Sequence[Path], into: Path
) -> Iterator[dict[Path, Path | ReadingError]]:
    """Yield chunk by chunk, as they are done, what `convert_many` makes of the files."""
    chunks = _chunks(paths)
    patience = Patience()
    with ThreadPoolExecutor(_CALLS_AT_ONCE) as pool:
        futures = [pool.submit(convert_many, chunk, into, patience=patience) for chunk in chunks]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            # A run that was given up must not wait for the rest.
            pool.shutdown(cancel_futures=True)


def _chunks(paths: Sequence[Path]) -> list[list[Path]]:
    """Deal the files out by size, so that calls made at once take about as long."""
    rounds = -(-len(paths) // (_MAX_CHUNK * _CALLS_AT_ONCE))
    largest_first = sorted(paths, key=_size, reverse=True)
    dealt = (largest_first[at :: rounds * _CALLS_AT_ONCE] for at in range(rounds * _CALLS_AT_ONCE))
    return [chunk for chunk in dealt if chunk]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
