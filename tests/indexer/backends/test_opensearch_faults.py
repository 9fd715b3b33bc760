"""Nodes die, hang, run out of room: no result is wrong or lost, and what is missing is told."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from indexer.backends import opensearch_requests
from indexer.backends.opensearch_backend import OpenSearchBackend
from indexer.errors import EngineRefused, EngineUnavailable, IndexIncomplete, StorageError
from indexer.models import Hits
from tests.backend_contract.helpers import META, query
from tests.cluster.fixtures import ThreeNodes
from tests.cluster.node import Node, until
from tests.cluster.nodes import Cluster
from tests.indexer.backends.load import under_load
from tests.indexer.backends.opensearch_index import backend_of, new_alias, report

pytestmark = [pytest.mark.cluster, pytest.mark.slow, pytest.mark.alone]

QUESTION = query("hộ", "nghèo", limit=200)
REPORTS = tuple(f"d{number:02}" for number in range(20))
FURTHER = tuple(f"e{number:02}" for number in range(12))
# Seconds without an answer; a node that hangs is found out by the others after some five.
LONGEST_PAUSE = 20


@pytest.fixture
def cluster(three_nodes: ThreeNodes) -> Cluster:
    return three_nodes()


@pytest.fixture
def backend(cluster: Cluster, tmp_path: Path) -> Iterator[OpenSearchBackend]:
    """An index of three shards, each on two of the three nodes."""
    with contextlib.closing(backend_of(cluster.urls, new_alias(), shards=3, seconds=3)) as backend:
        fill(backend, tmp_path, REPORTS, fresh=True)
        make_copies_at_once(cluster)
        yield backend


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused for now is sent again sooner, and given up sooner."""
    monkeypatch.setattr(opensearch_requests, "_LONGEST_WAIT", 0.5)
    monkeypatch.setattr(opensearch_requests, "_TRIES", 3)


def fill(
    backend: OpenSearchBackend, folder: Path, names: tuple[str, ...], *, fresh: bool = False
) -> None:
    with backend.write(META, fresh=fresh) as writer:
        for name in names:
            writer.add_inverted(name, report(folder, name))


def make_copies_at_once(cluster: Cluster) -> None:
    """Copies that a node took along are made anew at once, not after a minute."""
    delay = {"index.unassigned.node_left.delayed_timeout": "0"}
    cluster.call("PUT", "/_all/_settings?expand_wildcards=all", delay)
    cluster.wait_green()


def of_reports(hits: Hits) -> set[str]:
    return {hit.passage_id.partition(":")[0] for hit in hits.hits}


def assert_holds(backend: OpenSearchBackend, *names: str) -> None:
    assert backend.document_ids() == set(names)
    assert backend.count() == 3 * len(names)
    hits = backend.search(QUESTION)
    assert hits.total == len(hits.hits) == 3 * len(names) and of_reports(hits) == set(names)


def other_than_manager(cluster: Cluster) -> Node:
    manager = cluster.manager()
    return next(node for node in cluster.nodes if node is not manager)


@pytest.mark.parametrize("victim", [other_than_manager, Cluster.manager])
def test_a_node_killed_under_load(cluster, backend, tmp_path, victim):
    before = backend.search(QUESTION)
    reports = [report(tmp_path, name) for name in FURTHER]
    is_committed = True
    with under_load(backend, QUESTION) as load:
        try:
            with backend.write(META) as writer:
                for number, path in enumerate(reports):
                    if number == len(reports) // 2:
                        victim(cluster).kill()
                    writer.add_inverted(path.name, path)
        except StorageError:
            is_committed = False
        load.wait_for(30)
    after = backend.search(QUESTION)
    assert load.answers <= {before, after}
    assert load.longest_pause < LONGEST_PAUSE
    assert_holds(backend, *REPORTS, *(FURTHER if is_committed else ()))
    cluster.start()
    cluster.wait_green()
    assert backend.search(QUESTION) == after
    fill(backend, tmp_path, ("f",))
    assert_holds(backend, *REPORTS, *(FURTHER if is_committed else ()), "f")


def test_two_of_three_nodes_killed(cluster, backend, tmp_path, impatient):
    before = backend.search(QUESTION)
    with pytest.raises(StorageError), backend.write(META) as writer:
        writer.add_inverted("e", report(tmp_path, "e"))
        for node in cluster.nodes[1:]:
            node.kill()
        writer.add_inverted("f", report(tmp_path, "f"))
    for ask in (lambda: backend.search(QUESTION), backend.count, backend.document_ids):
        with pytest.raises((IndexIncomplete, EngineUnavailable), match="thiếu"):
            ask()
    begun = monotonic()
    with pytest.raises(StorageError), backend.write(META, fresh=True):
        pytest.fail("the block must not run")
    assert monotonic() - begun < LONGEST_PAUSE
    cluster.start()
    cluster.wait_green()
    assert backend.search(QUESTION) == before
    assert_holds(backend, *REPORTS)
    fill(backend, tmp_path, ("g",))
    assert_holds(backend, *REPORTS, "g")


def test_a_node_stopped_under_load_and_continued(cluster, backend, tmp_path):
    before = backend.search(QUESTION)
    with under_load(backend, QUESTION) as load:
        hung = other_than_manager(cluster)
        hung.stop()
        load.wait_for(30)
        assert until(lambda: cluster.health()["number_of_nodes"] == 2, 30)
        fill(backend, tmp_path, FURTHER)
        load.wait_for(10)
        hung.resume()
        cluster.wait_green()
        load.wait_for(30)
    after = backend.search(QUESTION)
    assert load.answers == {before, after}
    assert load.longest_pause < LONGEST_PAUSE
    assert_holds(backend, *REPORTS, *FURTHER)


def test_all_nodes_restarted(cluster, backend):
    before = backend.search(QUESTION)
    cluster.restart()
    cluster.wait_green()
    assert backend.search(QUESTION) == before
    assert_holds(backend, *REPORTS)


def test_a_full_disk(cluster, backend, tmp_path):
    before = backend.search(QUESTION)
    full = r"ổ đĩa của .* gần đầy.*Hãy giải phóng chỗ trống"
    with pytest.raises(EngineRefused, match=full), backend.write(META) as writer:
        writer.add_inverted("e", report(tmp_path, "e"))
        cluster.fill_disk()
        assert until(lambda: blocked_indices(cluster), 30)
        begun = monotonic()
        writer.add_inverted("f", report(tmp_path, "f"))
    for fresh in (False, True):
        with pytest.raises(EngineRefused, match=full), backend.write(META, fresh=fresh):
            pytest.fail("the block must not run")
    assert monotonic() - begun < LONGEST_PAUSE
    assert backend.search(QUESTION) == before
    cluster.free_disk()
    assert until(lambda: not blocked_indices(cluster), 30)
    fill(backend, tmp_path, ("g",))
    assert_holds(backend, *REPORTS, "g")
    # That no index may be made stays until somebody allows it.
    with pytest.raises(EngineRefused, match=full):
        fill(backend, tmp_path, ("h",), fresh=True)
    allowed = {"cluster.blocks.create_index": None}
    cluster.call("PUT", "/_cluster/settings", {"persistent": allowed, "transient": allowed})
    fill(backend, tmp_path, ("h",), fresh=True)
    assert_holds(backend, "h")


def blocked_indices(cluster: Cluster) -> bool:
    return bool(cluster.call("GET", "/_cluster/state/blocks")["blocks"].get("indices"))


def test_a_lost_shard(cluster, tmp_path):
    with contextlib.closing(
        backend_of(cluster.urls, new_alias(), shards=3, seconds=3, replicas=0)
    ) as backend:
        fill(backend, tmp_path, REPORTS)
        far = replace(QUESTION, offset=10_000)
        backend.search(far)  # what it counts is remembered
        cluster.nodes[2].kill()
        for ask in (
            lambda: backend.search(QUESTION),
            lambda: backend.search(far),
            backend.count,
            backend.document_ids,
        ):
            with pytest.raises(IndexIncomplete, match=r"mảnh.*Hãy kiểm tra các máy"):
                ask()
        cluster.start()
        cluster.wait_green()
        assert_holds(backend, *REPORTS)
