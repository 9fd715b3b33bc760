"""Fixtures of real nodes; without Java or the jars they skip, or fail under CI=true."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from tests.cluster.node import can_start
from tests.cluster.nodes import QUICK_FAULT_DETECTION, Cluster

ThreeNodes = Callable[..., Cluster]


def need_engine() -> None:
    """Return when nodes can be started; else skip the test, or fail it where they must be."""
    if can_start():
        return
    message = "real OpenSearch nodes need Java and Maven: install both, then run make test-cluster"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def one_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A node that all tests share: name your indices for your test, or begin with `reset()`."""
    need_engine()
    with Cluster(tmp_path_factory.mktemp("one-node")) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def three_nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreeNodes]:
    """Make clusters of three nodes: `three_nodes(**{"setting": "value"})`.

    Within a module the same settings give the same cluster, reset: all nodes up, nothing in it.
    """
    need_engine()
    made: dict[tuple[tuple[str, str], ...], Cluster] = {}

    def make(**settings: str) -> Cluster:
        key = tuple(sorted(settings.items()))
        if key not in made:
            folder = tmp_path_factory.mktemp("three-nodes")
            made[key] = Cluster(folder, 3, settings=QUICK_FAULT_DETECTION | settings)
        made[key].reset()
        return made[key]

    yield make
    for cluster in made.values():
        cluster.close()
