"""Completion by keyboard, and taking back what was read into a question, in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.serving import PHONE, expect, indexed, served
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.browser

OFFERED = [
    {"text": "hộ nghèo", "kind": "phrase"},
    {"text": "<b>hộ nghèo</b> & cận nghèo", "kind": "heading"},
    {"text": "tỷ lệ hộ nghèo", "kind": "indicator"},
]


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Iterator[str]:
    with served(indexed([REPOSITORY / "corpus"], tmp_path_factory.mktemp("box"))) as address:
        yield address


@pytest.fixture
def offered(open_page):
    """A page whose search box is offered three completions for whatever is typed."""
    page = open_page()
    page.route(
        "**/api/v1/suggest*",
        lambda route: route.fulfill(json={"query": "", "suggestions": OFFERED}),
    )
    return page


def typed(page, address: str, text: str):
    page.goto(address)
    box = page.get_by_role("combobox")
    box.press_sequentially(text)
    expect(page.get_by_role("listbox")).to_be_visible()
    return box


def question(page) -> str:
    return parse_qs(urlsplit(page.url).query)["q"][0]


def test_a_completion_is_chosen_with_arrow_and_enter(offered, samples):
    box = typed(offered, samples, "hộ ng")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("ArrowDown")
    chosen = offered.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("<b>hộ nghèo</b> & cận nghèo")
    expect(chosen).to_contain_text("đề mục")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    expect(box).to_have_value("hộ ng")
    with offered.expect_navigation():
        box.press("Enter")
    assert question(offered) == "<b>hộ nghèo</b> & cận nghèo"


def test_arrows_go_round_through_the_text_itself(offered, samples):
    box = typed(offered, samples, "hộ")
    options = offered.get_by_role("option")
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(offered.get_by_role("option", selected=True)).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")


def test_escape_closes_the_list_and_keeps_what_was_typed(offered, samples):
    box = typed(offered, samples, "hộ")
    box.press("ArrowDown")
    box.press("Escape")
    expect(offered.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("hộ")
    expect(box).to_have_attribute("aria-expanded", "false")
    with offered.expect_navigation():
        box.press("Enter")
    assert question(offered) == "hộ"


def test_enter_without_a_choice_asks_what_was_typed(offered, samples):
    box = typed(offered, samples, "hộ ng")
    with offered.expect_navigation():
        box.press("Enter")
    assert question(offered) == "hộ ng"


def test_the_number_of_completions_is_announced(offered, samples):
    typed(offered, samples, "hộ")
    said = offered.locator(".ask-box [role=status]")
    expect(said).to_have_text("3 gợi ý, chọn bằng phím mũi tên.")


def test_a_completion_can_be_chosen_by_touch_and_filters_stay(offered, samples):
    typed(offered, samples + "/search?q=x&kind=body", " hộ")
    with offered.expect_navigation():
        offered.get_by_role("option").first.click()
    assert parse_qs(urlsplit(offered.url).query) == {"q": ["hộ nghèo"], "kind": ["body"]}


def test_late_answers_are_not_shown(open_page, samples):
    page = open_page()
    page.goto(samples)
    page.evaluate(
        """() => {
          window.fetch = (address, { signal }) => new Promise((done, fail) => {
            const typed = new URL(address, location).searchParams.get("q");
            const answer = { suggestions: [{ text: typed, kind: "phrase" }] };
            signal.addEventListener("abort", () => fail(new DOMException("", "AbortError")));
            const wait = typed === "hộ" ? 900 : 0;
            setTimeout(() => done({ ok: true, json: async () => answer }), wait);
          });
        }"""
    )
    box = page.get_by_role("combobox")
    box.fill("hộ")
    page.wait_for_timeout(300)
    box.fill("nghèo")
    expect(page.get_by_role("option")).to_contain_text(["nghèo"])
    page.wait_for_timeout(900)
    expect(page.get_by_role("option")).to_contain_text(["nghèo"])


def test_when_nobody_answers_the_form_works_all_the_same(open_page, samples):
    page = open_page()
    page.route("**/api/v1/suggest*", lambda route: route.abort())
    page.goto(samples)
    box = page.get_by_role("combobox")
    box.fill("hộ nghèo")
    page.wait_for_timeout(300)
    expect(page.get_by_role("listbox")).to_be_hidden()
    with page.expect_navigation():
        box.press("Enter")
    assert question(page) == "hộ nghèo"


def test_the_reports_themselves_are_offered(open_page, samples):
    page = open_page()
    box = typed(page, samples, "hộ ngh")
    box.press("ArrowDown")
    with page.expect_navigation():
        box.press("Enter")
    expect(page.get_by_role("article").first).to_be_visible()


def test_without_javascript_it_is_a_plain_search_field(open_page, samples):
    page = open_page(java_script_enabled=False)
    page.goto(samples)
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_is_searched_as_typed_and_with_accents_again(open_page, samples, javascript):
    page = open_page(PHONE, java_script_enabled=javascript)
    page.goto(samples + "/search?q=ty le ho ngheo")
    read = page.locator(".free")
    expect(read).to_have_text("tỷ lệ hộ nghèo")
    page.get_by_role("link", name="tìm đúng như đã gõ").first.click()
    expect(read).to_have_text("ty le ho ngheo")
    page.get_by_role("link", name="thêm dấu").first.click()
    expect(read).to_have_text("tỷ lệ hộ nghèo")


def test_why_a_hit_was_found_opens_in_its_place(open_page, samples):
    page = open_page()
    page.goto(samples + "/search?q=hộ nghèo")
    card = page.get_by_role("article").first
    button = card.get_by_text("Vì sao?")
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    button.click()
    expect(card.locator(".why li").first).to_be_visible()
    assert button.bounding_box() == before
