"""Two reports, or two passages, side by side, as a browser without JavaScript gets them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from indexer.build import build_index
from indexer.config import load_settings
from search_app.app import create_app
from search_app.opening import open_library
from search_app.page_differences import PAGE_LETTERS
from tests.search_app.pages import links, page, text_of

HEAD = "ĐẢNG BỘ {place}\nBÁO CÁO CHÍNH TRỊ\ncủa Đảng bộ {place}\nnhiệm kỳ 2020 - 2025\n"
ONE = (
    HEAD.format(place="huyện Cồn Mây")
    + "I- KẾT QUẢ\n"
    + "Tỷ lệ hộ nghèo cuối năm 2020 còn 2,5%[footnoteRef:1]. [1:  Giảm <b>300</b> hộ so năm 2019]\n"
    + "Tổng số đảng viên toàn huyện là 1.200 đảng viên.\n"
    + "II- CHỈ TIÊU\nĐến năm 2025 tỷ lệ hộ nghèo còn 1%.\n"
    + "III- NGHỀ MUỐI\nDiêm dân bội thu muối.\n"
)
TWO = (
    HEAD.format(place="huyện Rạch Vọp")
    + "I- CHỈ TIÊU\nĐến năm 2025 tỷ lệ hộ nghèo còn 1%.\n"
    + "II- KẾT QUẢ\nTỷ lệ hộ nghèo cuối năm 2020 còn 4,1%.\n"
    + "Tổng số đảng viên toàn huyện là 1.500 đảng viên.\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    (folder / "may.txt").write_text(ONE, encoding="utf-8")
    (folder / "vop.txt").write_text(TWO, encoding="utf-8")
    settings = load_settings({}, data=tmp_path_factory.mktemp("data"))
    build_index([folder], settings)
    found = open_library(settings)
    yield found
    found.close()


@pytest.fixture(scope="module")
def client(library) -> FlaskClient:
    return create_app(library.settings, library).test_client()


@pytest.fixture(scope="module")
def ids(library) -> tuple[str, str]:
    by_source = {summary.source: summary.id for summary in library.catalogue.documents()}
    return by_source["may.txt"], by_source["vop.txt"]


@pytest.fixture(scope="module")
def shown(client, ids) -> str:
    return page(client, "/compare", left=ids[0], right=ids[1])


def sections(markup: str) -> list[str]:
    found = re.findall(r'<(?:details|div) class="pair .*?</h\d>', markup, re.S)
    return [text_of(one) for one in found]


def test_the_figures_of_both_reports_stand_beside_each_other(shown, ids):
    rows = [text_of(row) for row in re.findall(r"<tr.*?</tr>", shown, re.S)]
    (row,) = [row for row in rows if row.startswith("tỷ lệ hộ nghèo") and "2,5%" in row]
    assert row.index("2,5%") < row.index("4,1%") < row.index("+1,6 điểm %")
    (members,) = [row for row in rows if "1.200 đảng viên" in row]
    assert "1.500 đảng viên" in members and "+25 %" in members
    assert any("bằng nhau" in row and row.count("1%") >= 2 for row in rows)
    for document_id in ids:
        assert any(link.startswith(f"/documents/{document_id}#p") for link in links(shown))


def test_sections_are_paired_and_what_is_alone_says_so(shown):
    found = sections(shown)
    (results,) = [one for one in found if "I- KẾT QUẢ" in one]
    assert "II- KẾT QUẢ" in results
    (salt,) = [one for one in found if "NGHỀ MUỐI" in one]
    assert "chưa thấy mục tương ứng" in salt
    assert "1 mục chỉ có ở huyện Cồn Mây" in text_of(shown)
    assert "lời văn như nhau" in text_of(shown)
    assert "Diêm dân bội thu muối." in text_of(shown)


def test_figures_that_differ_are_marked_in_the_text(shown):
    marks = {text_of(mark) for mark in re.findall(r"<mark>.*?</mark>", shown)}
    assert {"2,5%", "4,1%"} <= marks
    assert "1%" not in marks


def test_notes_are_folded_beside_their_section_and_nothing_is_taken_for_markup(shown):
    (note,) = re.findall(r'<li id="(trai-\d+-ct-1)">', shown)
    assert f'href="#{note}"' in shown
    assert "&lt;b&gt;300" in shown and "<b>300" not in shown
    assert "style=" not in shown and "<script>" not in shown
    names = re.findall(r'\bid="([^"]+)"', shown)
    assert len(names) == len(set(names))


def test_all_sections_can_be_opened_by_an_address(client, ids, shown):
    everything = page(client, "/compare", left=ids[0], right=ids[1], open="all")
    folded = re.compile(r'<details class="pair [^"]*" id="[^"]*">')
    assert folded.findall(shown) and not folded.findall(everything)


def test_the_sides_can_be_changed(client, ids, shown):
    (turned,) = [link for link in links(shown) if link == f"/compare?left={ids[1]}&right={ids[0]}"]
    assert "−1,6 điểm %" in text_of(page(client, turned))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_can_be_taken_away(client, ids, shown, form):
    address = f"/compare/figures.{form}?left={ids[0]}&right={ids[1]}"
    assert address in links(shown)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
        row = next(row for row in rows if row["Viết là (huyện Cồn Mây)"] == "2,5%")
        assert row["Giá trị (huyện Rạch Vọp)"] == "4.1"
        assert (row["Chênh lệch"], row["Đơn vị chênh lệch"]) == ("1.6", "điểm %")


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ({}, 200, "chọn một báo cáo"),
        ({"left": "{0}"}, 200, "Hãy chọn báo cáo thứ hai."),
        ({"left": "{0}", "right": "{0}"}, 400, "cùng một báo cáo"),
        ({"left": "{0}", "right": "0" * 12}, 404, "Không có"),
        ({"left": "../x", "right": "<b>"}, 404, "Không có"),
        ({"left_passage": "{0}:p0001"}, 400, "Còn thiếu một đoạn."),
        ({"left_passage": "<i>", "right_passage": "{0}:p0001"}, 400, "Không rõ là đoạn nào: “<i>”"),
        ({"left_passage": "{0}:p0001", "right_passage": "{0}:p0001"}, 400, "Hai đoạn là một."),
        ({"left_passage": "{0}:p0001", "right_passage": "{0}:p9999"}, 404, "Không có đoạn nào"),
    ],
)
def test_what_cannot_be_compared_is_told_and_asked_for(client, ids, query, status, told):
    filled = {name: value.format(*ids) for name, value in query.items()}
    shown = page(client, "/compare", status, **filled)
    assert told in text_of(shown) and "<i>" not in shown
    assert shown.count("<select") == 2 and "left_passage" in shown
    if filled.get("left") == ids[0]:
        assert f'value="{ids[0]}" selected' in shown


@pytest.mark.parametrize(("form", "status"), [("pdf", 404), ("csv", 400)])
def test_a_file_of_nothing_is_refused(client, form, status):
    assert client.get(f"/compare/figures.{form}").status_code == status


@pytest.mark.parametrize("asked", ["0", "99999999", "-1", "abc", "²"])
def test_any_page_number_gives_a_page(client, ids, asked):
    page(client, "/compare", left=ids[0], right=ids[1], page=asked)


def test_two_passages_of_one_text_show_the_words_that_differ(client, library, ids):
    named = []
    for document_id in ids:
        document = library.document(document_id)
        (found,) = [p.id for p in document.passages if "cuối năm 2020" in p.span.of(document.text)]
        named.append(found)
    shown = page(
        client,
        "/compare",
        left_passage=f"http://localhost/documents/{named[0].replace(':', '/passages/')}?v=12",
        right_passage=named[1],
    )
    assert [text_of(mark) for mark in re.findall(r"<mark>.*?</mark>", shown)] == ["2,5%", "4,1%"]
    assert "Con số chỉ có ở bên trái 2,5%" in text_of(shown)
    assert "huyện Rạch Vọp" in text_of(shown) and "mục I" in text_of(shown)


def test_two_passages_of_two_texts_show_figures_only(client, library, ids):
    passages = library.document(ids[0]).passages
    text = library.document(ids[0]).text
    members = next(p.id for p in passages if "1.200" in p.span.of(text))
    salt = next(p.id for p in passages if "Diêm dân" in p.span.of(text))
    shown = page(client, "/compare", left_passage=members, right_passage=salt)
    assert [text_of(mark) for mark in re.findall(r"<mark>.*?</mark>", shown)] == ["1.200 đảng viên"]
    assert "khác lời quá nửa" in text_of(shown)


def test_reports_lead_to_the_comparison(client, ids):
    for address in (f"/documents/{ids[0]}", "/documents", "/"):
        found = links(page(client, address))
        assert "/compare" in found
        assert address == "/" or f"/compare?left={ids[0]}" in found


def test_a_long_report_is_shown_in_pages(tmp_path):
    line = "Xã này nuôi tôm sinh thái dưới tán rừng, mỗi vụ thêm nhiều hộ tham gia.\n"
    for name, place in (("a", "huyện A Lưới"), ("b", "huyện B Sáp")):
        parts = "".join(
            f"{n}. Ấp Cồn {n}\n" + line * (PAGE_LETTERS // 8 // len(line)) for n in range(1, 6)
        )
        text = HEAD.format(place=place) + "I- KẾT QUẢ\n" + parts
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "data")
    build_index([tmp_path], settings)
    found = open_library(settings)
    left, right = (summary.id for summary in found.catalogue.documents())
    client = create_app(settings, found).test_client()
    pages = [page(client, "/compare", left=left, right=right, page=n) for n in (1, 2)]
    heads = [sections(one) for one in pages]
    assert "Trang 1 / 2" in text_of(pages[0])
    told = " ".join(head for one in heads for head in one)
    assert all(told.count(f"Ấp Cồn {n}") == 2 for n in range(1, 6))
    found.close()
