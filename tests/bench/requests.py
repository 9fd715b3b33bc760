"""How long whole requests take on a data folder, first touch and warm, and the memory they need.

Run: `python -m tests.bench.requests DATA [QUESTIONS]`. The questions are made from the reports:
words that stand side by side in a passage, and what the reports measure. Kept answers are left
aside: every request is answered anew. Prints figures and never fails on time.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Flask

from indexer.catalogue_excerpts import Selection
from indexer.config import load_settings
from indexer.models import Hits, Query
from indexer.text.normalise import strip_accents
from search_app.app import create_app
from search_app.search import Library
from tests.bench.memory import resident

QUESTIONS = 100
_MEGABYTE = 2**20
_HEAD = (
    "| request | run | p50, ms | p95, ms | p99, ms "
    "| engine p50 | engine p95 | rest p50 | rest p95 |"
)

Request = tuple[str, dict[str, str]]


def main(arguments: Sequence[str]) -> None:
    """Print a table of all requests, and the memory before and after them."""
    count = int(arguments[1]) if len(arguments) > 1 else QUESTIONS
    begun = perf_counter()
    app = create_app(load_settings({}, data=Path(arguments[0]), answers_mb=0))
    library: Library = app.extensions["library"]
    library.warm_up()
    show(f"ready after {perf_counter() - begun:.1f} s with {_memory()} MB resident\n")
    questions = list(made_of(library, count))
    show(_HEAD)
    show("|---|---|" + "---:|" * (_HEAD.count("|") - 3))
    for name, requests in kinds(questions).items():
        for run in ("first", "warm"):
            show_row(name, run, [timed(app, library, request) for request in requests])
    show(f"\n{_memory()} MB resident at the end")


def kinds(questions: Sequence[str]) -> dict[str, list[Request]]:
    """Return the requests of each kind."""
    ask = [("/api/v1/ask", {"q": question}) for question in questions]
    typed = [text[: 1 + len(text) * (at % 7) // 7] for at, text in enumerate(questions)]
    return {
        "search": [("/api/v1/search", {"q": question}) for question in questions],
        "ask": ask,
        "suggest": [("/api/v1/suggest", {"q": text}) for text in typed],
        "indicators": [("/indicators", {})] * 3,
        "indicators, all": [("/indicators", {"all": "1"})],
        "references": [("/api/v1/references", {"q": "nghị quyết"})] * 3,
        "facts": [("/api/v1/facts", {"indicator": "tỷ lệ hộ nghèo"})] * 3,
        "compare": [("/api/v1/compare", {"indicator": "tỷ lệ hộ nghèo"})] * 3,
    }


def made_of(library: Library, count: int) -> Iterator[str]:
    """Yield questions from the reports, the same for the same reports: a third without accents."""
    chance = random.Random(7)
    reports = library.catalogue.documents()
    measured = [one.name for one in library.catalogue.indicators()[:500]]
    while count > 0:
        report = chance.choice(reports)
        passage_id = f"{report.id}:p{chance.randint(1, report.passages):04}"
        document = library.catalogue.excerpts(Selection((passage_id,))).get(report.id)
        passage = (
            next((p for p in document.passages if p.id == passage_id), None) if document else None
        )
        words = passage.span.of(document.text).split() if document and passage else []
        length = chance.randint(2, 6)
        if len(words) < length:
            continue
        at = chance.randrange(len(words) - length + 1)
        text = " ".join(words[at : at + length])
        if measured and chance.random() < 0.4:
            name = chance.choice(measured)
            text = chance.choice((name, f"{name} của {report.metadata.place} là bao nhiêu?"))
        yield strip_accents(text) if chance.random() < 1 / 3 else text
        count -= 1


def timed(app: Flask, library: Library, request: Request) -> tuple[float, float]:
    """Return how many milliseconds a request took, and how many of them the engine."""
    address, values = request
    client = app.test_client()
    with engine_time(library) as spent:
        begun = perf_counter()
        client.get(address, query_string=values)
        whole = perf_counter() - begun
    return 1000 * whole, 1000 * sum(spent)


@contextmanager
def engine_time(library: Library) -> Iterator[list[float]]:
    """Collect the seconds that each question to the engine takes."""
    spent: list[float] = []
    search: Callable[[Query], Hits] = library.backend.search
    backend: Any = library.backend

    def measured(query: Query) -> Hits:
        begun = perf_counter()
        try:
            return search(query)
        finally:
            spent.append(perf_counter() - begun)

    backend.search = measured
    try:
        yield spent
    finally:
        del backend.search


def show_row(name: str, run: str, times: Sequence[tuple[float, float]]) -> None:
    """Print the percentiles of the requests of one kind."""
    whole = [each for each, _ in times]
    engine = [each for _, each in times]
    rest = [all_of - part for all_of, part in times]
    figures = [_at(whole, share) for share in (50, 95, 99)]
    figures += [_at(part, share) for part in (engine, rest) for share in (50, 95)]
    show(f"| {name} | {run} | " + " | ".join(f"{figure:.1f}" for figure in figures) + " |")


def _at(times: Sequence[float], share: int) -> float:
    if len(times) < 2:
        return times[0]
    return statistics.quantiles(times, n=100, method="inclusive")[share - 1]


def _memory() -> int:
    return resident(os.getpid()) // _MEGABYTE


def show(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
