"""Whole tasks in Chromium: compare an indicator and take it away; ask ten questions at once."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.readers.sheet_reader import SheetReader
from search_app import page_questions
from tests.browser.serving import expect, served

pytestmark = pytest.mark.browser

QUESTION = "Công suất nhà máy nước Long Đước là bao nhiêu m3?"
TEN = (
    QUESTION,
    "Có bao nhiêu phi hành gia bay lên sao Hỏa?",
    "tỷ lệ hộ nghèo",
    "tỷ lệ đô thị hóa",
    "Thu nhập bình quân đầu người?",
    "Nguyên nhân của hạn chế là gì?",
    "Có mấy cây cầu mới?",
    "Tỷ lệ hộ sử dụng nước sạch?",
    "Thu ngân sách là bao nhiêu?",
    "Bài học kinh nghiệm là gì?",
)


@pytest.fixture(scope="module")
def address(sample_settings) -> Iterator[str]:
    with served(sample_settings) as found:
        yield found


@pytest.fixture
def open_page(browser):
    """Open pages that complain about nothing, and close them at the end."""
    contexts, complaints = [], []

    def opened(width=1440, **options):
        size = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=size, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def table_of(path: Path) -> list[list[str]]:
    blocks = SheetReader().read(path).blocks
    return [[cell.text for cell in block.cells] for block in blocks if block.cells]


def downloaded(page, click, path: Path) -> Path:
    with page.expect_download() as download:
        click()
    download.value.save_as(path)
    return path


def test_an_indicator_is_found_compared_checked_and_taken_away(address, open_page, tmp_path):
    page = open_page()
    page.goto(f"{address}/indicators")
    page.get_by_label("Tên chỉ tiêu").fill("ty le do thi hoa")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tỷ lệ đô thị hóa")

    target = page.locator(".drawing a", has=page.locator(".target")).first
    shown = re.sub(r"\D*$", "", target.locator("text").text_content())
    target.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/documents/[0-9a-f]+#"))
    anchor = page.url.partition("#")[2]
    expect(page.locator(f'[id="{anchor}"]')).to_be_visible()
    page.go_back()

    link = page.get_by_role("link", name="Tải bảng Excel (XLSX)")
    rows = table_of(downloaded(page, link.click, tmp_path / "a.xlsx"))
    value, unit = rows[0].index("Giá trị"), rows[0].index("Đơn vị")
    assert any(shown.endswith(row[value]) and row[unit] == "%" for row in rows[1:])


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["js", "no js"])
def test_ten_questions_are_asked_at_once_and_taken_away(address, open_page, tmp_path, options):
    page = open_page(**options)
    page.goto(f"{address}/questions")
    page.get_by_label("Các câu hỏi, mỗi dòng một câu").fill("\n".join(TEN))
    page.get_by_role("button", name="Trả lời").click()
    rows = page.locator(".asked-list tbody tr")
    expect(rows).to_have_count(10)
    expect(rows.first).to_contain_text("12.000 m3")
    expect(rows.nth(1)).to_contain_text("Không tìm thấy")
    done = page.get_by_text("Xong: 10 câu").locator("visible=true")
    expect(done).to_have_count(1)
    if not options:
        expect(done).to_have_attribute("role", "status")
    button = page.get_by_role("button", name="Tải bảng Excel (XLSX)")
    table = table_of(downloaded(page, button.click, tmp_path / "a.xlsx"))
    assert list(dict.fromkeys(row[1] for row in table[1:])) == list(TEN)
    first = next(row for row in table if row[1] == QUESTION)
    assert "12.000" in first[table[0].index("Trả lời")]
    assert "12.000" in first[table[0].index("Nguyên văn")]


def test_rows_are_seen_as_they_are_made(address, open_page, monkeypatch):
    real, may_go_on = page_questions.ask_in_list, threading.Event()

    def slow(library, request, question):
        if question.endswith("cuối"):
            may_go_on.wait(20)
        return real(library, request, question)

    monkeypatch.setattr(page_questions, "ask_in_list", slow)
    page = open_page()
    page.goto(f"{address}/questions")
    page.get_by_label("Các câu hỏi, mỗi dòng một câu").fill(f"đường xã {time.time()}\ncâu cuối")
    page.get_by_role("button", name="Trả lời").click(no_wait_after=True)
    rows = page.locator(".asked-list tbody tr")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("1/2")
    expect(page.locator("[data-progress]")).to_have_text("Đã trả lời 1/2 câu")
    may_go_on.set()
    expect(rows).to_have_count(2)


@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_scrolled_sideways(address, open_page, width):
    page = open_page(width)
    for path in ("/indicators", "/indicators/ty-le-do-thi-hoa", "/references", "/questions"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.get_by_label("Các câu hỏi, mỗi dòng một câu").fill("\n".join(TEN[:4]))
    page.get_by_role("button", name="Trả lời").click()
    expect(page.locator(".asked-list tbody tr")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
