"""The contract on a real node, and what only an engine in a cluster has to keep."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.backends.base import Backend
from indexer.backends.opensearch_access import Access
from indexer.backends.opensearch_backend import OpenSearchBackend
from indexer.reading_process import Crew
from tests.backend_contract import META, BackendContract
from tests.cluster.nodes import Cluster
from tests.indexer.backends.opensearch_index import backend_of, new_alias, report

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


def test_many_reports_are_sent_by_several_processes(node: Cluster, tmp_path: Path) -> None:
    names = [f"d{number:02}" for number in range(15)]
    alias = new_alias()
    with Crew(2) as crew:
        backend = OpenSearchBackend(Access(tuple(node.urls), 10, ca=""), alias, processes=crew)
        with contextlib.closing(backend), backend.write(META) as writer:
            for name in names:
                writer.add_inverted(name, report(tmp_path, name))
        assert crew.started
    with contextlib.closing(backend_of(node.urls, alias)) as backend:
        assert backend.document_ids() == set(names)
        assert backend.count() == 45


class TestContract(BackendContract):
    @pytest.fixture
    def backend(self, node: Cluster, alias: str) -> Iterator[OpenSearchBackend]:
        with contextlib.closing(backend_of(node.urls, alias)) as backend:
            yield backend
        node.call("DELETE", f"/{alias}-*?expand_wildcards=all")

    @pytest.fixture
    def another(self, another: Callable[[], Backend]) -> Callable[[], Backend]:
        return another
