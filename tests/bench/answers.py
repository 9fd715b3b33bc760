"""How well and how fast questions are answered: the shared set in its forms, the own sets.

Run with `python -m tests.bench.answers`; the folder ../shared must lie beside the repository.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from indexer.build import build_index
from indexer.config import load_settings
from indexer.text.normalise import strip_accents
from search_app.answer import ask
from search_app.evaluate import Golden, read_golden
from search_app.evaluate_answers import evaluate_answers
from search_app.opening import open_library
from search_app.query import Request
from search_app.search import Library
from tests.bench.quality import SHARED, respell, show

REPOSITORY = Path(__file__).parents[2]
_WARMING_UP = 5


def shared(library: Library) -> None:
    """Print the figures of the shared questions in their forms, and of both halves."""
    records = read_golden(SHARED / "eval" / "dev.jsonl")
    chance = random.Random(7)
    changes: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("as typed", str),
        ("without accents", strip_accents),
        ("respelt at random", lambda text: respell(text, chance)),
    )
    for name, change in changes:
        asked = [replace(record, query=change(record.query)) for record in records]
        figures(f"dev.jsonl {name}", asked, library)
    for name, half in (("odd", records[::2]), ("even", records[1::2])):
        figures(f"dev.jsonl {name} half", half, library)


def own(library: Library) -> None:
    """Print the figures of the own questions, of both halves and by type."""
    golden = REPOSITORY / "tests" / "golden"
    records = read_golden(golden / "questions.jsonl")
    figures("questions.jsonl", records, library)
    figures("questions.jsonl odd half", records[::2], library)
    figures("questions.jsonl even half", records[1::2], library)
    figures("unanswerable.jsonl", read_golden(golden / "unanswerable.jsonl"), library)
    by_type = evaluate_answers(records, library).by_type
    cited = {name: f"{sum(marks)}/{len(marks)}" for name, marks in sorted(by_type.items())}
    show("questions.jsonl cited", cited)


def figures(name: str, records: Sequence[Golden], library: Library) -> None:
    """Print one line with all shares of a set of questions."""
    show(name, evaluate_answers(records, library).figures())


def latency(library: Library) -> None:
    """Print how long a question takes to be answered on the real reports, warmed up."""
    queries = [record.query for record in read_golden(SHARED / "eval" / "dev.jsonl")]
    times = []
    for query in [*queries[:_WARMING_UP], *queries]:
        started = perf_counter()
        ask(library, Request(query))
        times.append(1000 * (perf_counter() - started))
    ranked = sorted(times[_WARMING_UP:])
    shares = {"p50": ranked[len(ranked) // 2], "p95": ranked[int(0.95 * len(ranked))]}
    show("asking, ms", {name: round(value, 1) for name, value in shares.items()})


@contextmanager
def built(folder: Path) -> Iterator[Library]:
    """Open a library of the reports in a folder, indexed anew."""
    with tempfile.TemporaryDirectory() as data:
        settings = load_settings({}, data=Path(data))
        build_index([folder], settings)
        library = open_library(settings)
        try:
            yield library
        finally:
            library.close()


def main() -> None:
    """Print all figures."""
    with built(SHARED / "corpus") as library:
        shared(library)
        latency(library)
    with built(REPOSITORY / "corpus") as library:
        own(library)


if __name__ == "__main__":
    main()
