from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from time import monotonic

import pytest

from search_app.app import create_app
from search_app.search import Library
from search_app.web_room import Room, room_of


def test_so_many_enter_so_many_wait_and_the_others_are_sent_away():
    room = Room(at_once=2, waiting=1, seconds=10)
    assert room.enter()
    done = []
    with ThreadPoolExecutor(2) as pool:
        second = pool.submit(room.enter)
        assert second.result()
        waiting = Thread(target=lambda: done.append(room.enter()))
        waiting.start()
        while room._waiting == 0:
            pass
        assert room.occupancy == 3
        assert not room.enter()
        room.leave()
        waiting.join(timeout=10)
    assert done == [True]


def test_nobody_waits_without_end():
    room = Room(at_once=1, waiting=5, seconds=0.05)
    assert room.enter()
    began = monotonic()
    assert not ThreadPoolExecutor(1).submit(room.enter).result()
    assert monotonic() - began < 5
    assert room.longest() > 0
    room.leave()
    assert room.longest() < 0.05
    assert room.enter()


@pytest.fixture
def crowded(sample_settings, sample_library, monkeypatch):
    """Return an application whose only turn is taken until the event is set."""
    app = create_app(sample_settings, sample_library)
    room = room_of(app)
    room._most_waiting = 0
    held, let_go = Event(), Event()
    search = Library.search

    def slow(library, request):
        if request.text == "chậm":
            held.set()
            assert let_go.wait(timeout=30)
        return search(library, request)

    monkeypatch.setattr(Library, "search", slow)
    readers = [
        Thread(target=lambda: app.test_client().get("/api/v1/search?q=chậm"))
        for _ in range(sample_settings.threads)
    ]
    for reader in readers:
        held.clear()
        reader.start()
        assert held.wait(timeout=30)
    yield app
    let_go.set()
    for reader in readers:
        reader.join(timeout=30)
    assert app.test_client().get("/api/v1/search?q=nước").status_code == 200


def test_who_finds_no_room_is_told_when_to_come_back(crowded):
    client = crowded.test_client()
    told = client.get("/api/v1/search?q=nghèo")
    assert (told.status_code, told.headers["Retry-After"]) == (503, "10")
    assert told.json["error"]["code"] == "service_unavailable"
    assert "đang bận" in told.json["error"]["message"]
    page = client.get("/search?q=nghèo")
    assert page.status_code == 503
    assert "Máy chủ đang bận" in page.text
    assert page.headers["Retry-After"] == "10"


def test_probes_and_files_need_no_turn(crowded):
    client = crowded.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    sheet = f"{crowded.static_url_path}/css/base.css"
    with client.get(sheet) as response:
        assert response.status_code == 200
    assert client.get("/khong-co").status_code == 404


def test_a_request_that_fails_gives_its_turn_back(sample_settings, sample_library, monkeypatch):
    app = create_app(sample_settings, sample_library)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    room_of(app)._most_waiting = 0
    monkeypatch.setattr(Library, "search", lambda *_: 1 / 0)
    client = app.test_client()
    for _ in range(sample_settings.threads + 1):
        assert client.get("/api/v1/search?q=nghèo").status_code == 500
