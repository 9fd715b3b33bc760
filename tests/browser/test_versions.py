"""Two drafts side by side as a person sees them, on a laptop and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.serving import LAPTOP, PHONE, expect, indexed, is_tinted, served

pytestmark = pytest.mark.browser

LINES = [f"Ấp {n} thu hoạch {n * 7} tấn nghêu trong vụ chính vừa qua." for n in range(1, 80)]


@pytest.fixture(scope="module")
def drafts(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("drafts")
    text = "ĐẢNG BỘ XÃ CỒN MÂY\nI- KẾT QUẢ\n" + "\n".join(LINES)
    (folder / "1.txt").write_text(text, encoding="utf-8")
    later = text.replace(" 49 tấn", " 50 tấn").replace("Ấp 30 thu", "Ấp 30 đã thu")
    (folder / "2.txt").write_text(later, encoding="utf-8")
    with served(indexed([folder], tmp_path_factory.mktemp("data"))) as address:
        yield address


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_reader_sees_which_figure_changed(drafts, open_page, size, tmp_path):
    page = open_page(size, java_script_enabled=False)
    page.goto(f"{drafts}/documents")
    page.get_by_role("link", name="Đọc", exact=True).first.click()
    page.get_by_role("link", name="xem chỗ khác nhau").click()
    first = page.locator(".place").first
    expect(first.get_by_role("heading")).to_contain_text("49 → 50")
    expect(first.locator("del")).to_have_text("49")
    assert is_tinted(first.locator("del")) and is_tinted(first.locator("ins"))
    before, after = (each.bounding_box() for each in first.locator(".side-of").all())
    if size is LAPTOP:
        assert before["y"] == after["y"] and before["x"] < after["x"]
    else:
        assert before["x"] == after["x"] and before["y"] < after["y"]
        expect(first.locator(".which").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.screenshot(path=tmp_path / "versions.png", full_page=True)
    first.get_by_role("link", name="mở trong báo cáo").last.click()
    expect(page.locator(":target")).to_contain_text("50 tấn")
