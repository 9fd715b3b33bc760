"""The engine for what one machine does not hold: an OpenSearch cluster, spoken to over HTTP.

The only file that knows the client library. The cluster gets our own forms and the formula of
`ranking`, so that it finds the same passages in the same order as the embedded engine.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    ConnectionError,
    ConnectionTimeout,
    OpenSearchException,
    SSLError,
    TransportError,
)

from indexer.backends.base import Processes, Writer
from indexer.backends.generations import check_meta, missing
from indexer.backends.opensearch_access import Access
from indexer.backends.opensearch_errors import refused, unreachable, wrong_version
from indexer.backends.opensearch_indices import UNKNOWN, Current, Indices
from indexer.backends.opensearch_lease import SECONDS, Lease
from indexer.backends.opensearch_queue import Queue
from indexer.backends.opensearch_searching import Searching
from indexer.backends.opensearch_state import State
from indexer.backends.opensearch_writing import Batch, Sent, clean, send_report
from indexer.backends.schema import BEGUN
from indexer.errors import EngineRefused, IndexIncomplete, StorageError
from indexer.models import Field, Hits, IndexMeta, Query

_T = TypeVar("_T")

_VERSIONS = ("2", "3")
_TRIES = 5


class OpenSearchCluster:
    """The cluster behind an `Access`; requests may be made from any thread."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._client = _client(access)
        self._is_known = False

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the answer of the cluster (see `opensearch_requests.Cluster`)."""
        if not self._is_known:
            self._check_version()
        return self._call(method, path, body, params)

    @property
    def seconds(self) -> int:
        """Return how long an answer may take."""
        return self._access.seconds

    def _call(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            return self._client.transport.perform_request(
                method, path, params=dict(params or {}), body=body, timeout=self.seconds
            )
        except SSLError as error:
            reason = "chứng thư của máy chủ không được tin cậy (xem VANKIEN_OPENSEARCH_CA)"
            raise unreachable(self._access, reason) from error
        except ConnectionTimeout as error:
            raise unreachable(self._access, f"không trả lời sau {self.seconds} giây") from error
        except ConnectionError as error:
            raise unreachable(self._access, "không có máy nào nhận kết nối") from error
        except TransportError as error:
            raise refused(int(error.status_code), error.info, self._access) from error
        except OpenSearchException as error:
            raise unreachable(self._access, "câu trả lời không đọc được") from error

    def _check_version(self) -> None:
        name, number = self._version()
        if name != "opensearch" or number.partition(".")[0] not in _VERSIONS:
            raise wrong_version(f"{name} {number}".strip(), self._access)
        self._is_known = True

    def _version(self) -> tuple[str, str]:
        try:
            version = self._call("GET", "/")["version"]
            return str(version.get("distribution", "Elasticsearch")), str(version["number"])
        except EngineRefused as error:
            if error.answer_status != UNKNOWN:
                raise
        except (AttributeError, LookupError, TypeError):
            pass
        return "một chương trình khác", ""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _client(access: Access) -> OpenSearch:
    # It would log every request that fails, with its body; errors are told once, as ours.
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    return OpenSearch(
        hosts=list(access.hosts),
        headers={"Authorization": proof} if (proof := _proof(access)) else {},
        ca_certs=access.ca or None,
        timeout=access.seconds,
        max_retries=max(1, len(access.hosts) - 1),
        retry_on_timeout=True,
        # Not 503: a node that tells of a lost shard is not to be taken for dead.
        retry_on_status=(502, 504),
        pool_maxsize=8,
    )


def _proof(access: Access) -> str:
    if access.api_key:
        return f"ApiKey {access.api_key}"
    # Not by the library, which knows no letters but those of western Europe.
    pair = f"{access.user}:{access.password}".encode()
    return f"Basic {b64encode(pair).decode()}" if access.user else ""


@lru_cache(maxsize=1)
def _cluster_of_process(access: Access) -> OpenSearchCluster:
    return OpenSearchCluster(access)


def send_in_process(access: Access, alias: str, commit: int, path: Path) -> Sent | None:
    """Send a report from a process of its own, which keeps its connection; None on an error."""
    try:
        return send_report(_cluster_of_process(access), alias, commit, path)
    except StorageError:
        return None


class OpenSearchBackend:
    """A Backend that keeps its index in a cluster, below one alias."""

    def __init__(
        self,
        access: Access,
        alias: str,
        *,
        shards: int = 1,
        replicas: int = 1,
        processes: Processes | None = None,
        lease_seconds: float = SECONDS,
    ) -> None:
        """Use the index of an alias; nothing is asked before there is something to do.

        Who writes and is not heard of for `lease_seconds` may be taken for dead.
        """
        self._access = access
        self._cluster = OpenSearchCluster(access)
        self._indices = Indices(self._cluster, alias)
        self._shards = max(shards, 1)
        self._replicas = replicas
        self._processes = processes
        self._lease_seconds = lease_seconds
        self._searching = Searching(self._cluster)
        self._newest: Current | None = None

    def state(self) -> str:
        """Return a mark that changes with every commit; empty without an index."""
        current = self._indices.current()
        return "" if current is None else str(current.state)

    def meta(self) -> IndexMeta | None:
        """Return the rules the index was built with, or None when there is no index."""
        current = self._indices.current()
        return None if current is None else self._indices.meta(current.state.index)

    def search(self, query: Query) -> Hits:
        """Return one page of hits and the facets of all of them, from the newest commit.

        A facet tells of its 10,000 most frequent values.
        """
        return self._in_one_state(lambda current: self._searching.search(query, current))

    def tally(self, query: Query) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Return, by document and kind, how many passages are found, and how many of them whole."""
        return self._in_one_state(lambda current: self._searching.tally(query, current))

    def forms(self, field: Field, beginning: str, most: int) -> tuple[str, ...]:
        """Return the forms of a field of `BEGUN` that begin so, in order of their bytes."""
        if field not in BEGUN:
            raise ValueError(f"the forms of {field} cannot be listed")
        return self._in_one_state(
            lambda current: self._searching.forms(field, beginning, most, current)
        )

    def document_ids(self) -> frozenset[str]:
        """Return the ids of the documents that can be found now; empty without an index."""
        if self._indices.current() is None:
            return frozenset()
        found = self.tally(Query((), facets=False))
        return frozenset(document_id for document_id, _ in found)

    def count(self) -> int:
        """Return how many passages can be found now; 0 without an index."""
        if self._indices.current() is None:
            return 0
        return self._in_one_state(self._searching.count)

    def prune(self) -> tuple[str, ...]:
        """Delete the builds that are kept beside the one that is searched; return their names."""
        if self._indices.current() is None:
            return ()
        with Lease(self._cluster, self._indices.alias).held():
            old = tuple(self._indices.older(self._current().state))
            self._indices.drop(old)
        return old

    def close(self) -> None:
        """Close the connections. A closed backend is not used again."""
        self._cluster.close()

    # --- writing

    @contextmanager
    def write(self, meta: IndexMeta, *, fresh: bool = False) -> Iterator[Writer]:
        """Return a batch that commits when its block ends and is discarded on an exception."""
        lease = Lease(self._cluster, self._indices.alias, self._lease_seconds)
        with lease.held():
            state, before, writer = self._begin(meta, lease.token, fresh=fresh)
            queue = Queue(
                partial(send_report, self._cluster),
                partial(send_in_process, self._access),
                self._processes,
            )
            batch = Batch(self._cluster, self._indices, queue, writer, state, before)
            try:
                yield batch
                batch.commit(lease, self._replicas)
            except BaseException as error:
                queue.close()
                batch.discard(error)
                raise
            queue.close()

    def _begin(
        self, meta: IndexMeta, token: str, *, fresh: bool
    ) -> tuple[State, State | None, str]:
        """Return the state to make, the one before it, and the name through which to write."""
        current = self._indices.current(local=False)
        before = None if current is None else current.state
        if fresh or current is None or before is None:
            index = self._indices.begin(meta, self._shards)
            return State(index, 1), before, self._indices.let_write(index, token)
        check_meta(self._indices.meta(before.index), meta)
        writer = self._indices.let_write(before.index, token)
        clean(self._indices, writer, before, current.hidden)
        return State(before.index, before.commit + 1), before, writer

    # --- searching

    def _in_one_state(self, ask: Callable[[Current], _T]) -> _T:
        """Return what is asked, of one commit alone.

        What a commit replaces is deleted soon after it, so that a search that began before it
        could miss both the old and the new: it is then done again.
        """
        before = self._newest or self._current()
        for _ in range(_TRIES):
            failure: StorageError | None = None
            try:
                answer = ask(before)
            except (EngineRefused, IndexIncomplete) as error:
                failure = error
            after = self._current()
            if failure is None and after.state.is_before(before.state):
                # That node has not heard of it yet.
                after = before
            self._newest = after
            if after.state == before.state:
                if failure is not None:
                    raise failure
                return answer
            before = after
        raise IndexIncomplete(
            "Chỉ mục đang được ghi liên tục nên chưa tìm được trọn vẹn.", "Hãy thử lại ngay sau."
        )

    def _current(self) -> Current:
        current = self._indices.current()
        if current is None:
            raise missing(f"cụm OpenSearch {self._access}")
        return current
