"""What `tests.bench.cluster` measures of an engine, one step after the other."""

from __future__ import annotations

import os
import statistics
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from threading import Thread
from time import perf_counter

from indexer.backends.base import Backend
from indexer.index_rules import current_meta
from indexer.models import Query
from indexer.reading_process import Crew
from tests.bench.cluster_engines import Engine, Senders
from tests.bench.cluster_reports import Report
from tests.bench.peers import Kind

# Within what is asked for at once, at its end, and beyond it.
OFFSETS = (1_000, 9_990, 20_000)
_WARM_SECONDS = 10.0
_MOST_ROUNDS = 10
_DEEP = 5

Queries = Mapping[Kind, Sequence[Query]]
# The median and the 95th percentile in milliseconds.
Percentiles = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Build:
    """Seconds until all reports were with the engine, and from then until they were found."""

    adding: float
    commit: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of an engine with so many passages; `load` is that of the machine.

    `builds` are by the number of senders, `asked` by run and kind of question, `deep` is by
    offset. `adding` are the seconds until a further report was found.
    """

    nodes: int
    passages: int
    builds: dict[str, Build] = field(default_factory=dict)
    size: int = 0
    merged: int = 0
    memory: int = 0
    asked: dict[str, dict[str, Percentiles]] = field(default_factory=dict)
    deep: dict[str, float] = field(default_factory=dict)
    adding: float = 0.0
    load: dict[str, float] = field(default_factory=dict)


class Measuring:
    """Measures one engine with the same reports and queries as the others.

    `given` are the queries that are measured, and others that are asked before.
    """

    def __init__(
        self, engine: Engine, nodes: int, reports: Sequence[Report], given: tuple[Queries, Queries]
    ) -> None:
        *self._reports, self._further = reports
        self._engine = engine
        self._queries, self._others = given
        passages = sum(report.passages for report in self._reports)
        self._figures = Figures(nodes, passages)

    def figures(self, senders: Sequence[int]) -> Figures:
        """Build with each number of senders, then search, add a report, merge; return it all."""
        for number in senders:
            self._engine.forget()
            self._figures.builds[str(number)] = self._build(number)
            self._note_load(f"build, {number}")
        size = self._engine.size()
        # Java compiles what it runs often; that is no part of the first time of a question.
        with closing(self._engine.opened()) as backend:
            for query in chain.from_iterable(self._others.values()):
                backend.search(query)
        with closing(self._engine.opened()) as backend:
            self._ask(backend, "first", rounds=1)
            self._ask(backend, "warm")
            self._figures.deep.update(self._deep(backend))
            adding = self._add(backend)
            self._ask(backend, "first after adding", rounds=1)
            memory = self._engine.memory()
            merged = 0
            if self._engine.merge():
                merged = self._engine.size()
                self._ask(backend, "merged", rounds=1)
                self._ask(backend, "warm merged")
        return replace(self._figures, size=size, merged=merged, memory=memory, adding=adding)

    def _note_load(self, step: str) -> None:
        self._figures.load[step] = round(os.getloadavg()[0], 1)

    def _build(self, number: int) -> Build:
        with closing(Crew(number)) as crew:
            senders = Senders(crew)
            with closing(self._engine.opened(senders)) as backend:
                begun = perf_counter()
                with backend.write(current_meta(), fresh=True) as writer:
                    for report in self._reports:
                        writer.add_inverted(report.document_id, report.path)
                    added = perf_counter()
                done = perf_counter()
        added = max(added, senders.last)
        return Build(added - begun, done - added)

    def _ask(self, backend: Backend, run: str, rounds: int = _MOST_ROUNDS) -> None:
        times: dict[Kind, list[float]] = {kind: [] for kind in self._queries}
        until = perf_counter() + _WARM_SECONDS
        for _ in range(rounds):
            for kind, queries in self._queries.items():
                times[kind] += [_milliseconds(backend, query) for query in queries]
            if perf_counter() > until:
                break
        self._figures.asked[run] = {str(kind): percentiles(each) for kind, each in times.items()}
        self._note_load(run)

    def _deep(self, backend: Backend) -> dict[str, float]:
        """Return the median time of a page at each offset that there is."""
        queries = self._queries[Kind.ANY_WORD]
        found = {}
        for offset in OFFSETS:
            deep = [query for query in queries if backend.search(query).total > offset + 10][:_DEEP]
            if deep:
                times = [_milliseconds(backend, replace(query, offset=offset)) for query in deep]
                found[str(offset)] = statistics.median(times)
        return found

    def _add(self, backend: Backend) -> float:
        """Add a report while questions are asked; return the seconds until it is found."""
        took: list[float] = []

        def add() -> None:
            begun = perf_counter()
            with (
                closing(self._engine.opened()) as another,
                another.write(current_meta()) as writer,
            ):
                writer.add_inverted(self._further.document_id, self._further.path)
            took.append(perf_counter() - begun)

        thread = Thread(target=add)
        thread.start()
        times: list[float] = []
        while thread.is_alive() or not times:
            for queries in self._queries.values():
                times.append(_milliseconds(backend, queries[len(times) % len(queries)]))
        thread.join()
        self._figures.asked["while adding"] = {"all": percentiles(times)}
        self._note_load("while adding")
        (seconds,) = took
        return seconds


def _milliseconds(backend: Backend, query: Query) -> float:
    begun = perf_counter()
    backend.search(query)
    return 1000 * (perf_counter() - begun)


def percentiles(times: Sequence[float]) -> Percentiles:
    """Return the median and the 95th percentile.

    >>> percentiles([1.0, 2.0, 3.0])
    (2.0, 2.9)
    """
    if len(times) < 2:
        return times[0], times[0]
    return (
        round(statistics.median(times), 2),
        round(statistics.quantiles(times, n=20, method="inclusive")[-1], 2),
    )
