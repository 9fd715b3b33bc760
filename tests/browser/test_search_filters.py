"""Filters, orders and pages as people use them: by keyboard, on a phone, with the form."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.serving import LAPTOP, PHONE, ask, expect, indexed, served
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.browser

QUESTION = "tỷ lệ hộ nghèo"


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Iterator[str]:
    with served(indexed([REPOSITORY / "corpus"], tmp_path_factory.mktemp("filters"))) as address:
        yield address


def test_who_filters_by_keyboard_stays_at_the_filter(samples, open_page):
    page = open_page(LAPTOP)
    ask(page, samples, QUESTION)
    choice = page.locator(".side-wide [data-choice='kind:footnote']")
    choice.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=footnote**")
    chosen = page.locator(".side-wide [data-choice='kind:footnote']")
    expect(chosen).to_be_focused()
    expect(chosen).to_contain_text("✕")
    # The others are still there with their counts.
    expect(page.locator(".side-wide [data-choice='kind:body']")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "kind=" not in url)
    expect(page.locator(".side-wide [data-choice='kind:footnote']")).to_be_focused()


def test_on_a_phone_filters_stand_behind_one_button_with_their_number(samples, open_page):
    page = open_page(PHONE)
    ask(page, samples, QUESTION)
    button = page.locator(".side-narrow > summary")
    expect(page.locator(".side-narrow [data-choice='kind:table']")).to_be_hidden()
    button.click()
    page.locator(".side-narrow [data-choice='kind:table']").click()
    page.wait_for_url("**kind=table**")
    expect(page.locator(".side-narrow .count")).to_have_text("1")
    expect(page.get_by_role("article").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_order_stays_while_one_filters_asks_anew_and_turns_the_page(samples, open_page):
    page = open_page(LAPTOP, java_script_enabled=False)
    ask(page, samples, "kinh tế")
    page.get_by_role("link", name="thời gian", exact=True).click()
    page.get_by_role("navigation", name="Các trang kết quả").get_by_role(
        "link", name="Trang 2"
    ).click()
    assert "sort=time" in page.url and "page=2" in page.url
    page.locator("#q").fill("nông nghiệp")
    page.get_by_role("button", name="Tìm", exact=True).click()
    assert "sort=time" in page.url and "page=" not in page.url
    expect(page.locator(".orders b")).to_have_text("thời gian")


def test_the_list_of_results_is_taken_away_as_a_file(samples, open_page):
    page = open_page(LAPTOP)
    ask(page, samples, QUESTION)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    path = Path(waiting.value.path())
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    shown = page.locator(".tally b").first.inner_text()
    assert len(rows) >= int(shown)
    assert QUESTION in rows[0]["Nguyên văn"].lower()
