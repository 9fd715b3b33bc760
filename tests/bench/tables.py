"""Tables of figures in Markdown, and where they stand in the documentation."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.comparing import Result, Times
from tests.bench.peers import PEERS, TITLES, Kind

ROOT = Path(__file__).parents[2]
PERFORMANCE = ROOT / "docs" / "performance.md"
_NONE = "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose first column is words and whose others are numbers.

    >>> print(table(["engine", "ms"], [["tantivy", "0.2"]]))
    | engine | ms |
    |---|---:|
    | tantivy | 0.2 |
    """
    rule = f"|---|{'---:|' * (len(head) - 1)}"
    first, *others = (f"| {' | '.join(line)} |" for line in (head, *rows))
    return "\n".join([first, rule, *others])


def building(results: Mapping[str, Result]) -> str:
    """Return the table of what an index of each engine takes."""
    head = ["engine", "build, passages/s", "index, MB", "memory building, MB", "searching, MB"]
    return table(
        head,
        [
            [
                PEERS[name].title,
                f"{each.rate:,.0f}",
                f"{each.disk_megabytes:,.0f}",
                f"{each.build_megabytes:,.0f}",
                f"{each.search_megabytes:,.0f}",
            ]
            for name, each in results.items()
        ],
    )


def asking(results: Mapping[str, Result], kind: Kind) -> str:
    """Return the table of how fast the engines answer a kind of question, with ratios."""
    head = [f"{TITLES[kind]}, ms", "p50", "p95", "p99", "first time", "found"]
    rows = []
    for name, each in results.items():
        if kind not in each.times:
            continue
        times = each.times[kind]
        measured = (times.p50, times.p95, times.p99, times.first)
        found = _NONE if times.found is None else f"{times.found:,.0f}"
        rows.append([PEERS[name].title, *map(_milliseconds, measured), found])
        rows[-1] += _ratios(times, results, kind)
    ratios = ["p50 × tantivy", "first time × tantivy", "times as fast as Whoosh"]
    return table([*head, *ratios], rows)


def _ratios(times: Times, results: Mapping[str, Result], kind: Kind) -> list[str]:
    tantivy, whoosh = (
        results[other].times[kind] if other in results else None for other in ("tantivy", "whoosh")
    )
    return [
        f"{times.p50 / tantivy.p50:.2f}" if tantivy else _NONE,
        f"{times.first / tantivy.first:.2f}" if tantivy else _NONE,
        f"{whoosh.p50 / times.p50:,.1f}" if whoosh else _NONE,
    ]


def _milliseconds(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:,.1f}"


def measured_on(passages: int) -> str:
    """Return the sentence that says what a table was measured on."""
    return f"{passages:,} synthetic passages, {os.cpu_count()} cores, one process for each engine."


def write_block(name: str, text: str, path: Path = PERFORMANCE) -> None:
    """Put a text between the comments `<!-- name -->` and `<!-- end name -->` of a page.

    Raises ValueError when the page has no such comments.
    """
    page = path.read_text(encoding="utf-8")
    block = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end {name} -->)", re.DOTALL)
    if not block.search(page):
        raise ValueError(f"{path} has no place for {name}")
    path.write_text(block.sub(lambda _: f"\n{text}\n\n", page, count=1), encoding="utf-8")
