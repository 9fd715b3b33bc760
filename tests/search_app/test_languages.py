"""The reader's language is kept, and a link never leads to another server."""

from __future__ import annotations

import pytest

from search_app.app import create_app


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
