"""A way to a node on which connections break in the middle of bulk requests."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Literal

from tests.cluster.node import HOST, Node

Part = Literal["request", "answer"]
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Cutting(ThreadingTCPServer):
    """Passes bytes to a node and back; of the bulk requests in `cut`, by number, only half."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, node: Node, part: Part, cut: Collection[int]) -> None:
        super().__init__((HOST, 0), _Passing)
        self.port, self.part, self.cut = node.port, part, cut
        self.bulks = 0
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """Broken connections are what this is for."""


class _Passing(BaseRequestHandler):
    server: Cutting

    def handle(self) -> None:
        with socket.create_connection((HOST, self.server.port)) as node:
            while message := _message(self.request):
                is_cut = self._is_cut(message)
                if is_cut and self.server.part == "request":
                    node.sendall(message[: len(message) // 2])
                    return
                node.sendall(message)
                answer = _message(node)
                self.request.sendall(answer[: len(answer) // 2] if is_cut else answer)
                if is_cut:
                    return

    def _is_cut(self, message: bytes) -> bool:
        if b"/_bulk" not in message.partition(b"\r\n")[0]:
            return False
        with self.server.lock:
            self.server.bulks += 1
            return self.server.bulks in self.server.cut


def _message(connection: socket.socket) -> bytes:
    """Return one request or answer, head and body; empty where the connection ended."""
    received = b""
    while True:
        head, end, body = received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if end and len(body) >= (int(length[1]) if length else 0):
            return received
        more = connection.recv(65536)
        if not more:
            return b""
        received += more


@contextmanager
def cutting(node: Node, part: Part, cut: Collection[int]) -> Iterator[Cutting]:
    """Give the server while the block runs."""
    with Cutting(node, part, cut) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
