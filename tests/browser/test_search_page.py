"""A person's way through the pages, in Chromium, with screenshots in pytest's tmp_path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.serving import PHONE, ask, expect, indexed, is_tinted, served
from tests.conftest import REPOSITORY, shared_files

pytestmark = pytest.mark.browser

QUESTION = "tỷ lệ hộ nghèo"


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Iterator[str]:
    settings = indexed([REPOSITORY / "corpus"], tmp_path_factory.mktemp("samples"))
    with served(settings) as address:
        yield address


@pytest.fixture(scope="module")
def seed(tmp_path_factory) -> Iterator[str]:
    with served(indexed(shared_files("corpus"), tmp_path_factory.mktemp("seed"))) as address:
        yield address


@pytest.mark.seed
def test_an_official_finds_a_figure_in_a_note_and_reads_it_in_its_place(seed, open_page, tmp_path):
    page = open_page()
    ask(page, seed, QUESTION)
    # What the answer card shows already is folded among the hits.
    for fold in page.locator(".repeat summary .when-closed").all():
        fold.click()
    card = (
        page.get_by_role("article")
        .filter(has_text="thị xã Hồng Ngự")
        .filter(has=page.locator(".note-name", has_text=re.compile(r"^Chú thích 29$")))
    )
    card = card.filter(has=page.locator(".calling")).first
    expect(card.locator(".calling mark").last).to_have_text(QUESTION)
    expect(card.locator(".calling sup")).to_have_text("29")
    expect(card.locator(".note-body mark").first).to_have_text(QUESTION)
    page.screenshot(path=tmp_path / "search.png")

    card.get_by_role("link", name="Mở trong báo cáo").click()
    note = page.locator("#ct-29")
    expect(note).to_be_in_viewport()
    expect(note.locator("mark").first).to_have_text(QUESTION)
    assert is_tinted(note)
    calling = page.locator(".row-of-text", has=page.locator("#ct-29")).locator(".t")
    expect(calling).to_be_in_viewport()
    assert is_tinted(calling)
    page.screenshot(path=tmp_path / "reading.png")


def test_all_of_it_works_without_javascript(samples, open_page, tmp_path):
    page = open_page(java_script_enabled=False)
    ask(page, samples, QUESTION)
    page.locator(".side-wide").get_by_role("link", name="Chú thích").click()
    card = page.get_by_role("article").first
    expect(card.locator(".calling")).to_be_visible()
    card.get_by_role("link", name="Mở trong báo cáo").click()
    note = page.locator(".beside:target")
    expect(note).to_be_in_viewport()
    assert is_tinted(note)
    page.screenshot(path=tmp_path / "reading.png")


def test_a_note_opens_under_its_paragraph_on_a_phone_and_closes_again(samples, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(samples + "/documents")
    page.get_by_role("link", name="Đọc").first.click()
    mark = page.locator(".sign a").first
    note = page.locator(mark.get_attribute("href"))
    expect(note).to_be_hidden()
    mark.click()
    expect(note).to_be_in_viewport()
    assert note.bounding_box()["y"] > mark.bounding_box()["y"]
    note.get_by_role("link", name="Đóng").click()
    expect(note).to_be_hidden()
    expect(mark).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize(
    "path", ["/", f"/search?q={QUESTION}", f"/search?q={QUESTION}&kind=table", "/documents", "READ"]
)
def test_nothing_reaches_out_of_the_window(samples, open_page, path, width):
    page = open_page({"width": width, "height": 740})
    if path == "READ":
        page.goto(samples + "/documents")
        page.get_by_role("link", name="Đọc").first.click()
        page.goto(f"{page.url}?q={QUESTION}#ct-3")
    else:
        page.goto(samples + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_page_asks_a_foreign_host_or_breaks_its_own_rules(samples, open_page):
    page = open_page()
    hosts, complaints = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    ask(page, samples, QUESTION)
    page.get_by_role("link", name="Mở trong báo cáo").first.click()
    page.get_by_role("link", name="Các báo cáo").click()
    expect(page.get_by_role("heading", name="Các báo cáo")).to_be_visible()
    assert hosts == {"127.0.0.1"}
    assert complaints == []
