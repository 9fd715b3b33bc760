"""One writer at a time in a cluster: who writes holds a lease and renews it while it lives.

The lease is one small document; the engine lets a change of it pass only for who knows its last
version (optimistic concurrency control). What a writer that died holds is free after a minute, or
at once for another writer on its own machine. A writer that only slept must not go on: `token`
names what it may write through, and the next writer takes that name away.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from typing import Any, cast

from indexer.backends.opensearch_requests import Cluster, in_time
from indexer.errors import EngineRefused, IndexLocked, StorageError

SECONDS = 60.0
_CONFLICT, _UNKNOWN = 409, 404
# The leases that this process holds.
_held: set[str] = set()


class Lease:
    """The right to write below one alias."""

    def __init__(self, cluster: Cluster, alias: str, seconds: float = SECONDS) -> None:
        self._cluster = cluster
        self._index = f"/{alias}-lease"
        self._path = f"{self._index}/_doc/writer"
        self._seconds = seconds
        self.token = os.urandom(8).hex()
        self._holder = {
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "token": self.token,
        }
        self._version: dict[str, Any] = {}
        self._renewing = Lock()
        self._ended = Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lease while the block runs. Raises IndexLocked when another writer does."""
        _held.add(self.token)
        try:
            with self._renewed():
                yield
        finally:
            _held.discard(self.token)

    @contextmanager
    def _renewed(self) -> Iterator[None]:
        self._take()
        renewing = Thread(target=self._renew_until_ended, daemon=True)
        renewing.start()
        try:
            yield
        finally:
            self._ended.set()
            renewing.join()
            # What cannot be given back runs out.
            with suppress(StorageError):
                self._give_back()

    def check(self) -> None:
        """Renew the lease. Raises IndexLocked when another writer took it meanwhile."""
        with self._renewing:
            self._write(self._version)

    def _give_back(self) -> None:
        found = self._found()
        if found is not None and self._is_ours(found):
            params = _version(found) | in_time(self._cluster)
            self._cluster.call("DELETE", self._path, params=params)

    def _make_index(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-all", "hidden": True}
        mappings = {"dynamic": False, "properties": {}}
        body = {"settings": settings, "mappings": mappings}
        try:
            self._cluster.call("PUT", self._index, body, in_time(self._cluster, by_manager=True))
        except EngineRefused as error:
            if error.kind != "resource_already_exists_exception":
                raise

    def _take(self) -> None:
        found = self._found()
        if found is not None and not self._is_free(found["_source"]):
            raise busy(found["_source"])
        self._write({"op_type": "create"} if found is None else _version(found))

    def _found(self) -> dict[str, Any] | None:
        try:
            return cast(dict[str, Any], self._cluster.call("GET", self._path))
        except EngineRefused as error:
            if error.answer_status != _UNKNOWN:
                raise
            if error.kind == "index_not_found_exception":
                self._make_index()
            return None

    def _is_ours(self, found: dict[str, Any]) -> bool:
        return bool(found["_source"]["token"] == self.token)

    def _is_free(self, holder: dict[str, Any]) -> bool:
        if holder["until"] < time.time():
            return True
        if holder["host"] != self._holder["host"]:
            return False
        if holder["pid"] == self._holder["pid"]:
            # It could not be given back when its batch ended.
            return holder["token"] not in _held
        return not _is_alive(int(holder["pid"]))

    def _write(self, condition: dict[str, Any]) -> None:
        body = {**self._holder, "until": time.time() + self._seconds}
        try:
            answer = self._cluster.call("PUT", self._path, body, condition | in_time(self._cluster))
        except EngineRefused as error:
            if error.answer_status != _CONFLICT:
                raise
            # Where an answer was lost and the client asked again, the change is our own.
            answer = self._found()
            if answer is None or not self._is_ours(answer):
                raise busy(answer and answer["_source"]) from error
        self._version = _version(answer)

    def _renew_until_ended(self) -> None:
        while not self._ended.wait(self._seconds / 4):
            # A lease that could not be renewed is found out by `check`, before anything is shown.
            with suppress(StorageError):
                self.check()


def _version(answer: dict[str, Any]) -> dict[str, Any]:
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def busy(holder: dict[str, Any] | None = None) -> IndexLocked:
    """Return the error to raise where another writer is at work."""
    who = f" ({holder['host']}, tiến trình {holder['pid']})" if holder else ""
    return IndexLocked(
        f"Một tiến trình khác{who} đang ghi chỉ mục này trong cụm OpenSearch.",
        "Hãy đợi tiến trình đó xong rồi chạy lại.",
    )
