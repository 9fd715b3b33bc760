"""Copies of an index, with a cluster of a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from indexer.backends.opensearch_indices import Indices


class Engine:
    """Tells of so many nodes, and keeps how many copies it is to make."""

    seconds = 10

    def __init__(self, nodes: int, copies: int) -> None:
        self.nodes = nodes
        self.copies = copies

    def call(
        self, method: str, path: str, body: Any = None, params: Mapping[str, Any] | None = None
    ) -> Any:
        if path.startswith("/_cluster/health"):
            return {"number_of_data_nodes": self.nodes}
        assert path == "/vankien-0001/_settings"
        if method == "PUT":
            self.copies = body["index"]["number_of_replicas"]
            return {"acknowledged": True}
        settings = {"index": {"number_of_replicas": str(self.copies)}}
        return {"vankien-0001": {"settings": settings}}


@pytest.mark.parametrize(
    ("nodes", "before", "after"),
    [(1, 0, 0), (2, 0, 1), (3, 0, 1), (3, 1, 1), (1, 1, 1)],
)
def test_nodes_that_joined_later_get_copies_and_lost_ones_cost_none(
    nodes: int, before: int, after: int
) -> None:
    engine = Engine(nodes, before)
    Indices(engine, "vankien").copy_to_new_nodes("vankien-0001", 1)
    assert engine.copies == after
