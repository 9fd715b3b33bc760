"""The figures of `tests.bench.cluster` as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import geometric_mean

from tests.bench.cluster_measuring import OFFSETS, Figures, Percentiles
from tests.bench.peers import TITLES
from tests.bench.tables import table

_NONE = "–"
_TITLES = {0: "embedded (Whoosh)", 1: "one node", 3: "three nodes"}
_RUNS = {"first": "first time", "warm": "warm", "warm merged": "warm, merged"}
_MEGABYTE = 2**20


def tables(every: Sequence[Figures]) -> str:
    """Return all tables."""
    return "\n\n".join((_building(every), _searching(every), _changing(every)))


def _title(figures: Figures) -> str:
    return f"{_TITLES[figures.nodes]}, {figures.passages:,}"


def _building(every: Sequence[Figures]) -> str:
    head = ["engine and passages", "passages/s", "with 2 senders", "of it the commit, s"]
    head += ["bytes a passage", "merged", "memory of the nodes, MB", "load"]
    return table(head, [_built(figures) for figures in every])


def _built(figures: Figures) -> list[str]:
    rates = [_rate(figures, senders) for senders in ("1", "2")]
    commit = list(figures.builds.values())[-1].commit
    return [
        _title(figures),
        *rates,
        f"{commit:.1f}",
        f"{figures.size / figures.passages:,.0f}",
        f"{figures.merged / figures.passages:,.0f}" if figures.merged else _NONE,
        f"{figures.memory / _MEGABYTE:,.0f}" if figures.memory else _NONE,
        _load(figures, "build"),
    ]


def _rate(figures: Figures, senders: str) -> str:
    build = figures.builds.get(senders)
    return f"{figures.passages / (build.adding + build.commit):,.0f}" if build else _NONE


def _load(figures: Figures, step: str) -> str:
    loads = [load for name, load in figures.load.items() if name.startswith(step)]
    return "–".join(dict.fromkeys((f"{min(loads):.1f}", f"{max(loads):.1f}")))


def _searching(every: Sequence[Figures]) -> str:
    head = ["p50 / p95, ms", *TITLES.values(), "× embedded", "load"]
    return table(head, list(_searched(every)))


def _searched(every: Sequence[Figures]) -> Iterator[list[str]]:
    for figures in every:
        for run, name in _RUNS.items():
            if run not in figures.asked:
                continue
            times = [figures.asked[run][str(kind)] for kind in TITLES]
            yield [
                f"{_title(figures)}, {name}",
                *map(_shown, times),
                _ratio(figures, _embedded(figures, every), run),
                _load(figures, run),
            ]


def _embedded(figures: Figures, every: Sequence[Figures]) -> Figures | None:
    return next((one for one in every if not one.nodes and one.passages == figures.passages), None)


def _ratio(figures: Figures, embedded: Figures | None, run: str) -> str:
    """Return the mean of the ratios of the medians of each kind."""
    if embedded is None:
        return _NONE
    theirs = embedded.asked[run if run in embedded.asked else "warm"]
    ratios = (p50 / theirs[kind][0] for kind, (p50, _) in figures.asked[run].items())
    return f"{geometric_mean(ratios):.1f}"


def _shown(times: Percentiles) -> str:
    return " / ".join(f"{each:.1f}" for each in times)


def _changing(every: Sequence[Figures]) -> str:
    head = ["engine and passages", *(f"10 hits from {offset:,} on, ms" for offset in OFFSETS)]
    head += ["one report added, s", "questions meanwhile, ms", "first time after it, p50 ms"]
    rows = []
    for figures in every:
        after = figures.asked["first after adding"].values()
        pages = (figures.deep.get(str(offset)) for offset in OFFSETS)
        rows.append(
            [
                _title(figures),
                *(_NONE if page is None else f"{page:,.0f}" for page in pages),
                f"{figures.adding:.1f}",
                _shown(figures.asked["while adding"]["all"]),
                " / ".join(f"{p50:.1f}" for p50, _ in after),
            ]
        )
    return table(head, rows)
