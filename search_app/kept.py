"""What is kept between requests because making it anew would make readers wait."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


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
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made when there is none. Raises what `make` raises."""
        # Held while it is made: who asks for the same meanwhile gets it without making it again.
        with self._lock:
            if key not in self._values:
                self._values[key] = make()
                if len(self._values) > self._most:
                    self._values.popitem(last=False)
            self._values.move_to_end(key)
            return self._values[key]
