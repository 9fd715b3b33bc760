"""The browser of the tests: one for all of them, a fresh context for each page."""

from __future__ import annotations

import os

import pytest

from tests.browser.serving import CHROMIUM, LAPTOP, QUIET


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is missing. Install with: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield found
        found.close()


@pytest.fixture
def open_page(browser):
    """Open pages of one size, and close them at the end."""
    contexts = []

    def opened(size=LAPTOP, **options):
        contexts.append(browser.new_context(viewport=size, **options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()
