"""A server of a library for the browser tests, and what they do on many pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.config import Settings, load_settings
from search_app.app import create_app
from search_app.opening import open_library
from search_app.server import Server, bind

expect = pytest.importorskip("playwright.sync_api").expect

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1440, "height": 900}


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    library = open_library(settings)
    listener = bind("127.0.0.1", 0)
    # Stopped in its own thread: a socket closed under the loop that watches it is an error there.
    server = Server(create_app(settings, library), listener, requests=0)
    thread = threading.Thread(target=server.run, args=(lambda: None,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.stop()
    thread.join(timeout=15)
    library.close()


def indexed(paths: list[Path], data: Path) -> Settings:
    settings = load_settings({}, data=data)
    build_index(paths, settings)
    return settings


def ask(page, address: str, question: str) -> None:
    page.goto(address)
    page.locator("#q").fill(question)
    page.get_by_role("button", name="Tìm", exact=True).click()


def is_tinted(locator) -> bool:
    return bool(locator.evaluate("e => getComputedStyle(e).backgroundColor !== 'rgba(0, 0, 0, 0)'"))
