"""How much faster two cores index whole reports than one."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from indexer.build import build_index
from indexer.config import load_settings
from indexer.reports import IndexReport
from tests.bench.synthetic import write_reports


@dataclass(frozen=True, slots=True)
class Scaling:
    """Passages a second of all steps of indexing, on one core and on two."""

    one: float
    two: float

    @property
    def ratio(self) -> float:
        """Return how many times faster two cores are."""
        return self.two / self.one


def scaling(reports: int) -> Scaling:
    """Index so many invented reports twice, each time into an empty folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in write_reports(folder / "reports", reports):
            pass
        one, two = (_rate(_index(folder, jobs)) for jobs in (1, 2))
    return Scaling(one, two)


def _index(folder: Path, jobs: int) -> IndexReport:
    settings = load_settings({}, data=folder / f"data-{jobs}", jobs=jobs)
    return build_index([folder / "reports"], settings)


def _rate(report: IndexReport) -> float:
    return report.passages / report.seconds
