"""What holds for every page: in the list, own files only, light, still, narrow, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from search_app.app import create_app
from tests.browser.loading import first_load
from tests.browser.pages import PAGES, QUESTION, Page, Site, index_reports, page_endpoints, site
from tests.browser.serving import PHONE, expect

pytestmark = pytest.mark.browser

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
# A first visit begins with a search; a report is read whole, in more fonts.
MOST_BYTES = {"web.search": 120_000, "web.document": 220_000, "differences.index": 220_000}
MOST_OF_OTHERS = 130_000
MOST_SHIFT = 0.02
NARROWEST = 320
HASHED = re.compile(r"/assets/[0-9a-f]{12}/")


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Iterator[Site]:
    with site(index_reports(tmp_path_factory.mktemp("pages"))) as found:
        yield found


def test_every_page_of_the_application_is_in_the_list(sample_settings, sample_library):
    app = create_app(sample_settings, sample_library)
    missing = page_endpoints(app) - {page.endpoint for page in PAGES}
    assert not missing, f"add them to PAGES (or FILES) in tests/browser/pages.py: {missing}"
    assert {page.endpoint for page in PAGES} <= set(app.view_functions)


@every_page
def test_a_page_is_light_still_and_loads_its_own_files_only(pages, open_page, page: Page):
    loaded = first_load(open_page(), pages, page)
    assert loaded.status == page.status
    # What Chromium says of a status that is meant is no complaint about the page.
    assert [c for c in loaded.complaints if f"status of {page.status}" not in c] == []
    assert {urlsplit(request.url).hostname for request in loaded.requests} == {"127.0.0.1"}
    assert loaded.transferred <= MOST_BYTES.get(page.endpoint, MOST_OF_OTHERS)
    # A page that shifts does so every time; a font that was late once does not.
    shift = loaded.shift
    if shift >= MOST_SHIFT:
        shift = first_load(open_page(), pages, page).shift
    assert shift < MOST_SHIFT
    check_policy(loaded.requests[0].response().headers)
    for request in loaded.requests[1:]:
        check_asset(request)


def check_policy(headers) -> None:
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy and "script-src 'self'" in policy


def check_asset(request) -> None:
    """Check that a file is under the digest of all files and never asked for again."""
    if urlsplit(request.url).path.startswith("/indicators/"):
        return  # A chart is made of the figures of today.
    assert HASHED.search(request.url)
    assert "immutable" in request.response().headers["cache-control"]


@every_page
def test_a_page_fits_a_phone_a_narrow_window_and_twice_the_size(pages, open_page, page: Page):
    window = open_page(PHONE)
    loaded = first_load(window, pages, page, "en")
    # A page that shifts does so every time; a font that was late once does not.
    shift = loaded.shift
    if shift >= MOST_SHIFT:
        shift = first_load(open_page(), pages, page).shift
    assert shift < MOST_SHIFT
    opened = "document.querySelectorAll('details').forEach((one) => { one.open = true })"
    # 640 px are a window of 1280 px at 200 %.
    for width in (PHONE["width"], NARROWEST, 640):
        window.set_viewport_size({"width": width, "height": 700})
        assert window.evaluate("document.documentElement.scrollWidth") <= width
        window.evaluate(opened)
        assert window.evaluate("document.documentElement.scrollWidth") <= width


@every_page
def test_a_page_is_whole_without_javascript(pages, open_page, page: Page):
    window = open_page(java_script_enabled=False)
    assert pages.open(window, page) == page.status
    expect(window.get_by_role("heading", level=1)).to_have_count(1)
    expect(window.get_by_role("main")).to_contain_text(re.compile(r"\w+ \w+"))
    expect(window.locator("html")).to_have_attribute("lang", "vi")
    # Nothing is offered that only a script could do.
    dead = window.locator("button[type=button]").locator("visible=true")
    expect(dead).to_have_count(0)


def test_a_figure_is_found_read_in_its_note_and_kept_without_javascript(pages, open_page):
    window = open_page(PHONE, java_script_enabled=False, base_url=pages.address)
    window.goto("/")
    window.get_by_role("searchbox").fill(QUESTION)
    window.get_by_role("button", name="Tìm", exact=True).click()
    window.locator(".side-narrow > summary").click()
    window.locator(".side-narrow").get_by_role("link", name="Chú thích").click()
    hit = window.get_by_role("article").filter(has=window.locator(".calling")).first
    hit.locator(".tool-fold > summary").click()
    expect(hit.locator("[data-what=quoted]")).to_be_visible()
    hit.locator("button[name=item]").locator("visible=true").first.click()
    expect(window.locator(".pack-link")).to_have_text("Giỏ (1)")
    hit.get_by_role("link", name="Mở trong báo cáo").click()
    note = window.locator(".beside:target")
    expect(note).to_be_in_viewport()
    note.get_by_role("link", name="Đóng").click()
    expect(note).to_be_hidden()
    window.get_by_text("Về báo cáo này").click()
    expect(window.locator(".about dl")).to_be_visible()
