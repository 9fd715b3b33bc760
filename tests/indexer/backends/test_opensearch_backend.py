"""The contract on a real node, and what only an engine in a cluster has to keep."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from indexer.backends.base import Backend
from indexer.backends.opensearch_backend import OpenSearchBackend
from tests.backend_contract import BackendContract
from tests.cluster.nodes import Cluster
from tests.indexer.backends.opensearch_index import backend_of, new_alias

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def node(one_node: Cluster) -> Cluster:
    one_node.reset()
    return one_node


@pytest.fixture
def alias() -> str:
    return new_alias()


@pytest.fixture
def backend(node: Cluster, alias: str) -> Iterator[OpenSearchBackend]:
    with contextlib.closing(backend_of(node.urls, alias)) as backend:
        yield backend
    node.call("DELETE", f"/{alias}-*?expand_wildcards=all")


@pytest.fixture
def another(node: Cluster, alias: str) -> Iterator[Callable[[], Backend]]:
    with contextlib.ExitStack() as opened:

        def open_again() -> Backend:
            return opened.enter_context(contextlib.closing(backend_of(node.urls, alias)))

        yield open_again


class TestContract(BackendContract):
    @pytest.fixture
    def backend(self, node: Cluster, alias: str) -> Iterator[OpenSearchBackend]:
        with contextlib.closing(backend_of(node.urls, alias)) as backend:
            yield backend
        node.call("DELETE", f"/{alias}-*?expand_wildcards=all")

    @pytest.fixture
    def another(self, another: Callable[[], Backend]) -> Callable[[], Backend]:
        return another
