"""How the parts of this engine speak to a cluster, and what they do when it refuses for now."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from indexer.errors import EngineRefused, EngineUnavailable

Action = tuple[str, bytes]

# Full, or busy with something: asked again later.
LATER = frozenset({429, 502, 503, 504})
_TRIES = 9
_FIRST_WAIT, _LONGEST_WAIT = 0.2, 30.0
_MOST_ACTIONS, _MOST_BYTES = 1_000, 5 * 2**20


class Cluster(Protocol):
    """A cluster of nodes that answer requests, whichever of them is asked."""

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
        *,
        long: bool = False,
    ) -> Any:
        """Return the answer of the cluster; a `long` work may take an hour.

        Raises EngineRefused for an answer that is an error, EngineUnavailable without an answer.
        """


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
    index: str,
    actions: Sequence[Action],
    wait: Callable[[float], None] = time.sleep,
) -> list[Refusal]:
    """Store passages; return those that the engine refuses for good.

    What it refuses for now is sent again, ever later and never by all senders at once ("full
    jitter", AWS Architecture Blog, 2015). Raises EngineUnavailable when it still does after
    about a minute.
    """
    left, refused = list(actions), list[Refusal]()
    for number in range(_TRIES):
        try:
            answer = cluster.call("POST", f"/{index}/_bulk", b"".join(line for _, line in left))
        except (EngineUnavailable, EngineRefused) as error:
            if isinstance(error, EngineRefused) and error.answer_status not in LATER:
                raise
            if number == _TRIES - 1:
                raise
        else:
            found = list(_refusals(left, answer))
            later = {each.passage_id for each in found if each.status in LATER}
            refused += [each for each in found if each.status not in LATER]
            if not later:
                return refused
            if number == _TRIES - 1:
                return refused + [each for each in found if each.status in LATER]
            left = [action for action in left if action[0] in later]
        wait(random.uniform(0, min(_LONGEST_WAIT, _FIRST_WAIT * 2**number)))
    return refused


def _refusals(actions: Sequence[Action], answer: Mapping[str, Any]) -> Iterator[Refusal]:
    if not answer["errors"]:
        return
    for (passage_id, _), item in zip(actions, answer["items"], strict=True):
        told = item["index"]
        if told["status"] >= 300:
            error = told.get("error", {})
            yield Refusal(passage_id, told["status"], f"{error.get('type')}: {error.get('reason')}")
