from __future__ import annotations

import pytest

from search_app.app import create_app

QUESTION = "Công suất nhà máy nước Long Đước là bao nhiêu m3?"


@pytest.fixture(scope="module")
def client(sample_settings, sample_library):
    return create_app(sample_settings, sample_library).test_client()


def asked(client, text: str, **query):
    return client.get("/api/v1/ask", query_string={"q": text, **query})


def test_a_question_is_answered_with_citations(client):
    content = asked(client, QUESTION, limit=2).json
    assert content["answered"]
    assert "12.000" in content["answers"][0]["text"]
    assert content["answers"][0]["citation"]["anchor"]["quote"]
    assert len(content["passages"]) == 2


def test_no_answer_is_no_error(client):
    response = asked(client, "Có bao nhiêu phi hành gia bay lên sao Hỏa?")
    assert response.status_code == 200
    assert (response.json["answered"], response.json["answers"]) == (False, [])
    assert response.json["message"]


def test_filters_keep_to_their_reports(client):
    content = asked(client, "tỷ lệ hộ nghèo", place="Vàm Sậy", term="2020-2025").json
    kept = {(hit["document"]["place"], hit["document"]["term"]) for hit in content["passages"]}
    assert kept == {("thị xã Vàm Sậy", "2020-2025")}


def test_a_page_of_the_passages_has_the_same_answers(client):
    first, other = asked(client, QUESTION).json, asked(client, QUESTION, page=2).json
    assert first == other


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"q": ""}, "empty_query"),
        ({"q": "a" * 2000}, "query_too_long"),
        ({"q": "a", "place": "Hà Nội"}, "unknown_filter"),
        ({"q": "a", "limit": "x"}, "usage"),
    ],
)
def test_errors_are_those_of_a_search(client, query, code):
    response = client.get("/api/v1/ask", query_string=query)
    assert response.status_code == 400
    assert response.json["error"]["code"] == code


def test_the_description_fits_what_is_sent(client):
    described = client.get("/api/v1/openapi.json").json
    operation = described["paths"]["/api/v1/ask"]["get"]
    names = {parameter["name"] for parameter in operation["parameters"]}
    taken = {"q", "place", "term", "year", "kind", "in", "document", "skip"}
    assert names == taken | {"limit", "offset", "page", "sort"}
    schemas = described["components"]["schemas"]
    content = asked(client, QUESTION).json
    answer = content["answers"][0]
    assert set(schemas["Reply"]["required"]) == set(content)
    assert set(schemas["Reply"]["properties"]["interpreted"]["required"]) == set(
        content["interpreted"]
    )
    assert set(schemas["Answer"]["required"]) == set(answer)
    assert set(schemas["Citation"]["required"]) == set(answer["citation"])
