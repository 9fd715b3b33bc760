"""Invented texts of any number for benchmarks: `python -m tests.bench.synthetic FOLDER`.

Seeded: one seed gives one corpus on every machine. Runs of words come from real sentences of the
sample reports, so that phrases occur; other words are drawn by Zipf's law; made-up names and
numbers keep the vocabulary growing.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.prose import Prose
from tests.bench.synthetic_reports import TERMS, Town, report_text


def passages(count: int, seed: int = 1) -> Iterator[str]:
    """Yield texts of about 110 syllables each; fewer texts of a seed are the first of more.

    >>> list(passages(2, seed=3)) == list(passages(5, seed=3))[:2]
    True
    """
    prose = Prose(random.Random(seed))
    for _ in range(count):
        yield prose.text()


def write_reports(folder: Path, reports: int, seed: int = 1) -> Iterator[Path]:
    """Write that many .txt reports, one after the other, and yield the path of each.

    A town has a report for every term, each about 300 passages; then comes the next town.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(reports):
        at, term = divmod(number, len(TERMS))
        town = Town.invented(at, seed)
        path = folder / f"{at:04}-{TERMS[term]}-{TERMS[term] + 5}.txt"
        path.write_text(report_text(town, TERMS[term]), encoding="utf-8")
        yield path


def main() -> None:
    """Write the reports that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=330)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    size = sum(
        path.stat().st_size for path in write_reports(asked.folder, asked.reports, asked.seed)
    )
    sys.stdout.write(f"{asked.reports} reports, {size / 2**20:.1f} MB in {asked.folder}\n")


if __name__ == "__main__":
    main()
