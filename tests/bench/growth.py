"""`python -m tests.bench.growth`: how times, sizes and memory grow with the number of passages.

Sizes are powers of ten from 1,000 to `--most` (100,000 unless told; 1,000,000 takes an hour and
more). `--write-docs` draws the curves into docs/images/ and puts the table into the docs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from tests.bench.charts import Panel, draw_growth
from tests.bench.comparing import Result, compare, prepared
from tests.bench.peers import PEERS, TITLES, Kind
from tests.bench.tables import ROOT, table, write_block

PICTURE = ROOT / "docs" / "images" / "growth.svg"
_NAMES = ("ours", "tantivy", "fts5", "whoosh")
# Its own searcher takes seconds for a question beyond that.
_MOST_OF_WHOOSH = 100_000
_SECONDS = 5.0
_FEWEST = 1_000

Growth = Mapping[int, Mapping[str, Result]]


def main() -> None:
    """Measure every size and print, and on request write, what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--write-docs", action="store_true")
    asked = parser.parse_args()
    growth = {}
    size = _FEWEST
    while size <= asked.most:
        growth[size] = measure(size)
        sys.stdout.write(f"{growth_table({size: growth[size]})}\n\n")
        sys.stdout.flush()
        size *= 10
    if asked.write_docs:
        PICTURE.write_text(picture(growth), encoding="utf-8")
        write_block("growth", growth_table(growth))


def measure(size: int) -> dict[str, Result]:
    """Return what each engine took with so many passages."""
    names = [name for name in _NAMES if name != "whoosh" or size <= _MOST_OF_WHOOSH]
    with prepared(size) as folder:
        return compare(names, size, folder, seconds=_SECONDS)


def growth_table(growth: Growth) -> str:
    """Return the figures of every size and engine as a table."""
    head = ["engine and passages", *(f"{TITLES[kind]}, p50 ms" for kind in Kind)]
    head += ["build, passages/s", "index, MB", "memory building, MB", "searching, MB"]
    rows = [
        [
            f"{PEERS[name].title}, {size:,}",
            *(f"{each.times[kind].p50:.3f}" for kind in Kind),
            f"{each.rate:,.0f}",
            f"{each.disk_megabytes:,.1f}",
            f"{each.build_megabytes:,.0f}",
            f"{each.search_megabytes:,.0f}",
        ]
        for name in _NAMES
        for size, results in growth.items()
        if (each := results.get(name))
    ]
    return table(head, rows)


def picture(growth: Growth) -> str:
    """Return the curves of the median times as SVG."""
    panels = [
        Panel(
            f"{TITLES[kind]}, p50",
            {
                PEERS[name].title: [
                    (size, results[name].times[kind].p50)
                    for size, results in growth.items()
                    if name in results
                ]
                for name in _NAMES
            },
        )
        for kind in Kind
    ]
    return draw_growth(panels, "passages")


if __name__ == "__main__":
    main()
