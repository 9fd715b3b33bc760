"""Copying with the source, and a pack of five from different pages, in Chromium."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.serving import PHONE, expect, indexed, served
from tests.conftest import REPOSITORY
from tests.factories.office import saved_as

pytestmark = pytest.mark.browser

QUESTION = "tỷ lệ hộ nghèo"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Iterator[str]:
    with served(indexed([REPOSITORY / "corpus"], tmp_path_factory.mktemp("taking"))) as address:
        yield address


def copied(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def said(page):
    return page.locator(".said")


def visible(page, box: str, at: int = 0):
    return page.locator(f"{box} button[name=item]").locator("visible=true").nth(at)


def collect_five(page, samples: str) -> None:
    """Add an answer, two hits, an indicator's value and a mention of a document."""
    steps = [
        (f"/search?q={QUESTION}", (), ".answer", 0),
        (f"/search?q={QUESTION}", (), ".hits > li > .hit", 0),
        (f"/search?q={QUESTION}", (), ".hits > li > .hit", 1),
        (
            "/indicators/ty-le-ho-su-dung-nuoc-sach",
            ("table .sources > summary", "table .tool-fold > summary"),
            "table",
            0,
        ),
        ("/references", ("details.unfold > summary", ".unfold .tool-fold > summary"), ".unfold", 0),
    ]
    for number, (path, folds, box, at) in enumerate(steps, start=1):
        page.goto(samples + path)
        for fold in folds:
            page.locator(fold).first.click()
        visible(page, box, at).click()
        expect(page.locator(".pack-link")).to_have_text(f"Giỏ ({number})")
        expect(said(page)).to_have_text("Đã thêm vào giỏ trích dẫn.")


def check_word_file(download, tmp_path: Path) -> None:
    path = tmp_path / "gio.docx"
    download.save_as(path)
    with zipfile.ZipFile(path) as package:
        document = package.read("word/document.xml").decode()
    assert len(re.findall("<w:footnoteReference ", document)) == 5
    (tmp_path / "gio.odt").write_bytes(saved_as(path.read_bytes(), "odt"))
    with zipfile.ZipFile(tmp_path / "gio.odt") as opened:
        content = opened.read("content.xml").decode()
    assert len(re.findall('text:note-class="footnote"', content)) == 5
    assert content.count("/passages/p") >= 5


@pytest.mark.parametrize("javascript", [True, False])
def test_a_pack_of_five_from_different_pages_becomes_a_word_file(
    samples, open_page, tmp_path, javascript
):
    page = open_page(java_script_enabled=javascript)
    collect_five(page, samples)
    page.locator(".pack-link").click()
    items = page.locator(".pack-items > li")
    expect(items).to_have_count(5)
    last = items.nth(4).locator("blockquote").inner_text()
    items.nth(4).get_by_label("Ghi chú").fill("Dùng ở đầu bài.")
    items.nth(4).get_by_role("button", name="Lên").click()
    expect(items.nth(3).locator("blockquote")).to_have_text(last)
    expect(items.nth(3).get_by_label("Ghi chú")).to_have_value("Dùng ở đầu bài.")
    page.get_by_label("Tên giỏ").fill("Bài giảng về giảm nghèo")
    page.get_by_role("button", name="Lưu tên").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bài giảng về giảm nghèo")
    page.screenshot(path=tmp_path / "pack.png", full_page=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (DOCX)").click()
    check_word_file(download.value, tmp_path)


def test_a_quotation_is_copied_with_its_source_and_its_link_leads_back(samples, open_page):
    page = open_page(**CLIPBOARD)
    page.goto(f"{samples}/search?q={QUESTION}")
    answer = page.locator(".answer").first
    answer.get_by_role("button", name="Sao chép lời trích và nguồn").first.click()
    expect(said(page)).to_have_text("Đã sao chép lời trích và nguồn.")
    text = copied(page)
    assert text.startswith("“") and text.endswith(answer.locator(".cite a").inner_text())
    assert "<i>" in page.evaluate(
        "navigator.clipboard.read().then((c) => c[0].getType('text/html')).then((b) => b.text())"
    )
    answer.locator(".tool-fold > summary").click()
    answer.get_by_role("button", name="Sao chép liên kết").click()
    expect(said(page)).to_have_text("Đã sao chép liên kết.")
    address = copied(page)
    assert re.fullmatch(
        rf"{samples}/documents/\w+/passages/p\d+\?v=[0-9a-f]{{8}}(&part=.*)?", address
    )
    page.goto(address)
    expect(page.locator(":target")).to_be_in_viewport()


def test_where_the_browser_knows_only_the_old_way_copying_works_all_the_same(samples, open_page):
    page = open_page(**CLIPBOARD)
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false });")
    page.goto(f"{samples}/search?q={QUESTION}")
    answer = page.locator(".answer").first
    answer.get_by_role("button", name="Sao chép lời trích và nguồn").first.click()
    expect(said(page)).to_have_text("Đã sao chép lời trích và nguồn.")
    assert copied(page).strip().startswith("“")


def test_without_javascript_the_text_to_copy_stands_in_the_page(samples, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{samples}/search?q={QUESTION}")
    answer = page.locator(".answer").first
    expect(answer.get_by_role("button", name="Sao chép")).to_have_count(0)
    answer.locator(".tool-fold > summary").click()
    expect(answer.locator("[data-what=quoted]")).to_be_visible()
    expect(answer.locator("[data-what=link]")).to_contain_text("/passages/p")
    for name in ("RIS", "BibTeX", "CSL-JSON"):
        with page.expect_download() as download:
            answer.get_by_role("link", name=name).click()
        assert Path(download.value.path()).stat().st_size > 200


def test_opening_the_citation_moves_nothing_above_it(samples, open_page):
    page = open_page()
    page.goto(f"{samples}/search?q={QUESTION}")
    fold = page.locator(".answer .tool-fold > summary").first
    before = fold.bounding_box()
    fold.click()
    expect(page.locator(".answer .tool-box").first).to_be_visible()
    after = fold.bounding_box()
    assert (before["x"], before["y"]) == (after["x"], after["y"])


def test_the_pack_is_used_by_keyboard_alone(samples, open_page):
    page = open_page()
    page.goto(f"{samples}/search?q={QUESTION}")
    button = visible(page, ".answer")
    button.focus()
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Đã thêm vào giỏ trích dẫn.")
    expect(button).to_be_focused()
    page.goto(f"{samples}/pack")
    page.get_by_role("link", name="Làm trống giỏ").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Làm trống").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Giỏ đang trống.")).to_be_visible()


def test_words_selected_in_a_report_are_put_into_the_pack(samples, open_page):
    page = open_page()
    page.goto(f"{samples}/documents")
    page.get_by_role("link", name="Đọc").first.click()
    page.locator(".body p .passage").nth(3).evaluate(
        """(passage) => {
          const node = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT).nextNode();
          getSelection().setBaseAndExtent(node, 0, node, 20);
        }"""
    )
    page.get_by_role("button", name="Thêm vào giỏ").click()
    expect(page.locator(".pack-link")).to_have_text("Giỏ (1)")


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 640}])
def test_nothing_reaches_out_of_a_small_window(samples, open_page, size):
    page = open_page(size)
    page.goto(f"{samples}/search?q={QUESTION}")
    for at in range(2):
        visible(page, ".hits > li > .hit", at).click()
        expect(page.locator("[data-pack-label]")).to_have_text(f"Giỏ ({at + 1})")
    page.locator(".answer .tool-fold > summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.goto(f"{samples}/indicators/ty-le-ho-ngheo")
    page.locator("table .sources > summary").first.click()
    page.locator("table .tool-fold > summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.goto(f"{samples}/pack")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
