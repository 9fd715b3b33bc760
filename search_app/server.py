"""One process that serves: Waitress, which reads slow senders and writes to slow readers itself."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from time import monotonic
from typing import Any

from flask import Flask
from waitress.server import create_server

from indexer.errors import PortError, reason

# An address with all filters, and the cookies.
_MAX_HEADERS = 16 * 1024
# Threads that answer what never waits: probes, files, and who is told that there is no room.
_SPARE_THREADS = 4
_CONNECTIONS = 250
# Seconds: of a sender who says nothing; between two looks whether to go on; to finish at the end.
_SILENCE = 60
_TICK = 0.25
_TO_FINISH = 10.0


def bind(host: str, port: int) -> socket.socket:
    """Return a socket of an address that does not listen yet. Raises PortError."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortError(
            f"Không mở được {host}:{port}: {reason(error)}.",
            "Hãy chọn cổng khác, ví dụ: vankien serve --port 8080",
        ) from error
    return listener


class Server:
    """An application behind a socket, until `stop` is called from a signal or another thread.

    `may_take` is asked, with the number of connections, whether to take another one: a browser
    keeps its connection, so processes at one socket must share them out as they come.
    """

    def __init__(
        self,
        app: Flask,
        listener: socket.socket,
        requests: int,
        may_take: Callable[[int], bool] = lambda _: True,
    ) -> None:
        # How many wait is told to readers; the log would say it at every request.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._server = create_server(
            app,
            sockets=[listener],
            threads=requests + _SPARE_THREADS,
            ident=None,
            max_request_header_size=_MAX_HEADERS,
            connection_limit=_CONNECTIONS,
            channel_timeout=_SILENCE,
        )
        accepts = self._server.readable
        self._server.readable = lambda: accepts() and may_take(self.connections)
        self._stopped = False

    @property
    def connections(self) -> int:
        """Return how many connections are open."""
        return len(self._server.active_channels)

    def stop(self) -> None:
        """Take no more requests, and let `run` return when those that came are answered."""
        if not self._stopped:
            self._stopped = True
            self._server.pull_trigger()

    def run(self, beat: Callable[[], None]) -> None:
        """Serve until `stop`; `beat` is called at every turn, at least four times a second."""
        try:
            while not self._stopped:
                self._turn()
                beat()
            self._finish()
        finally:
            self._server.task_dispatcher.shutdown(timeout=1)
            for channel in self._channels():
                channel.handle_close()
            self._server.close()

    def _turn(self) -> None:
        self._server.asyncore.loop(_TICK, use_poll=True, map=self._server._map, count=1)

    def _finish(self) -> None:
        last = monotonic() + _TO_FINISH
        # The socket itself is shared with other processes; only this one stops listening to it.
        self._server.del_channel()
        self._server.socket.close()
        while monotonic() < last and any(map(_is_busy, self._channels())):
            self._server.asyncore.loop(0.1, use_poll=True, map=self._server._map, count=1)

    def _channels(self) -> tuple[Any, ...]:
        return tuple(self._server.active_channels.values())


def _is_busy(channel: Any) -> bool:
    """Say whether a connection has a request that is answered, or an answer that is not sent."""
    return bool(channel.requests or channel.total_outbufs_len)
