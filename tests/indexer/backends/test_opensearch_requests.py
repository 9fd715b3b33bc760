"""What is done about passages that an engine refuses, with an engine of a few lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import pytest

from indexer.backends import opensearch_requests
from indexer.backends.opensearch_requests import Action, Refusal, chunks, send
from indexer.errors import EngineRefused, EngineUnavailable

ACTIONS: list[Action] = [(f"d:p{n}", b'{"index":{}}\n{"n":%d}\n' % n) for n in range(4)]
Answer = Callable[[int], Mapping[str, Any]]


class Engine:
    """A cluster that answers the nth request as a function says; it keeps what it was sent."""

    seconds = 10

    def __init__(self, answer: Callable[[int, int], Any]) -> None:
        self._answer = answer
        self.sent: list[int] = []

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        assert (method, path) == ("POST", "/vankien/_bulk")
        passages = body.count(b"\n") // 2
        self.sent.append(passages)
        return self._answer(len(self.sent), passages)


def answer(*statuses: int, kind: str = "rejected", reason: str = "đầy") -> dict[str, Any]:
    error = {"error": {"type": kind, "reason": reason}}
    items = [{"index": {"status": s} | (error if s >= 300 else {})} for s in statuses]
    return {"errors": max(statuses) >= 300, "items": items}


def test_only_what_was_refused_for_now_is_sent_again_ever_later(monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr(opensearch_requests.random, "uniform", lambda _, most: most)
    answers = {1: answer(201, 429, 503, 500), 2: answer(429, 201, 429), 3: answer(429, 201)}
    engine = Engine(lambda n, passages: answers.get(n) or answer(*[201] * passages))
    assert send(engine, "vankien", ACTIONS, waited.append) == []
    assert engine.sent == [4, 3, 2, 1]
    assert waited == [0.2, 0.4, 0.8]


def test_what_is_refused_for_good_is_returned_and_not_sent_again():
    engine = Engine(lambda n, _: answer(400, 201, 429, 201) if n == 1 else answer(201))
    refused = send(engine, "vankien", ACTIONS, lambda _: None)
    assert refused == [Refusal("d:p0", 400, "rejected: đầy")]
    assert engine.sent == [4, 1]


def test_an_engine_that_stays_full_is_given_up():
    engine = Engine(lambda _, passages: answer(*[429] * passages))
    with pytest.raises(EngineUnavailable, match=r"vẫn chưa nhận 4 đoạn .*\(rejected: đầy\)"):
        send(engine, "vankien", ACTIONS, lambda _: None)
    assert engine.sent == [4] * 9


def test_a_long_time_is_the_end_too(monkeypatch):
    clock = count(0, 40)
    monkeypatch.setattr(opensearch_requests.time, "monotonic", lambda: next(clock))
    engine = Engine(lambda _, passages: answer(*[429] * passages))
    with pytest.raises(EngineUnavailable):
        send(engine, "vankien", ACTIONS, lambda _: None)
    assert len(engine.sent) == 3


@pytest.mark.parametrize(
    ("error", "times"),
    [
        (EngineUnavailable("Không kết nối được."), 2),
        (EngineRefused("Đầy.", "", 429), 2),
        (EngineRefused("Không đọc được.", "", 400), 1),
        (EngineRefused("Sai mật khẩu.", "", 401), 1),
    ],
)
def test_a_whole_request_is_sent_again_where_that_may_help(error, times):
    def told(number: int, passages: int) -> Any:
        if number == 1:
            raise error
        return answer(*[201] * passages)

    engine = Engine(told)
    if times == 1:
        with pytest.raises(EngineRefused):
            send(engine, "vankien", ACTIONS, lambda _: None)
    else:
        assert send(engine, "vankien", ACTIONS, lambda _: None) == []
    assert engine.sent == [4] * times


def test_a_full_disk_is_told_at_once():
    reason = "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage];"
    engine = Engine(lambda *_: answer(*[429] * 4, kind="cluster_block_exception", reason=reason))
    with pytest.raises(EngineRefused, match="ổ đĩa"):
        send(engine, "vankien", ACTIONS, lambda _: None)
    assert engine.sent == [4]


def test_a_request_is_not_too_long():
    many = [(str(n), b"x" * (n % 7 * 100_000)) for n in range(2_500)]
    made = list(chunks(many))
    assert [action for chunk in made for action in chunk] == many
    assert max(len(chunk) for chunk in made) <= 1_000
    assert max(sum(len(line) for _, line in chunk) for chunk in made) <= 5 * 2**20
    assert len(list(chunks([("1", b"x")] * 2_500))) == 3
