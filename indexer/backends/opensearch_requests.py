"""How the parts of this engine speak to a cluster, and what they do when it refuses for now."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

from indexer.backends.opensearch_errors import BLOCKED, blocked, still_refused
from indexer.errors import EngineRefused, EngineUnavailable

Action = tuple[str, bytes]

# Full; from 500 on: busy, or a node was lost.
_FULL, _FAILED = 429, 500
_TRIES, _MOST_SECONDS = 9, 90
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 30.0
_MOST_ACTIONS, _MOST_BYTES = 1_000, 5 * 2**20


class Cluster(Protocol):
    """A cluster of nodes that answer requests, whichever of them is asked."""

    @property
    def seconds(self) -> int:
        """Return how long an answer may take."""

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the answer of the cluster.

        Raises EngineRefused for an answer that is an error, EngineUnavailable without an answer.
        """


def in_time(cluster: Cluster, *, by_manager: bool = False) -> dict[str, str]:
    """Return the parameters with which a node tells what it waits for, before we stop listening."""
    wait = f"{max(1, cluster.seconds // 2)}s"
    return {"timeout": wait} | ({"cluster_manager_timeout": wait} if by_manager else {})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A passage that the engine did not take, and its words."""

    passage_id: str
    status: int
    reason: str


def chunks(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """Yield the actions in lists that are good to send: at most 1,000 of them, about 5 MB."""
    chunk: list[Action] = []
    size = 0
    for action in actions:
        if chunk and (len(chunk) == _MOST_ACTIONS or size + len(action[1]) > _MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(action)
        size += len(action[1])
    if chunk:
        yield chunk


def send(
    cluster: Cluster,
    alias: str,
    actions: Sequence[Action],
    wait: Callable[[float], None] = time.sleep,
) -> list[Refusal]:
    """Store passages in the index of an alias; return those that are refused for good.

    What it refuses for now is sent again, ever later and never by all senders at once ("full
    jitter", AWS Architecture Blog, 2015). Raises EngineUnavailable when it still does after
    about a minute.
    """
    left, refused = list(actions), list[Refusal]()
    params = {"require_alias": "true"} | in_time(cluster)
    end = time.monotonic() + _MOST_SECONDS
    for number in count(1):
        is_last = number == _TRIES or time.monotonic() > end
        body = b"".join(line for _, line in left)
        try:
            answer = cluster.call("POST", f"/{alias}/_bulk", body, params)
        except (EngineUnavailable, EngineRefused) as error:
            if is_last or not _is_for_now(error):
                raise
        else:
            found = list(_refusals(left, answer))
            later = {each.passage_id: each.reason for each in found if _may_pass(each.status)}
            refused += [each for each in found if each.passage_id not in later]
            if not later:
                break
            if is_last:
                raise still_refused(len(later), next(iter(later.values())))
            left = [action for action in left if action[0] in later]
        wait(random.uniform(0, min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (number - 1))))
    return refused


def _is_for_now(error: EngineUnavailable | EngineRefused) -> bool:
    if isinstance(error, EngineUnavailable):
        return True
    return _may_pass(error.answer_status) and error.kind != BLOCKED


def _may_pass(status: int) -> bool:
    """Say whether what was refused so may be taken later."""
    return status == _FULL or status >= _FAILED


def _refusals(actions: Sequence[Action], answer: Mapping[str, Any]) -> Iterator[Refusal]:
    """Yield what was not taken. Raises the error of a cluster that takes nothing for now."""
    if not answer["errors"]:
        return
    for (passage_id, _), item in zip(actions, answer["items"], strict=True):
        told = item["index"]
        if told["status"] < 300:
            continue
        error = told.get("error", {})
        if error.get("type") == BLOCKED and "disk" in (reason := str(error.get("reason"))):
            # Waiting for room on a disk is not for minutes.
            raise blocked(reason, told["status"])
        yield Refusal(passage_id, told["status"], f"{error.get('type')}: {error.get('reason')}")
