"""Batches whose requests are cut or refused, and those of writers that are killed or asleep."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.backends import opensearch_requests
from indexer.backends.opensearch_backend import OpenSearchBackend, OpenSearchCluster
from indexer.backends.opensearch_mapping import index_body
from indexer.errors import DataFolderError, IndexLocked
from tests.backend_contract.helpers import META, query, store
from tests.cluster.nodes import Cluster
from tests.conftest import REPOSITORY
from tests.factories.entries import entry
from tests.indexer.backends.cutting import cutting
from tests.indexer.backends.load import under_load
from tests.indexer.backends.opensearch_index import backend_of, new_alias, report

pytestmark = [pytest.mark.cluster, pytest.mark.slow]

QUESTION = query("hộ", "nghèo", limit=500)
REPORTS = tuple(f"d{number:02}" for number in range(40))


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


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opensearch_requests, "_LONGEST_WAIT", 0.1)


def fill(backend: OpenSearchBackend, folder: Path, *names: str, fresh: bool = False) -> None:
    with backend.write(META, fresh=fresh) as writer:
        for name in names:
            writer.add_inverted(name, report(folder, name))


def assert_holds(backend: OpenSearchBackend, *names: str) -> None:
    """Assert that exactly the passages of these reports are found, each once."""
    found = [hit.passage_id for hit in backend.search(QUESTION).hits]
    assert sorted(found) == sorted(f"{name}:p{n}" for name in names for n in range(3))
    assert backend.count() == len(found) and backend.document_ids() == set(names)


def kept(node: Cluster, index: str) -> int:
    """Return how many passages an index keeps, seen or not."""
    node.call("POST", f"/{index}/_refresh")
    return int(node.call("GET", f"/{index}/_count")["count"])


def stored(node: Cluster, index: str) -> int:
    """Return how often a passage was stored in an index."""
    indexing = node.call("GET", f"/{index}/_stats/indexing")["_all"]["primaries"]["indexing"]
    return int(indexing["index_total"])


# --- requests that fail


@pytest.mark.parametrize("part", ["request", "answer"])
def test_a_bulk_request_cut_in_the_middle(node, backend, alias, tmp_path, part):
    fill(backend, tmp_path, "a")
    with (
        cutting(node.nodes[0], part, cut={2, 3, 5, 8, 9}) as server,
        contextlib.closing(backend_of([server.url], alias, seconds=5)) as through,
    ):
        fill(through, tmp_path, *REPORTS[:12])
        assert server.bulks > 12
    assert_holds(backend, "a", *REPORTS[:12])
    assert kept(node, f"{alias}-0001") == 3 * 13


def answering(monkeypatch: pytest.MonkeyPatch, status: Callable[[int, int], int]) -> list[int]:
    """Let items of bulk requests be refused with a status, by request and item; say how many."""
    real, requests = OpenSearchCluster.call, list[int]()

    def call(
        self: OpenSearchCluster, method: str, path: str, body: Any = None, params: Any = None
    ) -> Any:
        if not path.endswith("/_bulk"):
            return real(self, method, path, body, params)
        lines = body.splitlines(keepends=True)
        told = [status(len(requests), item) for item in range(len(lines) // 2)]
        requests.append(len(told))
        taken = [n for n, answer in enumerate(told) if answer == 201]
        content = b"".join(b"".join(lines[2 * n : 2 * n + 2]) for n in taken)
        if content:
            assert real(self, method, path, content, params)["errors"] is False
        error = {"type": "rejected", "reason": "không nhận"}
        items = [{"index": {"status": s} | ({} if s == 201 else {"error": error})} for s in told]
        return {"errors": len(taken) < len(told), "items": items}

    monkeypatch.setattr(OpenSearchCluster, "call", call)
    return requests


@pytest.mark.parametrize("busy", [429, 503])
def test_passages_refused_for_now_are_sent_again(backend, tmp_path, monkeypatch, busy):
    requests = answering(monkeypatch, lambda n, item: busy if n % 3 != 2 and item % 2 else 201)
    fill(backend, tmp_path, *REPORTS[:6])
    assert_holds(backend, *REPORTS[:6])
    assert 1 in requests and len(requests) > 6


def test_passages_refused_for_good_are_named_and_nothing_is_seen(
    node, backend, alias, tmp_path, monkeypatch
):
    fill(backend, tmp_path, "a")
    before = backend.state()
    answering(monkeypatch, lambda _, item: 400 if item == 1 else 201)
    with pytest.raises(DataFolderError, match=r"không nhận 1 đoạn: b:p1 \(rejected: không nhận\)"):
        fill(backend, tmp_path, "b", "c")
    assert backend.state() == before
    assert_holds(backend, "a")
    monkeypatch.undo()
    fill(backend, tmp_path, "b")
    assert_holds(backend, "a", "b")
    assert kept(node, f"{alias}-0001") == 6


def test_a_new_build_is_put_in_place_under_load(backend, tmp_path):
    builds = {
        f"build{n}": [entry(f"build{n}:p{p}", "hộ nghèo") for p in range(20)] for n in range(6)
    }
    store(backend, *builds["build0"])
    with under_load(backend, QUESTION) as load:
        for passages in builds.values():
            store(backend, *passages, fresh=True)
            load.wait_for(3)
    assert load.errors == []
    assert {hits.total for hits in load.answers} == {20}
    seen = [{hit.passage_id.partition(":")[0] for hit in hits.hits} for hits in load.answers]
    assert all(len(found) == 1 for found in seen) and set.union(*seen) == set(builds)


# --- writers that are killed, or asleep

IN_A_PROCESS = """
    import sys, os
    from pathlib import Path
    from tests.backend_contract.helpers import META
    from tests.indexer.backends.opensearch_index import backend_of, report

    url, alias, folder, fresh, lease_seconds, *names = sys.argv[1:]
    backend = backend_of([url], alias, lease_seconds=float(lease_seconds))
    try:
        with backend.write(META, fresh=fresh == "True") as writer:
            for name in names:
                writer.add_inverted(name, report(Path(folder), name))
            for future in writer._waiting:
                future.result()
            print("ready", flush=True)
            if sys.stdin.readline() == "more\\n":
                writer.add_inverted("more", report(Path(folder), "more"))
        print("done", flush=True)
    except Exception as error:
        print(type(error).__name__, flush=True)
"""


class Writing:
    """A process that has sent reports in a batch and waits: for a word, or its end."""

    def __init__(
        self,
        node: Cluster,
        alias: str,
        folder: Path,
        *names: str,
        fresh: bool = False,
        lease_seconds: float = 60,
    ) -> None:
        code = textwrap.dedent(IN_A_PROCESS)
        given = [node.urls[0], alias, str(folder), str(fresh), str(lease_seconds), *names]
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *given],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._said() == "ready"

    def kill(self) -> None:
        with self.process:
            self.process.kill()

    def end(self, word: str) -> str:
        """Let it go on; return what it says at its end."""
        with self.process:
            assert self.process.stdin is not None
            self.process.stdin.write(f"{word}\n")
            self.process.stdin.flush()
            return self._said()

    def _said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


def test_a_build_goes_on_where_a_killed_one_ended(node, backend, alias, tmp_path):
    fill(backend, tmp_path, "old")
    Writing(node, alias, tmp_path, *REPORTS[:25], fresh=True).kill()
    assert_holds(backend, "old")
    sent = stored(node, f"{alias}-0002")
    assert sent == 3 * 25
    # Report 0 is other than when it was sent, and report 1 is not there any more.
    changed = report(tmp_path, "d00", "hộ nghèo nay khác")
    with backend.write(META, fresh=True) as writer:
        writer.add_inverted("d00", changed)
        for name in REPORTS[2:]:
            writer.add_inverted(name, tmp_path / name if name < "d25" else report(tmp_path, name))
    assert_holds(backend, "d00", *REPORTS[2:])
    assert stored(node, f"{alias}-0002") == sent + 3 * (1 + 15)
    assert kept(node, f"{alias}-0002") == 3 * 39


def test_a_build_of_which_a_part_was_lost_is_begun_anew(node, backend, alias, tmp_path):
    fill(backend, tmp_path, "old")
    body = index_body(META, 1)
    # A shard that no node holds any more.
    body["settings"]["index.routing.allocation.require._name"] = "nowhere"
    node.call("PUT", f"/{alias}-0002?wait_for_active_shards=0&timeout=1s", body)
    fill(backend, tmp_path, "new", fresh=True)
    assert_holds(backend, "new")


def test_what_a_killed_batch_left_is_never_seen_and_taken_out(node, backend, alias, tmp_path):
    fill(backend, tmp_path, "old")
    Writing(node, alias, tmp_path, "a", "b").kill()
    assert_holds(backend, "old")
    assert kept(node, f"{alias}-0001") == 9
    fill(backend, tmp_path, "b")
    assert_holds(backend, "old", "b")
    assert kept(node, f"{alias}-0001") == 6


def test_while_another_process_writes_nobody_else_does(node, backend, alias, tmp_path):
    writing = Writing(node, alias, tmp_path, "a")
    for fresh in (False, True):
        with pytest.raises(IndexLocked, match=f"tiến trình {writing.process.pid}"):
            fill(backend, tmp_path, "b", fresh=fresh)
    assert writing.end("") == "done"
    fill(backend, tmp_path, "b")
    assert_holds(backend, "a", "b")


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("word", ["", "more"])
def test_a_writer_that_slept_too_long_changes_nothing(node, backend, alias, tmp_path, fresh, word):
    fill(backend, tmp_path, "old")
    writing = Writing(node, alias, tmp_path, "a", fresh=fresh, lease_seconds=1)
    os.kill(writing.process.pid, signal.SIGSTOP)
    time.sleep(1.2)
    fill(backend, tmp_path, "b", fresh=fresh)
    os.kill(writing.process.pid, signal.SIGCONT)
    assert writing.end(word) == "IndexLocked"
    after = ("b",) if fresh else ("old", "b")
    assert_holds(backend, *after)
    fill(backend, tmp_path, "c")
    assert_holds(backend, *after, "c")
    assert kept(node, f"{alias}-000{1 + fresh}") == 3 * len((*after, "c"))
