"""`python -m tests.bench.cluster`: the embedded engine beside one and three OpenSearch nodes.

The same invented reports and questions for all: how fast they are indexed, how large they are, how
fast questions are answered, and what adding one more report costs. `--keep FOLDER` keeps the
reports and adds the figures to `figures.jsonl`; `--write-docs` puts all figures of that file, the
newest of each size and engine, into docs/scale.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from tests.bench.cluster_engines import started
from tests.bench.cluster_measuring import Build, Figures, Measuring
from tests.bench.cluster_questions import queries
from tests.bench.cluster_reports import Report, reports
from tests.bench.cluster_tables import tables
from tests.bench.tables import ROOT, write_block
from tests.cluster.node import can_start

_DOCS = ROOT / "docs" / "scale.md"
_ENGINES = (0, 1, 3)


def main() -> None:
    """Measure what is asked for and print it."""
    asked = _arguments()
    if any(asked.nodes) and not can_start():
        sys.exit("real OpenSearch nodes need Java and Maven: install both, then run make test")
    with _folder(asked.keep) as folder:
        given = reports(folder / "reports", asked.passages) if asked.nodes else []
        for nodes in asked.nodes:
            figures = _measured(nodes, asked, folder, given)
            with (folder / "figures.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(figures)) + "\n")
        text = tables(kept(folder / "figures.jsonl"))
    sys.stdout.write(f"{text}\n")
    if asked.write_docs:
        write_block("cluster", text, _DOCS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--nodes", type=int, nargs="*", choices=_ENGINES, default=_ENGINES)
    parser.add_argument("--senders", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--heap", default="1g", help="memory of the Java of each node")
    parser.add_argument("--keep", type=Path, help="folder for reports and figures")
    parser.add_argument("--write-docs", action="store_true")
    return parser.parse_args()


@contextmanager
def _folder(kept_in: Path | None) -> Iterator[Path]:
    if kept_in is not None:
        yield kept_in
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _measured(nodes: int, asked: argparse.Namespace, folder: Path, given: list[Report]) -> Figures:
    # The embedded engine merges by itself: nobody sends it anything.
    senders = asked.senders if nodes else [1]
    with (
        tempfile.TemporaryDirectory(dir=folder) as work,
        started(nodes, Path(work), asked.heap) as engine,
    ):
        return Measuring(engine, nodes, given, (queries(), queries(seed=2))).figures(senders)


def kept(path: Path) -> list[Figures]:
    """Return the figures of a file, the newest of each engine and size, the smallest first."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        values = json.loads(line)
        values["builds"] = {each: Build(**build) for each, build in values["builds"].items()}
        figures = Figures(**values)
        found[figures.passages, figures.nodes] = figures
    return [found[key] for key in sorted(found)]


if __name__ == "__main__":
    main()
