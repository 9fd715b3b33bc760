from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from search_app import api
from search_app.app import create_app


@pytest.fixture
def client(sample_settings, sample_library) -> Iterator[FlaskClient]:
    return create_app(sample_settings, sample_library).test_client()


def test_facts_are_chosen_by_the_query_string(client):
    content = client.get(
        "/api/v1/facts",
        query_string={
            "indicator": "ho ngheo",
            "place": ["Vàm Sậy", "Khe Vối"],
            "period": "2015-2025",
            "kind": ["result", "target"],
        },
    ).get_json()
    assert content["total"] == len(content["facts"]) > 0
    for fact in content["facts"]:
        assert fact["kind"] in ("result", "target")
        assert fact["indicator"] in ("ty-le-ho-ngheo", "so-ho-ngheo")


def test_a_document_and_a_page_can_be_asked_for(client):
    whole = client.get("/api/v1/facts").get_json()
    wanted = whole["facts"][0]["citation"]["document"]["id"]
    page = client.get(f"/api/v1/facts?document={wanted}&limit=3&offset=2").get_json()
    own = [f for f in whole["facts"] if f["citation"]["document"]["id"] == wanted]
    if whole["total"] == len(whole["facts"]):
        assert (page["total"], page["facts"]) == (len(own), own[2:5])
    assert {fact["citation"]["document"]["id"] for fact in page["facts"]} == {wanted}


def test_the_span_of_a_quotation_and_of_its_value_lie_in_the_text_of_the_document(client):
    fact = client.get("/api/v1/facts?limit=1").get_json()["facts"][0]
    address = f"/api/v1/documents/{fact['citation']['document']['id']}"
    text = client.get(address).get_json()["text"]
    assert text[slice(*fact["citation"]["span"])] == fact["citation"]["quote"]
    assert text[slice(*fact["value_span"])] == fact["value_text"]


def test_one_answer_in_json_is_bounded_and_a_file_is_not(client, monkeypatch):
    monkeypatch.setattr(api, "_MOST_FACTS", 5)
    for query in ("", "?limit=1000000"):
        content = client.get(f"/api/v1/facts{query}").get_json()
        assert len(content["facts"]) == content["limit"] == 5 < content["total"]
    lines = client.get("/api/v1/facts?format=csv").get_data().count(b"/documents/")
    assert lines == content["total"]


@pytest.mark.parametrize(
    ("form", "type_", "begins"),
    [
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_a_file_is_sent_to_be_saved(client, form, type_, begins):
    response = client.get(f"/api/v1/facts?format={form}&limit=2")
    assert response.headers["Content-Type"] == type_
    assert response.headers["Content-Disposition"] == f"attachment; filename=so-lieu.{form}"
    assert response.get_data().startswith(begins)


def test_links_in_a_file_lead_to_the_server_that_was_asked(client):
    response = client.get("/api/v1/facts?format=csv&limit=1", base_url="http://vankien.test:81")
    assert b"http://vankien.test:81/documents/" in response.get_data()


@pytest.mark.parametrize(
    "query",
    ["kind=x", "period=x", "place=zzz", "indicator=qqq", "format=pdf", "limit=x", "document=x"],
)
def test_a_wrong_value_is_refused_with_what_to_do(client, query):
    response = client.get(f"/api/v1/facts?{query}")
    assert response.status_code == 400
    assert response.get_json()["error"]["hint"]


def test_nothing_found_is_an_empty_list(client):
    content = client.get("/api/v1/facts?period=1950").get_json()
    assert (content["facts"], content["total"]) == ([], 0)
