"""The parts of the cluster benchmark that need no nodes, and the whole of it without any."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from tests.bench.cluster import kept
from tests.bench.cluster_engines import Embedded
from tests.bench.cluster_measuring import Build, Figures, Measuring
from tests.bench.cluster_questions import queries
from tests.bench.cluster_reports import Report, reports
from tests.bench.cluster_tables import tables
from tests.bench.peers import Kind

_ASKED = {str(kind): (4.0, 9.0) for kind in Kind}
_FIGURES = Figures(
    nodes=0,
    passages=1_000,
    builds={"1": Build(1.0, 1.0)},
    size=3_000_000,
    asked=dict.fromkeys(("first", "warm", "first after adding"), _ASKED)
    | {"while adding": {"all": (5.0, 6.0)}},
    deep={"1000": 12.0},
    adding=0.5,
    load={"build, 1": 1.0, "first": 2.0, "warm": 3.0},
)
_ON_A_NODE = replace(
    _FIGURES,
    nodes=1,
    builds={"1": Build(4.0, 1.0), "2": Build(1.0, 1.0)},
    asked=_FIGURES.asked | {"warm": {str(kind): (8.0, 9.0) for kind in Kind}},
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Report]]:
    folder = tmp_path_factory.mktemp("reports")
    return folder, reports(folder, 500)


def test_reports_have_the_passages_that_are_asked_for(made: tuple[Path, list[Report]]) -> None:
    _, found = made
    assert len(found) == 2
    assert sum(report.passages for report in found) >= 500
    assert len({report.document_id for report in found}) == 2


def test_reports_that_are_there_are_not_made_again(made: tuple[Path, list[Report]]) -> None:
    folder, found = made
    times = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert reports(folder, 500) == found
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == times


def test_the_embedded_engine_is_measured(
    made: tuple[Path, list[Report]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.bench.cluster_measuring._MOST_ROUNDS", 1)
    _, found = made
    few = {kind: each[:3] for kind, each in queries().items()}
    figures = Measuring(Embedded(tmp_path), 0, found, (few, few)).figures([1])
    assert figures.passages == found[0].passages
    assert figures.size > 0
    assert set(figures.asked) == {"first", "warm", "while adding", "first after adding"}
    assert all(set(figures.asked[run]) == set(map(str, Kind)) for run in ("first", "warm"))
    assert "warm" in tables([figures])


def test_queries_are_as_the_product_builds_them() -> None:
    found = queries()
    assert found == queries()
    assert found != queries(seed=2)
    assert {kind: len(each) for kind, each in found.items()} == dict.fromkeys(Kind, 34)
    assert all(query.minimum == len(query.groups) for query in found[Kind.ALL_WORDS])
    assert {query.minimum for query in found[Kind.ANY_WORD]} == {1}
    assert all(query.required for query in found[Kind.PHRASE])
    assert all(query.facets and query.limit == 10 for each in found.values() for query in each)


def test_the_newest_figures_of_a_size_and_engine_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "figures.jsonl"
    newer = replace(_FIGURES, adding=0.7)
    lines = (_ON_A_NODE, _FIGURES, newer)
    path.write_text("".join(json.dumps(asdict(each)) + "\n" for each in lines), encoding="utf-8")
    assert [(each.nodes, each.adding) for each in kept(path)] == [(0, 0.7), (1, 0.5)]


def test_tables_show_rates_and_ratios() -> None:
    text = tables([_FIGURES, _ON_A_NODE])
    assert "| one node, 1,000 | 200 | 500 | 1.0 | 3,000 | – | – | 1.0 |" in text
    assert "| one node, 1,000, warm | 8.0 / 9.0 | 8.0 / 9.0 | 8.0 / 9.0 | 2.0 | 3.0 |" in text
    assert "| one node, 1,000 | 12 | – | – | 0.5 | 5.0 / 6.0 | 4.0 / 4.0 / 4.0 |" in text
