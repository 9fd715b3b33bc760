"""What is kept between requests because making it anew would make readers wait."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(slots=True)
class _Turn:
    """The lock of one key, and how many want it."""

    lock: Lock = field(default_factory=Lock)
    wanted: int = 0


class Kept(Generic[Value]):
    """Values by key, at most so many: the one that was not asked for longest goes first.

    A key holds all that its value depends on, also the state of the catalogue, so that nothing
    outlives what it was made from by more than its turn.

    >>> kept = Kept(1)
    >>> kept.get("a", lambda: "mới"), kept.get("a", lambda: "khác")
    ('mới', 'mới')
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._turns: dict[Hashable, _Turn] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made when there is none. Raises what `make` raises."""
        # Who asks for the same meanwhile gets it without making it again; others do not wait.
        with self._turn(key):
            with self._lock:
                if key in self._values:
                    self._values.move_to_end(key)
                    return self._values[key]
            value = make()
            with self._lock:
                self._values[key] = value
                if len(self._values) > self._most:
                    self._values.popitem(last=False)
            return value

    @contextmanager
    def _turn(self, key: Hashable) -> Iterator[None]:
        with self._lock:
            turn = self._turns.setdefault(key, _Turn())
            turn.wanted += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.wanted -= 1
                if not turn.wanted:
                    del self._turns[key]
