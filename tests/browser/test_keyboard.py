"""Whole tasks with keys alone: what is used is reached with Tab, and its focus is seen."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.serving import expect, indexed, served
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.browser

QUESTION = "tỷ lệ hộ nghèo"
# Further away nobody goes.
MOST_TABS = 120
IS_FOCUSED = "(one) => one === document.activeElement"
OUTLINE = """(one) => {
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    with served(indexed([REPOSITORY / "corpus"], tmp_path_factory.mktemp("keys"))) as found:
        yield found


@pytest.fixture
def page(address, open_page):
    return open_page(base_url=address)


def tab_to(page, target) -> None:
    """Press Tab until an element has the focus, which must be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate(IS_FOCUSED):
            assert target.evaluate(OUTLINE), f"the focus of {target} is not seen"
            expect(target).to_be_in_viewport()
            return
    pytest.fail(f"{target} is not reached with Tab")


def follow(page, target) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")


def test_the_first_key_leads_past_the_head_of_every_page(page):
    page.goto("/documents")
    follow(page, page.get_by_role("link", name="Tới nội dung"))
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.get_by_role("main").evaluate("(one) => one.contains(document.activeElement)")


def test_a_completion_is_chosen_and_a_filter_followed(page):
    page.goto("/")
    # The first page waits for a question.
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("hộ ngh")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True).locator("span").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert parse_qs(urlsplit(page.url).query)["q"] == [chosen]
    choice = page.locator(".side-wide [data-choice]").first
    follow(page, choice)
    page.wait_for_url("**/search?*&*")
    # One goes on where one was.
    expect(page.locator(".side-wide .chosen")).to_be_focused()


def test_a_hit_is_opened_and_its_note_read_and_left(page):
    page.goto(f"/search?q={QUESTION}&kind=footnote")
    follow(page, page.get_by_role("link", name="Mở trong báo cáo").first)
    page.wait_for_url("**/documents/**")
    count = page.locator("[data-count]")
    before = count.inner_text()
    page.keyboard.press("n")
    expect(count).not_to_have_text(before)
    page.keyboard.press("p")
    expect(count).to_have_text(before)
    # The hit is a note: the sign that calls it comes next.
    name = urlsplit(page.url).fragment
    sign, note = page.locator(f".sign a[href='#{name}']"), page.locator(f"#{name}")
    follow(page, sign)
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(sign).to_be_focused()


def test_a_quotation_goes_into_the_pack_and_a_note_is_written(page):
    page.goto(f"/search?q={QUESTION}")
    follow(page, page.locator(".hit button[name=item]:visible").first)
    expect(page.locator("[data-said][role=status]")).to_have_text("Đã thêm vào giỏ trích dẫn.")
    page.reload()
    follow(page, page.locator(".pack-link"))
    page.wait_for_url("**/pack")
    tab_to(page, page.get_by_label("Ghi chú"))
    page.keyboard.type("Dùng ở đầu bài.")
    follow(page, page.get_by_role("button", name="Lưu ghi chú"))
    expect(page.locator("[data-said][role=status]")).to_contain_text("Đã lưu ghi chú.")
    expect(page.get_by_label("Ghi chú")).to_have_value("Dùng ở đầu bài.")


def test_the_language_is_changed_and_the_page_stays(page):
    page.goto(f"/search?q={QUESTION}")
    follow(page, page.locator(".languages a"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert parse_qs(urlsplit(page.url).query)["q"] == [QUESTION]
    follow(page, page.locator(".languages a"))
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_nothing_catches_the_focus(page):
    """Tab goes through a whole page and leaves it at its end."""
    page.goto(f"/search?q={QUESTION}&limit=3")
    links = page.locator("footer a").last
    for _ in range(4 * MOST_TABS):
        page.keyboard.press("Tab")
        if links.evaluate(IS_FOCUSED):
            return
    pytest.fail("the last link is not reached")
