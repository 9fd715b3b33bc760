"""The reader's language is kept, and a link never leads to another server."""

from __future__ import annotations

import pytest
from flask import render_template_string

from search_app.app import create_app
from search_app.languages import ngettext, vietnamese


@pytest.fixture
def client(sample_settings, sample_library):
    return create_app(sample_settings, sample_library).test_client()


def test_pages_are_vietnamese_for_everybody_until_english_is_chosen(client):
    page = client.get("/documents", headers={"Accept-Language": "en"}).text
    assert '<html lang="vi">' in page
    client.get("/language/en")
    assert '<html lang="en">' in client.get("/documents").text


def test_the_language_can_stand_in_the_address(client):
    assert '<html lang="en">' in client.get("/documents?hl=en").text
    assert '<html lang="vi">' in client.get("/documents?hl=fr").text


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/search?q=hộ nghèo", "/search?q=h%E1%BB%99%20ngh%C3%A8o"),
        ("https://example.org/", "/"),
        ("//example.org/a", "/"),
        ("/\\example.org", "/"),
        ("example.org", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_is_a_page_of_this_server(client, asked, reached):
    answer = client.get("/language/en", query_string={"next": asked})
    assert answer.status_code == 302
    assert answer.headers["Location"].replace("+", "%20") == reached


def test_another_language_is_not_found(client):
    assert client.get("/language/xx").status_code == 404


def test_programs_get_vietnamese_whatever_the_reader_chose(client):
    client.get("/language/en")
    asked = {"q": "nghèo", "kind": "poem"}
    assert "There is no kind of passage" in client.get("/search", query_string=asked).text
    told = client.get("/api/v1/search", query_string=asked).json["error"]["message"]
    assert told.startswith("Không có loại đoạn nào")


@pytest.mark.parametrize(("code", "written"), [("vi", "1.163 đoạn"), ("en", "1,163 passages")])
def test_counts_are_written_as_readers_of_the_page_write_them(client, code, written):
    texts = "%(num)s đoạn", "%(num)s đoạn"
    with client.application.test_request_context(f"/?hl={code}"):
        shown = render_template_string(
            "{{ ngettext(one, many, 1163) }}", one=texts[0], many=texts[1]
        )
        assert (ngettext(*texts, 1163), shown) == (written, written)


def test_words_of_reports_are_marked_in_english_pages_only(client):
    with client.application.test_request_context("/?hl=en"):
        assert vietnamese("<xã>") == '<span lang="vi">&lt;xã&gt;</span>'
        assert vietnamese("") == ""
    with client.application.test_request_context("/"):
        assert vietnamese("<xã>") == "<xã>"
