"""The pages of indicators and the comparison over HTTP."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from search_app import page_indicators, web_indicators
from search_app.app import create_app
from tests.search_app.pages import links, page, text_of

WATER = "/indicators/ty-le-ho-su-dung-nuoc-sach"


@pytest.fixture(scope="module")
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


def test_the_list_groups_by_topic_and_counts(client):
    text = text_of(page(client, "/indicators"))
    assert "Giảm nghèo - an sinh" in text
    assert re.search(r"tỷ lệ hộ nghèo \d+ số liệu, 4 báo cáo", text)
    assert "2 chỗ số liệu không khớp nhau" in text


def test_every_link_of_the_list_leads_somewhere(client):
    found = [link for link in links(page(client, "/indicators")) if "/indicators/" in link]
    assert len(found) > 50
    for link in found[:8]:
        assert client.get(link).status_code == 200


def test_words_lead_to_the_page_of_the_indicator(client):
    response = client.get("/indicators", query_string={"q": "ty le do thi hoa"})
    assert response.status_code == 302
    assert response.location == "/indicators/ty-le-do-thi-hoa"


def test_words_that_mean_several_offer_them(client):
    text = text_of(page(client, "/indicators", q="hộ nghèo"))
    assert "“hộ nghèo” có thể là: tỷ lệ hộ nghèo" in text


def test_unknown_words_stay_in_the_box_with_what_is_near(client):
    markup = page(client, "/indicators", 400, q="tỷ lệ hộ ngheoo")
    assert 'value="tỷ lệ hộ ngheoo"' in markup
    assert "Gần nhất có" in markup


def test_the_page_of_an_indicator_shows_cells_and_contradiction(client):
    text = text_of(page(client, WATER))
    assert "Tỷ lệ hộ sử dụng nước sạch đơn vị: % cao hơn là tốt" in text.replace("·", "")
    assert "97,3%" in text.replace("\u2060", "") and "96,8%" in text.replace("\u2060", "")
    assert "chưa có trong các báo cáo đã đọc" in text
    assert "thị xã Vàm Sậy, 2015-2020, kết quả" in text


def test_every_value_links_to_its_place_in_the_report(client):
    markup = page(client, WATER)
    table = re.search(r'<table class="comparison">.*?</table>', markup, re.S)
    assert table is not None
    for link in links(table.group()):
        parts = urlsplit(link)
        if "/passages/" in parts.path:
            continue  # a citation to download
        report = page(client, parts.path)
        assert f'id="{parts.fragment}"' in report


def test_a_place_can_be_chosen(client):
    markup = page(client, WATER, place="thị xã Khe Vối")
    table = re.search(r'<table class="comparison">.*?</table>', markup, re.S)
    assert table is not None and "Vàm Sậy" not in table.group()
    assert "thị xã Vàm Sậy" in text_of(markup)


def test_the_chart_has_words_and_a_table_and_links_every_value(client):
    markup = page(client, WATER)
    drawing = re.search(r"<svg.*?</svg>", markup, re.S)
    assert drawing is not None
    assert 'aria-labelledby="bieu-do"' in drawing.group() and 'id="bieu-do"' in markup
    assert "thị xã Vàm Sậy" in drawing.group()
    assert "Số liệu của biểu đồ" in markup
    found = links(drawing.group())
    assert found
    for link in found:
        parts = urlsplit(link)
        assert f'id="{parts.fragment}"' in page(client, parts.path)


def test_the_chart_comes_as_a_file_too(client):
    response = client.get(f"{WATER}/chart.svg")
    assert response.mimetype == "image/svg+xml"
    assert "script" not in response.headers["Content-Security-Policy"]
    assert b"<script" not in response.data


def test_many_places_come_in_pages(client, monkeypatch):
    monkeypatch.setattr(page_indicators, "PLACES_A_PAGE", 1)
    first, second = (page(client, WATER, page=number) for number in (1, 2))
    tables = [
        re.search(r'<table class="comparison">.*?</table>', one, re.S) for one in (first, second)
    ]
    assert ["Khe Vối" in table.group() for table in tables if table] == [True, False]
    assert "Trang 1 / 2" in text_of(first)
    assert f"{WATER}?page=2" in links(first)


def test_contradictions_are_looked_for_once_for_a_state_of_the_reports(client, monkeypatch):
    first = page(client, "/indicators")
    monkeypatch.setattr(web_indicators, "list_inconsistencies", None)
    assert page(client, "/indicators") == first


def test_the_list_of_many_reports_does_not_wait_for_contradictions(
    sample_settings, sample_library, monkeypatch
):
    client = create_app(sample_settings, sample_library).test_client()
    monkeypatch.setattr(web_indicators, "MOST_AT_ONCE", 1)
    markup = page(client, "/indicators")
    assert "không khớp nhau (lần đầu" in text_of(markup)
    assert "2 chỗ số liệu không khớp nhau" in text_of(page(client, "/indicators", all=1))


def test_pages_have_no_inline_style_or_script(client):
    for address in ("/indicators", WATER):
        markup = page(client, address)
        assert " style=" not in markup and "<style" not in markup
        assert re.findall(r"<script(?![^>]* src=)", markup) == []


def test_an_indicator_without_chart_or_name_is_refused_politely(client):
    assert client.get("/indicators/ty-le-that-nghiep/chart.svg").status_code == 404
    assert "Chưa có số liệu nào" in text_of(page(client, "/indicators/ty-le-that-nghiep"))
    assert "Không có chỉ tiêu nào" in page(client, "/indicators/khong-co-that", 404)


def test_the_menu_leads_to_the_indicators(client):
    assert "/indicators" in links(page(client, "/documents"))


def test_the_search_page_says_where_it_looked(client):
    markup = page(client, "/search", q="tỷ lệ hộ nghèo")
    table = re.search(r'<details class="coverage">.*?</details>', markup, re.S)
    assert table is not None
    text = text_of(table.group())
    assert re.match(r"thị xã \S+ \S+ 20\d\d-20\d\d: thân bài \d+, chú thích \d+, bảng \d+", text)
    assert "và 2 báo cáo khác" in text
    assert "2 chú thích không đọc được trọn" in text
    for link in links(table.group()):
        assert client.get(link).status_code == 200


def test_nothing_found_says_where_it_looked_too(client):
    text = text_of(page(client, "/search", q="tàu ngầm hạt nhân"))
    assert "Đã tìm: 4 báo cáo, cả thân bài, chú thích và bảng." in text
    assert "Đã tìm ở đâu" in text


# --- for programs


def test_a_comparison_over_http(client):
    found = client.get("/api/v1/compare", query_string={"indicator": "đô thị hóa"}).get_json()
    assert found["indicator"] == "ty-le-do-thi-hoa"
    assert len(found["rows"]) == 6


@pytest.mark.parametrize(("form", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_a_comparison_as_a_file(client, form, start):
    query = {"indicator": "ty-le-ho-ngheo", "format": form}
    response = client.get("/api/v1/compare", query_string=query)
    assert response.data.startswith(start)
    assert f"so-sanh-ty-le-ho-ngheo.{form}" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("query", [{}, {"indicator": " "}, {"indicator": "x", "format": "pdf"}])
def test_a_comparison_of_nothing_is_refused(client, query):
    response = client.get("/api/v1/compare", query_string=query)
    assert response.status_code == 400
    assert response.get_json()["error"]["hint"]


def test_a_search_says_where_it_looked(client):
    found = client.get("/api/v1/search", query_string={"q": "tỷ lệ hộ nghèo"}).get_json()
    reports = found["coverage"]["reports"]
    assert sum(report["hits"] for report in reports) == found["total"]
