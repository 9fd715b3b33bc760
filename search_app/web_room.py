"""How many requests are answered at one time, how many wait for that, and how long.

Threads of one process take turns anyway: answering more at once makes all of them wait longer.
"""

from __future__ import annotations

from threading import BoundedSemaphore, Lock, get_ident
from time import monotonic

from flask import Flask, g, request
from werkzeug.exceptions import ServiceUnavailable

# Seconds; by then those who wait now have been answered or sent away.
_COME_BACK_AFTER = 10
# Seconds that a request waits for its turn: a reader would not wait for longer either.
_PATIENCE = 15.0
# What takes no time, and what has a room of its own and may take minutes.
_FREE = frozenset(
    ("static", "healthz", "readyz", "languages.choose", "questions.answers", "questions.download")
)
_EXTENSION = "room"


class Room:
    """Turns for so many at once; so many may wait so many seconds for one."""

    def __init__(self, at_once: int, waiting: int, seconds: float = _PATIENCE) -> None:
        self._turns = BoundedSemaphore(max(1, at_once))
        self._most_waiting = waiting
        self._seconds = seconds
        self._lock = Lock()
        self._waiting = 0
        self._since: dict[int, float] = {}

    def enter(self) -> bool:
        """Wait for a turn and take it; False when there was none or too many wait already."""
        if not self._turns.acquire(blocking=False) and not self._wait():
            return False
        self._since[get_ident()] = monotonic()
        return True

    def leave(self) -> None:
        """Give the turn of this thread back."""
        del self._since[get_ident()]
        self._turns.release()

    @property
    def occupancy(self) -> int:
        """Return how many have a turn or wait for one."""
        return len(self._since) + self._waiting

    def longest(self) -> float:
        """Return for how many seconds the longest turn has been going on; 0 when none is."""
        began = min(tuple(self._since.values()), default=monotonic())
        return monotonic() - began

    def _wait(self) -> bool:
        with self._lock:
            if self._waiting >= self._most_waiting:
                return False
            self._waiting += 1
        try:
            return self._turns.acquire(timeout=self._seconds)
        finally:
            with self._lock:
                self._waiting -= 1


def init_app(app: Flask, room: Room) -> None:
    """Let every request of the application wait for its turn."""
    app.extensions[_EXTENSION] = room

    @app.before_request
    def enter() -> None:
        if request.endpoint is None or request.endpoint in _FREE:
            return
        if not room.enter():
            raise ServiceUnavailable(retry_after=_COME_BACK_AFTER)
        g.has_turn = True

    @app.teardown_request
    def leave(_error: BaseException | None) -> None:
        if g.pop("has_turn", False):
            room.leave()


def room_of(app: Flask) -> Room:
    """Return the room of an application."""
    found = app.extensions[_EXTENSION]
    assert isinstance(found, Room)
    return found
