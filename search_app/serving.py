"""`vankien serve`: the library is loaded once, then processes that share it answer.

Threads of one process take turns at the interpreter; processes do not, and what was loaded
before they were forked lies in memory once. See docs/decisions/0006 for the figures.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from math import inf
from socket import socket

from flask import Flask

from indexer.config import Settings
from indexer.errors import EngineRefused, EngineUnavailable, IndexIncomplete, VankienError
from search_app.answer import ask
from search_app.app import create_app
from search_app.opening import open_library, reopen
from search_app.processes import Place, Processes, can_fork
from search_app.query import Request
from search_app.search import Library
from search_app.server import Server, bind
from search_app.web_room import Room, room_of

# More processes than this share the memory of a small server badly; a setting asks for more.
_MOST_BY_ITSELF = 4
# So many connections that may ask some time are as much to do as one request that has come.
_REQUEST_WEIGHT = 8
_QUESTION = Request("Tỷ lệ hộ nghèo cuối nhiệm kỳ là bao nhiêu?")


def workers_of(settings: Settings) -> int:
    """Return how many processes are to answer: as many as asked for, or one for each core."""
    if settings.workers:
        return settings.workers
    return min(_MOST_BY_ITSELF, _cores())


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def serve(
    settings: Settings, ready: Callable[[str], None], tell: Callable[[str], None] = lambda _: None
) -> bool:
    """Serve until SIGTERM or SIGINT; `ready` gets the address once questions are answered.

    `tell` gets a line about what goes wrong meanwhile. Returns False when no process could stay
    alive. Raises PortError when the address cannot be used, IndexMissing and IndexOutdated when
    there is nothing to ask.
    """
    with bind(settings.host, settings.port) as listener:
        library = open_library(settings)
        try:
            app = create_app(settings, library)
            warm_up(app, library, tell)
            said = partial(ready, f"http://{settings.host}:{listener.getsockname()[1]}")
            count = workers_of(settings)
            if count > 1 and not can_fork():
                tell("Hệ thống này không chia được tiến trình; trang web chạy bằng một tiến trình.")
                count = 1
            if count == 1:
                _alone(Server(app, listener, _requests(settings)), said)
                return True
            # Files that several processes read have one position: each opens its own.
            library.close()
            listener.listen()

            def work(place: Place) -> None:
                reopen(library)
                with suppress(VankienError):
                    library.search(_QUESTION)
                _answer(app, listener, settings, place)

            return Processes(count, work, _most_seconds(settings), tell).run(said)
        finally:
            library.close()


def warm_up(app: Flask, library: Library, tell: Callable[[str], None] = lambda _: None) -> None:
    """Load and make what the first requests would otherwise wait for.

    That a search engine does not answer is told: it may when it is asked. Raises IndexMissing and
    IndexOutdated.
    """
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    try:
        library.check()
    except (EngineUnavailable, EngineRefused, IndexIncomplete) as error:
        tell(str(error))
    else:
        with suppress(VankienError):
            ask(library, _QUESTION)
    # Last: it takes what is loaded from the collector, and so no worker needs its own copy.
    library.warm_up()


def _alone(server: Server, ready: Callable[[], None]) -> None:
    before = {
        number: signal.signal(number, lambda *_: server.stop())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        ready()
        server.run(lambda: None)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _answer(app: Flask, listener: socket, settings: Settings, place: Place) -> None:
    """Answer in one of several processes, well as long as no request takes too long."""
    room = room_of(app)
    most = _most_seconds(settings)

    def may_take(connections: int) -> bool:
        return place.may_take(load(connections, room))

    server = Server(app, listener, _requests(settings), may_take)
    signal.signal(signal.SIGTERM, lambda *_: server.stop())

    def beat() -> None:
        if room.longest() < most:
            place.is_well(load(server.connections, room))

    beat()
    server.run(beat)


def load(connections: int, room: Room) -> int:
    """Return how much a process has to do, counted in connections that may ask some time.

    >>> load(3, Room(at_once=2, waiting=0))
    3
    """
    return connections + _REQUEST_WEIGHT * room.occupancy


def _requests(settings: Settings) -> int:
    return settings.threads + settings.max_waiting


def _most_seconds(settings: Settings) -> float:
    return settings.request_seconds or inf
