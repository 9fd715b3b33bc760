"""The office files of a run, converted in chunks before they are read.

LibreOffice takes a second to start and thirty milliseconds for a file: one call converts many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from indexer.errors import ReadingError
from indexer.readers.containers import head_of
from indexer.readers.office_convert import convert_many
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
    size = max(1, min(_MAX_CHUNK, -(-len(paths) // _CALLS_AT_ONCE)))
    chunks = [paths[at : at + size] for at in range(0, len(paths), size)]
    with ThreadPoolExecutor(_CALLS_AT_ONCE) as pool:
        futures = [pool.submit(convert_many, chunk, into) for chunk in chunks]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            # A run that was given up must not wait for the rest.
            pool.shutdown(cancel_futures=True)
