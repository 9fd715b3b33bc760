"""Answers kept as they were sent, in so many bytes at most."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from indexer.bounded_cache import BoundedCache

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
        self._largest = most_bytes // _SHARE
        self._answers: BoundedCache[Hashable, KeptAnswer] = BoundedCache(
            most_bytes, lambda answer: answer.size
        )

    def get(self, key: Hashable) -> KeptAnswer | None:
        """Return the answer of a key, None when there is none any more."""
        return self._answers.get(key)

    def put(self, key: Hashable, answer: KeptAnswer) -> None:
        """Keep an answer, unless it is too large to be kept."""
        if answer.size <= self._largest:
            self._answers.put(key, answer)
