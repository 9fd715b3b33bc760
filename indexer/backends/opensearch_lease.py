"""One writer at a time in a cluster: who writes holds a lease and renews it while it lives.

The lease is one small document; the engine lets a change of it pass only for who knows its last
version (optimistic concurrency control). What a writer that died holds is free after a minute, or
at once for another writer on its own machine.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

from indexer.backends.opensearch_requests import Cluster
from indexer.errors import EngineRefused, EngineUnavailable, IndexLocked

SECONDS = 60.0
_CONFLICT, _UNKNOWN = 409, 404
_ID = "writer"


class Lease:
    """The right to write below one alias."""

    def __init__(self, cluster: Cluster, alias: str, seconds: float = SECONDS) -> None:
        self._cluster = cluster
        self._path = f"/{alias}-lease"
        self._seconds = seconds
        self._holder = {
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "token": os.urandom(8).hex(),
        }
        self._version: dict[str, Any] = {}
        self._ended = Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lease while the block runs. Raises IndexLocked when another writer does."""
        self._make_index()
        self._take()
        renewing = Thread(target=self._renew_until_ended, daemon=True)
        renewing.start()
        try:
            yield
        finally:
            self._ended.set()
            renewing.join()
            # What cannot be given back runs out.
            with suppress(EngineRefused, EngineUnavailable):
                self._cluster.call("DELETE", f"{self._path}/_doc/{_ID}", params=self._version)

    def check(self) -> None:
        """Renew the lease. Raises IndexLocked when another writer took it meanwhile."""
        self._write(self._version)

    def _make_index(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-all", "hidden": True}
        mappings = {"dynamic": False, "properties": {}}
        try:
            self._cluster.call("PUT", self._path, {"settings": settings, "mappings": mappings})
        except EngineRefused as error:
            if error.kind != "resource_already_exists_exception":
                raise

    def _take(self) -> None:
        try:
            found = self._cluster.call("GET", f"{self._path}/_doc/{_ID}")
        except EngineRefused as error:
            if error.answer_status != _UNKNOWN:
                raise
            self._write({"op_type": "create"})
            return
        if not self._is_free(found["_source"]):
            raise _busy(found["_source"])
        self._write(_version(found))

    def _is_free(self, holder: dict[str, Any]) -> bool:
        if holder["until"] < time.time():
            return True
        return holder["host"] == self._holder["host"] and not _is_alive(int(holder["pid"]))

    def _write(self, condition: dict[str, Any]) -> None:
        body = {**self._holder, "until": time.time() + self._seconds}
        try:
            answer = self._cluster.call("PUT", f"{self._path}/_doc/{_ID}", body, condition)
        except EngineRefused as error:
            if error.answer_status == _CONFLICT:
                raise _busy({}) from error
            raise
        self._version = _version(answer)

    def _renew_until_ended(self) -> None:
        while not self._ended.wait(self._seconds / 4):
            # A lease that could not be renewed is found out by `check`, before anything is shown.
            with suppress(EngineRefused, EngineUnavailable, IndexLocked):
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


def _busy(holder: dict[str, Any]) -> IndexLocked:
    who = f" ({holder['host']}, tiến trình {holder['pid']})" if holder else ""
    return IndexLocked(
        f"Một tiến trình khác{who} đang ghi chỉ mục này trong cụm OpenSearch.",
        "Hãy đợi tiến trình đó xong rồi chạy lại.",
    )
