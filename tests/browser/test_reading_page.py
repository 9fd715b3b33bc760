"""Reading a report in Chromium: outline, place, notes, hits, words taken away, tables, paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.serving import LAPTOP, PHONE, expect, indexed, is_tinted, served

pytestmark = pytest.mark.browser

TABLET = {"width": 768, "height": 1024}
NOTES = 49
LONG_NOTE = 7
WORDS = tuple(
    re.findall(r"\w+", "giữ gìn bến nước trồng rừng đầu nguồn nuôi ong dệt thổ cẩm sửa cầu treo")
)


def words(count: int) -> str:
    return " ".join((WORDS * (count // len(WORDS) + 1))[:count])


def report() -> str:
    """Return a report with a heading of 40 words, 49 notes, one of them of 300 words."""
    lines = ["I- KẾT QUẢ", f"1. {words(40).capitalize()}", f"Mở đầu: {words(60)}."]
    notes = []
    for at in range(1, NOTES + 1):
        lines.append(f"{at}. Bản thứ {at}")
        lines.append(f"Bản có {at} ha quế[footnoteRef:{at}]. {words(70).capitalize()}.")
        length = 300 if at == LONG_NOTE else 12
        notes.append(f"[{at}: {words(length).capitalize()}, cộng {at} hộ nuôi hươu.]")
    lines += ["II- SỐ LIỆU", "Kết quả như sau:"]
    lines.append("\t".join(["TT", "Chỉ tiêu", "Đơn vị", *(f"Năm {y}" for y in range(2012, 2021))]))
    for at in range(1, 41):
        figures = (f"{at * column},5" for column in range(1, 10))
        lines.append("\t".join([str(at), f"Diện tích quế {words(5)}", "ha", *figures]))
    lines.append(f"Trên đây là {words(20)}.")
    return "\n".join([*lines, *notes, ""])


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "ban-que.txt").write_text(report(), encoding="utf-8")
    with served(indexed([folder], tmp_path_factory.mktemp("data"))) as found:
        yield found


@pytest.fixture
def read(address, open_page):
    """Open the report in a window of some size."""

    def opened(size=LAPTOP, query: str = "", **options):
        page = open_page(size, base_url=address, **options)
        page.goto("/documents")
        path = page.get_by_role("link", name="Đọc", exact=True).get_attribute("href")
        page.goto(path + query)
        return page

    return opened


def scroll_to(page, selector: str) -> None:
    page.locator(selector).first.evaluate("e => e.scrollIntoView({ block: 'center' })")


# --- outline and place


def test_the_outline_marks_what_is_read_and_says_how_far_it_is(read):
    page = read()
    current = page.locator(".outline [aria-current]")
    page.locator(".outline").get_by_role("link", name="II- SỐ LIỆU").click()
    expect(current).to_have_text("II- SỐ LIỆU")
    expect(page.locator(".outline + .report .now")).to_be_hidden()
    assert int(page.locator(".share").first.text_content().rstrip(" %")) > 50


def test_on_a_phone_the_outline_is_one_button_that_closes_after_a_choice(read):
    page = read(PHONE)
    page.mouse.wheel(0, 3000)
    button = page.locator(".outline-narrow summary").first
    expect(button).to_be_in_viewport()
    button.click()
    page.locator(".outline-panel").get_by_role("link", name="II- SỐ LIỆU").click()
    expect(page.locator(".outline-panel")).to_be_hidden()
    expect(page.locator(".body").get_by_text("II- SỐ LIỆU")).to_be_in_viewport()
    button.click()
    page.keyboard.press("Escape")
    expect(page.locator(".outline-panel")).to_be_hidden()
    expect(button).to_be_focused()


def test_reading_goes_on_where_it_was_left_when_the_reader_wants_it(read):
    page = read()
    place = page.url
    scroll_to(page, "#goi-30")
    page.goto("/documents")
    page.goto(place)
    offer = page.locator("[data-resume]")
    expect(offer).to_contain_text("Đọc tiếp từ")
    assert page.evaluate("scrollY") == 0
    offer.get_by_role("link").click()
    expect(page.locator("#goi-30")).to_be_in_viewport()
    expect(offer).to_be_hidden()


# --- notes


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_note_opens_in_sight_and_closes_where_it_was_called(read, size):
    page = read(size)
    scroll_to(page, "#goi-12")
    sign = page.locator("#goi-12 a")
    note = page.locator("#ct-12")
    expect(note).to_be_hidden()
    before = sign.bounding_box()["y"]
    sign.click()
    expect(note).to_be_in_viewport(ratio=1)
    expect(note).to_be_focused()
    assert note.bounding_box()["y"] > sign.bounding_box()["y"]
    note.get_by_role("link", name="Đóng").click()
    expect(note).to_be_hidden()
    expect(sign).to_be_focused()
    expect(sign).to_be_in_viewport()
    if size == TABLET:
        assert sign.bounding_box()["y"] == before
    sign.click()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_a_long_note_is_folded_in_the_margin_and_opens_whole(read):
    page = read()
    scroll_to(page, f"#goi-{LONG_NOTE}")
    note = page.locator(f"#ct-{LONG_NOTE}")
    folded = note.bounding_box()["height"]
    page.locator(f"#goi-{LONG_NOTE} a").click()
    assert note.bounding_box()["height"] > 2 * folded
    assert page.evaluate("location.hash") == ""


def test_all_notes_stand_at_the_end_with_links_back(read):
    page = read(java_script_enabled=False)
    assert page.locator(".notes > ol > .note").count() == NOTES
    page.locator("#chu-thich-40 .back").click()
    expect(page.locator("#goi-40")).to_be_in_viewport()


# --- hits


def test_hits_are_gone_through_with_keys_and_left_with_escape(read):
    page = read(query="?q=nuoi huou")
    count = page.locator("[data-count]")
    expect(count).to_have_text(f"–/{NOTES}")
    assert page.locator(".found-here").text_content() == f"{NOTES} đoạn có “nuoi huou”"
    page.keyboard.press("n")
    expect(count).to_have_text(f"1/{NOTES}")
    expect(page.locator("#ct-1")).to_be_in_viewport()
    assert is_tinted(page.locator("#ct-1"))
    page.keyboard.press("n")
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(count).to_have_text(f"{NOTES}/{NOTES}")
    page.get_by_role("button", name="Chỗ sau").click()
    expect(count).to_have_text(f"1/{NOTES}")
    expect(page.locator("[data-finder] [data-status]")).to_have_text(f"Chỗ 1 trên {NOTES}")
    page.go_back()
    assert page.url.endswith("/documents")
    page.go_forward()
    page.keyboard.press("Escape")
    expect(page.locator(".report mark")).to_have_count(0)
    assert "q=" not in page.url


def test_without_javascript_hits_are_gone_through_by_links(read):
    page = read(query="?q=nuoi huou", java_script_enabled=False)
    page.get_by_role("link", name="tới đoạn đầu").click()
    expect(page.locator("#ct-1")).to_be_in_viewport()
    page.locator("#ct-1").get_by_role("link", name="Chỗ sau").click()
    expect(page.locator("#ct-2")).to_be_in_viewport()


def test_keys_typed_into_a_field_go_nowhere(read):
    page = read(query="?q=quế")
    page.get_by_label("Tìm trong báo cáo này").last.press("n")
    expect(page.locator("[data-count]")).to_contain_text("–/")


def test_rows_of_tables_and_notes_are_among_the_hits(read):
    page = read(query="?q=bến nước")
    names = page.locator("[data-finder]").get_attribute("data-hits").split()
    assert sum(name.startswith("ct-") for name in names) == NOTES
    assert page.locator("tr mark").count() >= 40


def test_a_hit_is_tinted_for_a_moment_and_keeps_a_thin_bar(read):
    page = read(query="#p0003")
    passage = page.locator("#p0003")
    assert is_tinted(passage)
    paragraph = page.locator(".t", has=passage)
    bar = "e => getComputedStyle(e, '::before').width"
    assert paragraph.evaluate(bar) == "3px"
    page.wait_for_timeout(5000)
    assert not is_tinted(passage)
    assert paragraph.evaluate(bar) == "3px"
    still = read(query="#p0003", reduced_motion="reduce").locator("#p0003")
    assert still.evaluate("e => getComputedStyle(e).animationName") == "none"
    assert is_tinted(still)


# --- words taken away

SELECT = """([name, start, end]) => {
  const texts = document.createTreeWalker(document.getElementById(name), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let passed = 0;
  const wanted = [start, end];
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.parentElement.closest(".sign")) continue;
    const at = wanted[0] - passed;
    if (wanted.length === 2 && at < node.length) { range.setStart(node, at); wanted.shift(); }
    if (wanted.length === 1 && wanted[0] - passed <= node.length) {
      range.setEnd(node, wanted[0] - passed);
      break;
    }
    passed += node.length;
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def pasted(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_selected_words_are_copied_verbatim_with_their_place(read):
    page = read(permissions=["clipboard-read", "clipboard-write"])
    scroll_to(page, "#goi-5")
    name = page.locator(".passage", has=page.locator("#goi-5")).get_attribute("id")
    whole = page.locator(f"#{name}").evaluate("e => e.textContent").replace("quế5.", "quế.")
    page.evaluate(SELECT, [name, 4, 30])
    tools = page.locator("[data-quote-tools]")
    expect(tools).to_be_visible()
    tools.get_by_role("button", name="Sao chép lời trích").click()
    expect(tools.get_by_role("button", name="Đã sao chép")).to_be_visible()
    assert pasted(page) == f"“{whole[4:30]}” – ban-que.txt, mục I.5"
    page.keyboard.press("Escape")
    expect(tools).to_be_hidden()


def test_the_same_is_done_with_keys_from_the_sign_of_a_paragraph(read):
    page = read(permissions=["clipboard-read", "clipboard-write"])
    sign = page.locator(".here[href='#p0003']")
    sign.focus()
    page.keyboard.press("Enter")
    tools = page.locator("[data-quote-tools]")
    expect(tools.get_by_role("button", name="Sao chép lời trích")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tools.get_by_role("button", name="Đã sao chép")).to_be_focused()
    assert pasted(page).startswith("“Mở đầu: giữ gìn bến nước")
    page.keyboard.press("Escape")
    expect(sign).to_be_focused()
    expect(tools).to_be_hidden()


def test_selected_words_go_into_the_pack(read):
    page = read()
    page.evaluate(SELECT, ["p0003", 0, 16])
    page.get_by_role("button", name="Thêm vào giỏ").click()
    expect(page.locator("[data-pack-label]")).to_have_text("Giỏ (1)")
    page.goto("/pack")
    expect(page.locator("blockquote")).to_have_text("“Mở đầu: giữ gìn”")


def test_a_copied_link_leads_back_to_the_passage(read):
    page = read(permissions=["clipboard-read", "clipboard-write"])
    page.locator(".here[href='#p0003']").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    page.goto(pasted(page))
    assert page.url.endswith("#p0003")
    expect(page.locator("#p0003")).to_be_in_viewport()


def test_without_javascript_the_sign_is_a_link(read):
    page = read(java_script_enabled=False)
    page.locator(".here[href='#p0003']").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#p0003")
    expect(page.locator("[data-quote-tools]")).to_be_hidden()


# --- tables, widths, paper


@pytest.mark.parametrize("size", [PHONE, TABLET, LAPTOP], ids=["phone", "tablet", "laptop"])
def test_a_wide_table_scrolls_in_its_box_under_its_headings(read, size):
    page = read(size)
    box = page.locator(".wide-table")
    scroll_to(page, ".wide-table")
    expect(page.locator("[data-hint]")).to_be_visible()
    box.evaluate("e => e.scrollBy(300, 600)")
    heading = page.get_by_role("columnheader", name="Chỉ tiêu")
    frame = box.bounding_box()
    assert abs(heading.bounding_box()["y"] - frame["y"]) < 3
    assert abs(heading.bounding_box()["x"] - frame["x"]) < 3
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1440])
def test_nothing_reaches_out_of_the_window(read, width):
    page = read({"width": width, "height": 740}, query="?q=quế#ct-7", has_touch=width < 400)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_shifts_while_the_page_is_made_ready(read):
    for size in (PHONE, LAPTOP):
        page = read(size, query="?q=quế")
        page.wait_for_timeout(500)
        shift = page.evaluate(
            """new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => done(sum), 300);
            })"""
        )
        assert shift < 0.05


def test_paper_has_the_text_and_its_notes_and_nothing_of_the_interface(read, tmp_path: Path):
    pypdfium2 = pytest.importorskip("pypdfium2")
    page = read(query="#p0003")
    page.pdf(path=tmp_path / "report.pdf", format="A4", prefer_css_page_size=True)
    with pypdfium2.PdfDocument(tmp_path / "report.pdf") as pdf:
        pages = [pdf[at].get_textpage().get_text_bounded() for at in range(len(pdf))]
    text = " ".join(" ".join(pages).split())
    for gone in ("Mục lục", "Tải tệp gốc", "Về báo cáo này", "Đánh dấu", "¶", "Trợ giúp", "Đóng"):
        assert gone not in text
    assert text.count("hộ nuôi hươu") == NOTES
    assert text.index("Trên đây là") < text.index("cộng 1 hộ nuôi hươu")
