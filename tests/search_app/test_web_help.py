"""Help whose examples run, what the program is, and the words that it knows."""

from __future__ import annotations

import re
from html import unescape

import pytest

from search_app.app import create_app
from search_app.page_words import word_list


@pytest.fixture
def client(sample_settings, sample_library):
    return create_app(sample_settings, sample_library).test_client()


def test_every_example_of_the_help_page_can_be_asked(client):
    page = client.get("/help").text
    addresses = [unescape(one) for one in re.findall(r'href="(/search\?[^"]+)"', page)]
    assert len(addresses) >= 10
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_help_page_is_shown_in_english_too(client):
    assert '<html lang="en">' in client.get("/help?hl=en").text


def test_the_about_page_says_how_much_there_is(client, sample_library):
    page = client.get("/about").text
    assert f"{len(sample_library.catalogue.documents())} báo cáo" in page


def test_a_word_is_found_as_people_type_it(client):
    page = client.get("/words", query_string={"q": "bao hiem y te"}).text
    assert "<th" in page
    assert "BHYT" in page
    assert "ANCT" not in page


def test_a_word_that_is_not_known_is_said_so(client):
    page = client.get("/words", query_string={"q": "<b>zzz"}).text
    assert "Không có từ viết tắt hay từ đồng nghĩa nào chứa “&lt;b&gt;zzz”" in page


def test_the_pages_of_the_list_hold_every_entry_once(sample_library):
    known = (sample_library.abbreviations, sample_library.synonyms)
    first = word_list(known, "", 1)
    parts = [word_list(known, "", page) for page in range(1, first.pages + 1)]
    assert sum(len(part.shorts) for part in parts) == first.total_shorts > 300
    assert sum(len(part.synonyms) for part in parts) == first.total_synonyms > 500
    assert word_list(known, "", 99) == parts[-1]
