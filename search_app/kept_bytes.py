"""Answers kept as they were sent, in so many bytes at most."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from threading import Lock

# No answer takes more than this share of the room: a whole report would drive out all others.
_SHARE = 8
# What an entry costs beside its body: key, headers, the entry itself.
_BESIDE = 1_024


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A body with the headers that belong to it."""

    body: bytes
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        """Return about how many bytes it takes in memory."""
        return len(self.body) + _BESIDE


class KeptAnswers:
    """Answers by key; the one that was not asked for longest goes first.

    >>> kept = KeptAnswers(100_000)
    >>> kept.put("a", KeptAnswer(b"{}", {}))
    >>> kept.get("a").body, kept.get("b")
    (b'{}', None)
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[Hashable, KeptAnswer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> KeptAnswer | None:
        """Return the answer of a key, None when there is none any more."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Hashable, answer: KeptAnswer) -> None:
        """Keep an answer, unless it is too large to be kept."""
        if answer.size > self._most // _SHARE:
            return
        with self._lock:
            before = self._answers.pop(key, None)
            self._bytes += answer.size - (before.size if before else 0)
            self._answers[key] = answer
            while self._bytes > self._most:
                self._bytes -= self._answers.popitem(last=False)[1].size
