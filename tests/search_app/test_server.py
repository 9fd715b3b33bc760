from __future__ import annotations

import http.client
from threading import Event, Thread

import pytest
from flask import Flask

from indexer.errors import PortError
from search_app.server import Server, bind


@pytest.fixture
def served():
    """Return a server, its address, and what lets its slow page go on."""
    app, came, go_on = Flask("served"), Event(), Event()

    @app.get("/slow")
    def slow():
        came.set()
        assert go_on.wait(timeout=30)
        return "a" * 3_000_000

    with bind("127.0.0.1", 0) as listener:
        server = Server(app, listener, requests=1)
        beats = []
        thread = Thread(target=server.run, args=(lambda: beats.append(1),))
        thread.start()
        yield server, listener.getsockname()[1], came, go_on, beats
        server.stop()
        go_on.set()
        thread.join(timeout=30)
        assert not thread.is_alive()


def test_what_is_being_answered_is_sent_whole_after_the_stop(served):
    server, port, came, go_on, beats = served
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/slow")
    assert came.wait(timeout=30)
    server.stop()
    go_on.set()
    answer = connection.getresponse()
    assert len(answer.read()) == 3_000_000
    assert answer.headers.get("Server") is None
    connection.close()
    assert beats


def test_nobody_is_let_in_after_the_stop(served):
    server, port, _came, _go_on, _beats = served
    server.stop()
    with pytest.raises((ConnectionError, http.client.HTTPException, TimeoutError)):
        for _ in range(100):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            connection.close()


def test_an_address_that_is_not_ours_is_named():
    with pytest.raises(PortError, match="192.0.2.1:8000"):
        bind("192.0.2.1", 8000)
