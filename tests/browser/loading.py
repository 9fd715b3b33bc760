"""What loading a page costs in a browser that has never seen it: bytes, time, shifting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.browser.pages import Page, Site

# Before any script of the page: what shifts or appears early is counted too.
_WATCH = """
window.seen = { shift: 0, largest: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) seen.largest = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
"""
# Two frames after the fonts are in: observers have told what they saw.
_SETTLED = """async () => {
  await document.fonts.ready;
  for (let at = 0; at < 2; at++) await new Promise((done) => requestAnimationFrame(done));
  await new Promise((done) => setTimeout(done, 100));
  const [there] = performance.getEntriesByType("navigation");
  return { ...seen, first: there.responseStart - there.requestStart };
}"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The first load of a page: sizes in bytes, times in milliseconds.

    `shift` is the cumulative layout shift, `largest` when the largest content was painted,
    `first` the time to the first byte.
    """

    status: int
    requests: tuple[Any, ...]
    complaints: tuple[str, ...]
    transferred: int
    shift: float
    largest: float
    first: float


def first_load(window: Any, site: Site, page: Page, language: str = "vi") -> Loaded:
    """Show a page in a new window and return what that took."""
    finished: list[Any] = []
    complaints: list[str] = []
    window.on("request", lambda request: finished.append(request))
    window.on("console", lambda message: complaints.append(message.text))
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.add_init_script(_WATCH)
    status = site.open(window, page, language)
    seen = window.evaluate(_SETTLED)
    # Where a form was sent its own page does not count.
    last = max(at for at, request in enumerate(finished) if request.is_navigation_request())
    return Loaded(
        status,
        tuple(finished[last:]),
        tuple(complaints),
        sum(_size(request) for request in finished[last:]),
        seen["shift"],
        seen["largest"],
        seen["first"],
    )


def _size(request: Any) -> int:
    sizes = request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])
