"""One step of one engine, alone in a process so that its memory is its own; prints JSON.

    python -m tests.bench.engine_process build tantivy FOLDER
    python -m tests.bench.engine_process phrase tantivy FOLDER SECONDS

FOLDER holds `passages.txt`, a passage a line, and `questions.json`; an engine's index is below it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench.peers import PEERS, Kind, Search

PASSAGES = "passages.txt"
QUESTIONS = "questions.json"
_MOST_ROUNDS = 50


def main() -> None:
    """Do the step that the command line names."""
    step, name, folder, *seconds = sys.argv[1:]
    if step == "build":
        result = build(name, Path(folder))
    else:
        result = search(name, Path(folder), Kind(step), float(seconds[0]))
    sys.stdout.write(json.dumps(result | {"megabytes": peak_megabytes()}) + "\n")


def build(name: str, folder: Path) -> dict[str, Any]:
    """Build an index and return the seconds that it took."""
    engine = PEERS[name].load()
    started = perf_counter()
    engine.build(folder / name, _lines(folder / PASSAGES))
    return {"seconds": perf_counter() - started}


def search(name: str, folder: Path, kind: Kind, seconds: float) -> dict[str, Any]:
    """Ask the questions; return milliseconds of the first time each is asked and of later ones."""
    found = PEERS[name].load().open_index(folder / name).get(kind)
    if found is None:
        return {}
    asked = json.loads((folder / QUESTIONS).read_text(encoding="utf-8"))
    # What opening and compiling put off is no part of any question.
    found(asked["other"])
    questions = asked["questions"]
    first, counts = [], []
    for forms in questions:
        took, count = _timed(found, forms)
        first.append(took)
        counts.append(count)
    warm: list[float] = []
    until = perf_counter() + seconds
    while not warm or (perf_counter() < until and len(warm) < _MOST_ROUNDS * len(questions)):
        warm += [_timed(found, forms)[0] for forms in questions]
    return {"first": first, "warm": warm, "counts": counts}


def _timed(found: Search, forms: Sequence[str]) -> tuple[float, int | None]:
    started = perf_counter()
    count = found(forms)
    return 1000 * (perf_counter() - started), count


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def peak_megabytes() -> float:
    """Return the most memory that this process has held."""
    # Not getrusage: after exec that still counts what the parent held.
    status = Path("/proc/self/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


if __name__ == "__main__":
    main()
