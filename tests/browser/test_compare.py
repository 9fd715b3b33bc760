"""Two reports side by side as a person sees them, on a laptop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.serving import LAPTOP, PHONE, expect, indexed, is_tinted, served
from tests.search_app.test_web_differences import ONE, TWO

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "may.txt").write_text(ONE, encoding="utf-8")
    (folder / "vop.txt").write_text(TWO, encoding="utf-8")
    with served(indexed([folder], tmp_path_factory.mktemp("data"))) as address:
        yield address


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_reader_compares_two_reports_and_takes_the_table(reports, open_page, size, tmp_path):
    page = open_page(size, java_script_enabled=False)
    page.goto(f"{reports}/documents")
    page.get_by_role("link", name="So sánh với báo cáo khác").first.click()
    page.get_by_label("Báo cáo bên phải").select_option(index=2)
    page.get_by_role("button", name="So sánh", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("huyện Rạch Vọp")
    row = page.locator(".both-state tr").filter(has_text="2,5%")
    expect(row).to_contain_text("+1,6 điểm %")
    pair = page.locator("details.pair").filter(has_text="còn 4,1%")
    pair.locator("summary").first.click()
    mark = pair.locator("mark").first
    expect(mark).to_have_text("2,5%")
    assert is_tinted(mark)
    left, right = (side.bounding_box() for side in pair.locator(".side-of").all())
    if size is LAPTOP:
        assert left["y"] == right["y"] and left["x"] < right["x"]
    else:
        assert left["x"] == right["x"] and left["y"] < right["y"]
        expect(pair.locator(".side-of .which").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.screenshot(path=tmp_path / "compare.png", full_page=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng Excel (XLSX)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_the_keyboard_opens_a_section_and_its_notes(reports, open_page):
    page = open_page(LAPTOP)
    page.goto(f"{reports}/compare")
    page.get_by_label("Báo cáo bên trái").select_option(index=1)
    page.get_by_label("Báo cáo bên phải").select_option(index=2)
    page.get_by_label("Báo cáo bên phải").press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("huyện Cồn Mây")
    pair = page.locator("details.pair").filter(has_text="còn 4,1%")
    pair.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(pair).to_have_attribute("open", "")
    pair.locator(".sign a").focus()
    page.keyboard.press("Enter")
    expect(pair.locator(".side-notes li")).to_be_visible()
