"""Values that are kept as long as what they were made from stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Current(Generic[Value]):
    """One value, made when it is asked for and again when its version is another one.

    May be asked from any thread; while one makes the value, others wait for it.

    >>> versions = iter([1, 1, 2])
    >>> reports = Current(lambda: next(versions), lambda: ["báo cáo"])
    >>> first = reports.get()
    >>> reports.get() is first, reports.get() is first
    (True, False)
    """

    def __init__(self, version: Callable[[], Hashable], make: Callable[[], Value]) -> None:
        self._version = version
        self._make = make
        self._held: tuple[Hashable, Value] | None = None
        self._lock = Lock()

    def get(self) -> Value:
        """Return the value as of now. Raises what asking for the version and making it raise."""
        # Asked before the value is made: a change in between is then seen the next time.
        version = self._version()
        held = self._held
        if held is not None and held[0] == version:
            return held[1]
        with self._lock:
            held = self._held
            if held is not None and held[0] == version:
                return held[1]
            value = self._make()
            self._held = (version, value)
            return value

    def clear(self) -> None:
        """Forget the value."""
        self._held = None
