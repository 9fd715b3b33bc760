"""Builds and asks every engine in processes of their own, over the same passages."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.text.analysis import forms
from tests.bench.engine_process import PASSAGES, QUESTIONS
from tests.bench.peers import PEERS, Kind
from tests.bench.questions import OTHER, questions
from tests.bench.synthetic import passages

_PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of a kind of question: percentiles when warm, the median of the first time.

    `found` is how many passages a question finds in the mean, None where the engine tells not.
    """

    p50: float
    p95: float
    p99: float
    first: float
    found: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What one engine took."""

    passages: int
    build_seconds: float
    disk_megabytes: float
    build_megabytes: float
    search_megabytes: float
    times: dict[Kind, Times] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Return how many passages were indexed in a second."""
        return self.passages / self.build_seconds


@contextmanager
def prepared(count: int, seed: int = 1) -> Iterator[Path]:
    """Yield a folder with the passages as forms and the questions; it is removed afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [" ".join(forms(text)) for text in passages(count, seed)]
        asked = {"other": forms(OTHER), "questions": questions(lines, seed)}
        (folder / PASSAGES).write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / QUESTIONS).write_text(json.dumps(asked), encoding="utf-8")
        yield folder


def compare(
    names: Sequence[str], count: int, folder: Path, *, seconds: float, at_once: int = 1
) -> dict[str, Result]:
    """Return what each engine took; those whose packages are not installed are left out.

    `at_once` indexes may be built side by side; searches are always alone.
    """
    present = [name for name in names if not PEERS[name].missing]
    with ThreadPoolExecutor(at_once) as pool:
        built = dict(
            zip(present, pool.map(lambda name: _step(folder, "build", name), present), strict=True)
        )
    return {name: _asked(folder, name, count, built[name], seconds) for name in present}


def _asked(folder: Path, name: str, count: int, built: dict[str, Any], seconds: float) -> Result:
    asked = {kind: _step(folder, kind, name, str(seconds)) for kind in Kind}
    return Result(
        passages=count,
        build_seconds=built["seconds"],
        disk_megabytes=_size(folder / name) / 2**20,
        build_megabytes=built["megabytes"],
        search_megabytes=max(each["megabytes"] for each in asked.values()),
        times={kind: _times(each) for kind, each in asked.items() if "warm" in each},
    )


def _step(folder: Path, step: str, name: str, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.engine_process", step, name, str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{step} {name}: {done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _times(asked: dict[str, Any]) -> Times:
    cuts = statistics.quantiles(asked["warm"], n=100, method="inclusive")
    counts = asked["counts"]
    p50, p95, p99 = (cuts[percent - 1] for percent in _PERCENTILES)
    return Times(
        p50,
        p95,
        p99,
        first=statistics.median(asked["first"]),
        found=None if None in counts else statistics.mean(counts),
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
