"""Invented reports, read and inverted once as the product does it: the same files for every engine.

What is there already is used again, so that larger sizes go on where smaller ones ended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from indexer.backends.array_file import open_arrays, write_arrays
from indexer.backends.inverting import invert
from indexer.backends.segment import Segment
from indexer.entries import build_entries
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from tests.bench.synthetic_reports import TERMS, Town, report_text

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is inverted in a file."""

    document_id: str
    passages: int
    path: Path

    @classmethod
    def kept(cls, path: Path) -> Report:
        """Return the report of a file that `write_report` wrote."""
        return cls(path.name.partition("-")[2], len(Segment(open_arrays(path))), path)


def text_of(number: int, seed: int = 1) -> str:
    """Return the text of the report of this number."""
    town, term = divmod(number, len(TERMS))
    return report_text(Town.invented(town, seed), TERMS[term])


def write_report(folder: Path, number: int) -> Report:
    """Read and invert the report of this number into a file of a folder."""
    text = text_of(number)
    document = build_document(
        read_text(text), f"{number}.txt", hashlib.sha256(text.encode()).hexdigest()
    )
    path = folder / f"{number:06}-{document.id}"
    write_arrays(path, invert(build_entries(document)))
    return Report.kept(path)


def reports(folder: Path, passages: int, processes: int = 2) -> list[Report]:
    """Return reports that have so many passages together, or a few more; missing ones are made."""
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Report] = []
    left = passages
    for report in _all(folder, processes):
        found.append(report)
        left -= report.passages
        if left <= 0:
            break
    return found


def _all(folder: Path, processes: int) -> Iterator[Report]:
    there = sorted(path for path in folder.iterdir() if not path.name.endswith(".new"))
    yield from map(Report.kept, there)
    following = int(there[-1].name.partition("-")[0]) + 1 if there else 0
    with ProcessPoolExecutor(processes) as pool:
        for begin in count(following, _AT_ONCE):
            yield from pool.map(partial(write_report, folder), range(begin, begin + _AT_ONCE))
