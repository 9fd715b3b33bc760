"""Errors over HTTP: what is said, as a page and as JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import abort
from flask.testing import FlaskClient

from search_app.app import create_app
from tests.search_app.pages import links, page, text_of


@pytest.fixture
def client(sample_settings, sample_library) -> FlaskClient:
    app = create_app(sample_settings, sample_library)
    app.add_url_rule("/fails/<int:code>", "fails", lambda code: abort(code))
    return app.test_client()


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (400, "Yêu cầu không đọc được"),
        (410, "không còn nữa"),
        (414, "Địa chỉ quá dài"),
        (429, "quá nhiều yêu cầu"),
        (503, "Hãy thử lại sau ít phút"),
    ],
)
def test_each_status_has_its_own_words(client, code, says):
    assert says in text_of(page(client, f"/fails/{code}", code))
    answer = client.get(f"/fails/{code}", headers={"Accept": "application/json"})
    assert answer.status_code == code and answer.json["error"]["hint"]


def test_a_form_of_an_old_page_says_to_load_it_anew(client):
    response = client.post("/pack/items", data={"item": "x"})
    assert response.status_code == 400
    assert "Trang mở đã lâu" in text_of(response.text)
    assert "Hãy tải lại trang rồi bấm lại." in text_of(response.text)
    answer = client.post("/pack/items", headers={"Accept": "application/json"})
    assert answer.json["error"]["code"] == "form_too_old"


def test_after_a_form_that_failed_the_language_leads_to_the_first_page(client):
    failed = client.post("/questions/answers").text
    assert [link for link in links(failed) if link.startswith("/language/")] == [
        "/language/en?next=/"
    ]
    assert "/language/en?next=/help" in links(page(client, "/help"))


def test_what_is_typed_is_named_in_short(client):
    for query in ({"place": "a" * 5_000}, {"limit": "a" * 5_000}, {"a" * 5_000: "1"}):
        answer = client.get("/api/v1/search", query_string={"q": "hộ nghèo"} | query)
        assert answer.status_code == 400
        assert len(answer.json["error"]["message"]) < 250


def test_too_many_filters_are_refused(client):
    many = {"q": "hộ nghèo", "place": [f"xã {number}" for number in range(60)]}
    assert client.get("/api/v1/search", query_string=many).status_code == 400
    assert "quá nhiều giá trị" in page(client, "/search", 400, **many)


def test_a_server_with_a_name_answers_to_no_other(sample_settings, sample_library):
    settings = replace(sample_settings, public_url="https://thu-vien.example/")
    client = create_app(settings, sample_library).test_client()
    for host in ("thu-vien.example", "localhost:8000", "127.0.0.1"):
        assert client.get("/help", headers={"Host": host}).status_code == 200
    for address in ("/help", "/api/v1/stats"):
        refused = client.get(address, headers={"Host": "khac.example"})
        assert refused.status_code == 400 and "gọi bằng tên này" in refused.text
