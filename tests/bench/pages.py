"""What the pages weigh, how long they take, whether they stand still, and what axe finds.

Run: `python -m tests.bench.pages [DATA]`; without a data folder the sample reports are indexed.
Prints the tables of docs/web.md and never fails on a figure.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from indexer.config import Settings, load_settings
from tests.browser.axe import axe_source, violations
from tests.browser.loading import first_load
from tests.browser.pages import PAGES, Page, Site, index_reports, site
from tests.browser.serving import CHROMIUM, LAPTOP, PHONE, QUIET

REPEATS = 15
HEAD = (
    "| page | transferred, kB | requests | server p50, ms | TTFB, ms | LCP, ms "
    "| CLS 1440 px | CLS 360 px | axe |"
)


def main(arguments: list[str]) -> None:
    """Print one line for each page."""
    with sync_playwright() as driver, reports(arguments) as settings, site(settings) as served:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        show(HEAD)
        show("|---|" + "---:|" * (HEAD.count("|") - 2))
        for page in PAGES:
            show(f"| {page.name} | " + " | ".join(figures(chromium, served, page)) + " |")
        chromium.close()


@contextmanager
def reports(arguments: list[str]) -> Iterator[Settings]:
    """Yield the settings of the data folder that is measured."""
    if arguments:
        yield load_settings({}, data=Path(arguments[0]))
        return
    with tempfile.TemporaryDirectory() as folder:
        yield index_reports(Path(folder))


def figures(chromium: Any, served: Site, page: Page) -> list[str]:
    """Return the columns of one page; each load is the first of a new browser."""
    wide = chromium.new_context(viewport=LAPTOP)
    narrow = chromium.new_context(viewport=PHONE)
    window = wide.new_page()
    loaded, small = first_load(window, served, page), first_load(narrow.new_page(), served, page)
    broken = len(violations(window, axe_source()))
    wide.close()
    narrow.close()
    columns = [f"{loaded.transferred / 1000:.1f}", str(len(loaded.requests))]
    refused = page.typed or loaded.status != 200
    columns += ["–" if refused else server_time(served.address + served.paths[page.name])]
    columns += [f"{loaded.first:.0f}", f"{loaded.largest:.0f}"]
    return [*columns, f"{loaded.shift:.4f}", f"{small.shift:.4f}", str(broken)]


def server_time(address: str) -> str:
    """Return the median time that the server takes for a page, in milliseconds."""
    times = []
    for _ in range(REPEATS):
        begun = perf_counter()
        with urlopen(address) as response:
            response.read()
        times.append((perf_counter() - begun) * 1000)
    return f"{statistics.median(times):.0f}"


def show(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
