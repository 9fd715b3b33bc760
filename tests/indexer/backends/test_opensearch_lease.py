"""Who may write, with a cluster of a few lines that keeps one document."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

import pytest

from indexer.backends.opensearch_lease import Lease
from indexer.errors import EngineRefused, EngineUnavailable, IndexLocked


class Engine:
    """Keeps the lease as an engine does; `is_lossy` loses the first answer to every change."""

    seconds = 10

    def __init__(self) -> None:
        self.kept: dict[str, Any] | None = None
        self.number = 0
        self.is_lossy = False

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        assert path == "/vankien-lease/_doc/writer"
        if method == "GET":
            if self.kept is None:
                raise EngineRefused("Không có.", "", 404)
            return self.kept
        answer = self._change(method, body, params or {})
        # The client asks again what was done already.
        return self._change(method, body, params or {}) if self.is_lossy else answer

    def _change(self, method: str, body: Any, params: Mapping[str, Any]) -> Any:
        if params.get("if_seq_no") != (self.kept and self.kept["_seq_no"]):
            raise EngineRefused("Xung đột.", "", 409)
        self.number += 1
        versions = {"_seq_no": self.number, "_primary_term": 1}
        self.kept = None if method == "DELETE" else {"_source": body, **versions}
        return versions


@pytest.fixture
def engine() -> Engine:
    return Engine()


def leave(engine: Engine, **changed: object) -> None:
    """Leave a lease as a writer does that ended without giving it back."""
    with Lease(engine, "vankien").held():
        assert engine.kept is not None
        left = {**engine.kept, "_source": engine.kept["_source"] | changed}
    engine.kept = left


def take(engine: Engine) -> None:
    with Lease(engine, "vankien").held():
        pass


def dead_process() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_a_lease_is_held_by_one_and_given_back(engine):
    refused = pytest.raises(IndexLocked, match="Một tiến trình khác .* đang ghi.*Hãy đợi")
    with Lease(engine, "vankien").held(), refused:
        take(engine)
    assert engine.kept is None


def test_who_takes_it_over_is_told_to_who_held_it(engine):
    lease = Lease(engine, "vankien")
    with lease.held():
        assert engine.kept is not None
        other = {**engine.kept["_source"], "token": "khác"}
        engine.kept = {"_source": other, "_seq_no": 99, "_primary_term": 1}
        with pytest.raises(IndexLocked):
            lease.check()
    assert engine.kept is not None and engine.kept["_source"]["token"] == "khác"


def test_a_lost_answer_locks_nobody_out(engine):
    lease = Lease(engine, "vankien")
    with lease.held():
        engine.is_lossy = True
        lease.check()
        lease.check()
    assert engine.kept is None


def test_it_is_renewed_while_it_is_held(engine):
    with Lease(engine, "vankien", seconds=0.2).held():
        time.sleep(0.4)
        with pytest.raises(IndexLocked):
            take(engine)


def test_what_a_dead_process_or_an_ended_batch_of_this_one_held_is_free_at_once(engine):
    for changed in ({"pid": dead_process()}, {}):
        leave(engine, **changed)
        take(engine)
        assert engine.kept is None


def test_what_another_machine_or_a_live_process_holds_is_free_when_it_ran_out(engine):
    for holder in ({"host": "máy khác"}, {"pid": 1}):
        leave(engine, **holder)
        with pytest.raises(IndexLocked):
            take(engine)
        assert engine.kept is not None
        engine.kept["_source"]["until"] = time.time() - 1
        take(engine)


def test_an_engine_that_is_gone_ends_no_batch_by_itself(engine, monkeypatch):
    with Lease(engine, "vankien", seconds=0.1).held():
        monkeypatch.setattr(engine, "call", gone)
        time.sleep(0.2)


def gone(*_: object, **__: object) -> Any:
    raise EngineUnavailable("Không kết nối được.")
