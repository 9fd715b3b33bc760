"""Values that are held as long as there is room for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Values by key, together at most so large; those asked for longest ago go first.

    `size_of` says how large a value is, always the same. A value that is larger than all room is
    not held. May be asked from any thread; two that miss at once compute the same value twice.

    >>> cache = BoundedCache(8, len)
    >>> cache.compute("a", lambda: "báo cáo"), cache.get("a"), cache.get("b")
    ('báo cáo', 'báo cáo', None)
    >>> cache.put("b", "số liệu")
    >>> list(cache), cache.size
    (['b'], 7)
    """

    def __init__(self, most: int, size_of: Callable[[Value], int]) -> None:
        self._most = most
        self._size_of = size_of
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()
        self.size = 0

    def __iter__(self) -> Iterator[Key]:
        return iter(tuple(self._held))

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, None when it is not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def compute(self, key: Key, computed: Callable[[], Value]) -> Value:
        """Return the value of a key; what is not held is computed and then held."""
        held = self.get(key)
        if held is None:
            held = computed()
            self.put(key, held)
        return held

    def put(self, key: Key, value: Value) -> None:
        """Hold a value, in place of the one that the key had before."""
        size = self._size_of(value)
        if size > self._most:
            return
        with self._lock:
            if key in self._held:
                self.size -= self._size_of(self._held.pop(key))
            self._held[key] = value
            self.size += size
            while self.size > self._most:
                self.size -= self._size_of(self._held.popitem(last=False)[1])

    def clear(self) -> None:
        """Let go of all values."""
        with self._lock:
            self._held.clear()
            self.size = 0
