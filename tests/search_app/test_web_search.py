"""What the search found as a file, and what other programs learn of the pages."""

from __future__ import annotations

import csv
import html
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from search_app import search_rows
from search_app.app import create_app
from tests.search_app.pages import links, page, text_of

QUESTION = "tỷ lệ hộ nghèo"


@pytest.fixture(scope="module")
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


def rows_of(client: FlaskClient, **query) -> list[dict[str, str]]:
    response = client.get("/search.csv", query_string=query)
    assert response.status_code == 200
    assert response.mimetype == "text/csv"
    return list(csv.DictReader(StringIO(response.data.decode("utf-8-sig"))))


def test_the_page_offers_what_it_shows_as_a_file(client):
    markup = page(client, "/search", q=QUESTION, kind="footnote", sort="time")
    (address,) = [link for link in links(markup) if link.startswith("/search.csv")]
    response = client.get(address)
    assert "ket-qua-tim.csv" in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(StringIO(response.data.decode("utf-8-sig"))))
    assert {row["Loại"] for row in rows} == {"Chú thích"}
    assert f"<b>{len(rows)}</b> " in markup


def test_all_hits_are_rows_in_the_order_of_the_page(client, sample_library):
    rows = rows_of(client, q=QUESTION)
    hits = client.get("/api/v1/search", query_string={"q": QUESTION, "limit": 100}).get_json()
    assert len(rows) == hits["total"]
    assert [row["Trích dẫn"] for row in rows[:20]] == [hit["citation"] for hit in hits["hits"][:20]]
    complete = [row["Đủ các từ"] for row in rows]
    assert complete == sorted(complete)
    assert complete.count("có") == hits["complete"]


def test_a_row_has_words_note_place_and_a_link_that_works(client):
    (row,) = [r for r in rows_of(client, q="Quỹ Vì người nghèo mái nhà") if r["STT"] == "1"]
    assert row["Địa phương"] and row["Nhiệm kỳ"] and row["Đề mục"]
    assert row["Liên kết"].startswith("http://localhost/documents/")
    assert client.get(row["Liên kết"]).status_code == 303


def test_a_note_comes_with_its_sentence_and_a_sentence_with_its_notes(client):
    notes = rows_of(client, q="hộ nghèo", kind="footnote")
    assert all(row["Chú thích hoặc câu gọi chú thích"] for row in notes)
    sentences = rows_of(client, q="kinh tế", kind="body")
    beside = [row["Chú thích hoặc câu gọi chú thích"] for row in sentences]
    assert any(re.match(r"\d+\. \S", text) for text in beside)


def test_passages_of_an_appendix_are_named_so(client):
    kinds = {row["Loại"] for row in rows_of(client, q=QUESTION, kind="table")}
    assert kinds == {"Bảng (phụ lục)"}


def test_a_sheet_holds_the_same(client):
    response = client.get("/search.xlsx", query_string={"q": QUESTION, "kind": "table"})
    assert response.status_code == 200
    with ZipFile(BytesIO(response.data)) as book:
        texts = html.unescape(book.read("xl/sharedStrings.xml").decode())
    for row in rows_of(client, q=QUESTION, kind="table"):
        assert row["Trích dẫn"] in texts


def test_a_file_says_when_it_is_not_all(client, monkeypatch):
    monkeypatch.setattr(search_rows, "MOST_ROWS", 5)
    rows = rows_of(client, q=QUESTION)
    assert [row["STT"] for row in rows] == ["1", "2", "3", "4", "5", ""]
    assert rows[-1]["Địa phương"].startswith("Tệp này có 5 đoạn đầu trong ")


@pytest.mark.parametrize("query", [{}, {"q": "-"}, {"q": "x", "place": "Sao Hỏa"}])
def test_a_file_of_no_question_is_refused_with_a_page(client, query):
    assert "Chưa làm được" in page(client, "/search.csv", 400, **query)


def test_the_form_of_a_file_is_one_of_two(client):
    page(client, "/search.pdf", 404, q=QUESTION)


# --- what other programs learn


def head_of(markup: str) -> dict[str, str]:
    pairs = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', markup)
    return {name: html.unescape(content) for name, content in pairs}


def canonical(markup: str) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]*)">', markup)
    assert found is not None
    return html.unescape(found[1])


def test_every_page_says_what_it_is_where_it_is_linked(client, sample_library):
    report = sample_library.catalogue.documents()[0]
    for address in ("/", "/documents", f"/documents/{report.id}", f"/search?q={QUESTION}"):
        markup = client.get(address).get_data(as_text=True)
        head = head_of(markup)
        assert head["og:title"] and head["og:title"] in html.unescape(markup.split("</title>")[0])
        assert 20 < len(head["description"]) < 400
        assert head["og:description"] == head["description"]
        assert head["og:url"] == canonical(markup)


def test_a_result_is_named_by_question_and_page_only(client):
    markup = page(client, "/search", q="kinh tế", page=2, utm="x", limit="")
    assert canonical(markup) == "http://localhost/search?q=kinh+t%E1%BA%BF&page=2"
    assert "kinh tế" in head_of(markup)["description"]


def test_a_report_is_an_article_of_its_place(client, sample_library):
    report = sample_library.catalogue.documents()[0]
    markup = client.get(f"/documents/{report.id}?q=hộ").get_data(as_text=True)
    head = head_of(markup)
    assert head["og:type"] == "article"
    assert report.metadata.place in head["description"]
    assert canonical(markup) == f"http://localhost/documents/{report.id}"


def test_what_was_typed_cannot_leave_the_head(client):
    markup = page(client, "/search", q='"><script>alert(1)</script> nghèo')
    assert "<script>" not in markup
    assert '"><script' not in markup


def test_the_first_page_lists_the_newest_reports(client):
    (newest,) = re.findall(r'<ul class="examples newest">.*?</ul>', page(client, "/"), re.S)
    found = links(newest)
    assert len(found) == 3
    assert "thị xã Khe Vối, nhiệm kỳ 2020-2025" in text_of(newest)
    for address in found:
        assert client.get(address).status_code == 200


def test_words_that_no_passage_has_leave_links_to_what_the_reports_speak_of(client):
    markup = page(client, "/search", q="qwxyz zyxwq")
    (line,) = re.findall(r'<p class="proposal">.*?</p>', markup, re.S)
    assert "Không đoạn nào có từ nào trong các từ này." in text_of(line)
    assert len(links(line)) == 4
    for address in links(line):
        assert "<article" in page(client, address)


def test_the_citation_of_a_result_leads_to_its_place(client):
    markup = page(client, "/search", q=QUESTION)
    (first, *_rest) = re.findall(r'<article class="hit".*?</article>', markup, re.S)
    (cited,) = re.findall(r'<p class="cite".*?</p>', first, re.S)
    opened = re.search(r'<a href="([^"]*)" class="open-link"', first)
    assert opened and links(cited) == [html.unescape(opened[1])]
