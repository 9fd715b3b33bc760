"""The answer card as a person sees it, in Chromium, on a laptop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.serving import LAPTOP, PHONE, ask, expect, indexed, is_tinted, served
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.browser

QUESTION = "Công suất nhà máy nước Long Đước là bao nhiêu m3?"


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Iterator[str]:
    with served(indexed([REPOSITORY / "corpus"], tmp_path_factory.mktemp("card"))) as address:
        yield address


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_an_official_reads_a_figure_and_opens_its_place(samples, open_page, size, tmp_path):
    page = open_page(size, java_script_enabled=False)
    ask(page, samples, QUESTION)
    card = page.get_by_role("region", name="Câu trả lời")
    value = card.locator(".answer-value").first
    expect(value).to_be_in_viewport()
    expect(card.locator("mark").first).to_contain_text("12.000")
    # On one line, and before the filters and the passages.
    assert value.bounding_box()["height"] < 60
    below = page.locator(".tally").bounding_box()["y"]
    assert card.bounding_box()["y"] + card.bounding_box()["height"] <= below
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    card.get_by_text("Vì sao?").first.click()
    expect(card.get_by_text("Mức chắc chắn")).to_be_visible()
    page.screenshot(path=tmp_path / "card.png", full_page=True)

    card.locator(".cite a").first.click()
    note = page.locator(".beside:target")
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("12.000")
    assert is_tinted(note)


def test_the_citation_of_an_answer_is_copied(samples, open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, samples, QUESTION)
    card = page.get_by_role("region", name="Câu trả lời")
    card.get_by_role("button", name="Sao chép lời trích và nguồn").first.click()
    expect(page.locator(".said")).to_have_text("Đã sao chép lời trích và nguồn.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(card.locator(".cite a").first.inner_text())
