"""axe finds nothing on any page, in both languages, both themes, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.axe import axe_source, violations
from tests.browser.pages import PAGES, Page, Site, index_reports, site
from tests.browser.serving import PHONE

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true })"


@pytest.fixture(scope="module")
def axe() -> str:
    return axe_source()


@pytest.fixture(scope="module")
def pages(axe, tmp_path_factory) -> Iterator[Site]:
    with site(index_reports(tmp_path_factory.mktemp("axe"))) as found:
        yield found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_breaks_no_rule(pages, axe, open_page, page: Page):
    window = open_page(WIDE, color_scheme="light", reduced_motion="reduce")
    pages.open(window, page)
    assert violations(window, axe) == []
    # The themes differ in colours and in nothing else.
    window.emulate_media(color_scheme="dark")
    assert violations(window, axe, colours_only=True) == []
    window.set_viewport_size(PHONE)
    window.evaluate(OPEN_ALL)
    assert violations(window, axe) == []
    pages.open(window, page, "en")
    window.emulate_media(color_scheme="light")
    window.evaluate(OPEN_ALL)
    assert violations(window, axe) == []


def test_completions_break_no_rule(pages, axe, open_page):
    window = open_page(WIDE)
    window.goto(pages.address)
    window.get_by_role("combobox").press_sequentially("hộ ng")
    window.get_by_role("listbox").wait_for()
    window.keyboard.press("ArrowDown")
    assert violations(window, axe) == []


def test_an_open_note_and_the_tools_of_a_passage_break_no_rule(pages, axe, open_page):
    window = open_page(PHONE, color_scheme="dark", reduced_motion="reduce")
    pages.open(window, next(page for page in PAGES if page.name == "report"))
    window.locator(".sign a").first.click()
    window.locator(".here").nth(2).focus()
    window.keyboard.press("Enter")
    window.locator("[data-quote-tools]").wait_for()
    assert violations(window, axe) == []


def test_axe_would_see_a_break(pages, axe, open_page):
    window = open_page(WIDE)
    pages.open(window, PAGES[0])
    window.evaluate("document.querySelector('#q').removeAttribute('aria-label')")
    window.evaluate("document.querySelector('label[for=q]').remove()")
    window.evaluate("document.querySelector('#q').removeAttribute('placeholder')")
    assert [line.partition(":")[0] for line in violations(window, axe)] == ["label"]
