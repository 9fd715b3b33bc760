"""What was computed from arrays, held up to so many bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar


class Sized(Protocol):
    """What says how much memory it takes."""

    @property
    def nbytes(self) -> int:
        """Return the bytes, those included that it may still come to take."""


Value = TypeVar("Value", bound=Sized)

# What a value costs besides its numbers: objects, key, its place here. Measured: 950 bytes.
_OVERHEAD = 1_000


class BoundedCache:
    """Values by key; when they are too many bytes, those go first that were asked for longest ago.

    Searches in several threads share one; two that miss at once compute the same value twice.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Return the value of a key, computed when it is not held."""
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                found: Value = held
                return found
        value = compute()
        self._put(key, value)
        return value

    def _put(self, key: Hashable, value: Sized) -> None:
        size = value.nbytes + _OVERHEAD
        if size > self._most:
            return
        with self._lock:
            if key in self._held:
                return
            self._held[key] = value
            self._bytes += size
            while self._bytes > self._most:
                _, gone = self._held.popitem(last=False)
                self._bytes -= gone.nbytes + _OVERHEAD

    @property
    def bytes(self) -> int:
        """Return how many bytes are held now."""
        return self._bytes
