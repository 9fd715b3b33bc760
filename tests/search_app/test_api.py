from __future__ import annotations

import pytest

from search_app.app import create_app


@pytest.fixture(scope="module")
def client(sample_settings, sample_library):
    return create_app(sample_settings, sample_library).test_client()


def test_search_answers_like_the_command_line(client, sample_library):
    content = client.get("/api/v1/search", query_string={"q": "hộ nghèo", "limit": 3}).json
    assert len(content["hits"]) == 3
    assert content["facets"]["kind"]
    assert content["hits"][0]["url"].startswith("/documents/")


def test_filters_and_paging_come_from_the_address(client):
    first = client.get("/api/v1/search?q=kinh+tế&place=Vàm+Sậy&limit=2").json
    second = client.get("/api/v1/search?q=kinh+tế&place=Vàm+Sậy&limit=2&page=2").json
    assert second["offset"] == 2
    assert {hit["document"]["place"] for hit in first["hits"]} == {"thị xã Vàm Sậy"}
    assert first["hits"] != second["hits"]


def test_a_page_larger_than_the_limit_leaves_nothing_out(client):
    address = "/api/v1/search?q=kinh+tế&limit=100000"
    first, second = client.get(address).json, client.get(address + "&page=2").json
    assert first["limit"] == 100
    assert second["offset"] == 100
    assert len(first["hits"]) + len(second["hits"]) >= min(first["total"], 101)


def test_documents_and_one_document(client):
    listed = client.get("/api/v1/documents").json
    assert listed["total"] == 4
    whole = client.get(f"/api/v1/documents/{listed['documents'][0]['id']}").json
    assert set(whole) >= {"document", "text", "sections", "passages", "footnotes"}
    for passage in whole["passages"]:
        start, end = passage["span"]
        assert 0 <= start < end <= len(whole["text"])


def test_a_passage_is_given_with_its_evidence(client):
    hit = client.get("/api/v1/search?q=nghèo&kind=footnote").json["hits"][0]
    one = client.get(f"/api/v1/passages/{hit['passage_id']}").json
    assert one["text"] == hit["text"]
    assert one["linked"][0]["relation"] == "anchor"


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/search", 400, "empty_query"),
        ("/api/v1/search?q=" + "a" * 2000, 400, "query_too_long"),
        ("/api/v1/search?q=a&place=Hà+Nội", 400, "unknown_filter"),
        ("/api/v1/search?q=a&limit=-1", 400, "usage"),
        ("/api/v1/search?q=a&offset=1e9", 400, "usage"),
        ("/api/v1/documents/../../etc/passwd", 404, "not_found"),
        ("/api/v1/documents/000000000000", 404, "not_found"),
        ("/api/v1/passages/000000000000:p0001", 404, "not_found"),
        ("/api/v1/nothing", 404, "not_found"),
    ],
)
def test_errors_have_a_code_a_message_and_a_hint(client, address, status, code):
    response = client.get(address)
    assert response.status_code == status
    error = response.json["error"]
    assert error["code"] == code
    assert error["message"]
    assert error["hint"]


def test_a_wrong_method_is_an_error_in_json(client):
    response = client.post("/api/v1/search")
    assert response.status_code == 405
    assert response.json["error"]["code"] == "method_not_allowed"
    assert "GET" in response.headers["Allow"]


def test_letters_are_not_escaped(client):
    assert "thị xã" in client.get("/api/v1/documents").get_data(as_text=True)


def test_documents_have_what_their_description_requires(client):
    schemas = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    listed = client.get("/api/v1/documents").json["documents"]
    assert {one["format"] for one in listed} <= {"docx", "txt"}
    assert all(set(schemas["Summary"]["required"]) <= set(one) for one in listed)
    whole = client.get(f"/api/v1/documents/{listed[0]['id']}").json
    assert set(schemas["WholeDocument"]["required"]) <= set(whole)
    described = schemas["WholeDocument"]["properties"]["document"]
    assert set(described["required"]) <= set(whole["document"])


def test_the_openapi_description_names_every_route(client):
    described = client.get("/api/v1/openapi.json").json
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert set(described["paths"]) == routes
    for path in described["paths"].values():
        assert path["get"]["summary"]


def test_what_is_typed_is_completed(client):
    response = client.get("/api/v1/suggest", query_string={"q": "ty le ho"})
    assert response.json["query"] == "ty le ho"
    assert {"text": "Tỷ lệ hộ nghèo", "kind": "indicator"} in response.json["suggestions"]
    assert response.cache_control.max_age


@pytest.mark.parametrize("typed", ["", "   ", "%", "a" * 5000, '"-', "\x00"])
def test_completing_is_never_an_error(client, typed):
    response = client.get("/api/v1/suggest", query_string={"q": typed})
    assert response.status_code == 200
    assert response.json["suggestions"] == []


def test_completing_without_a_question_gives_nothing(client):
    assert client.get("/api/v1/suggest").json == {"query": "", "suggestions": []}


def test_a_search_suggests_what_may_have_been_meant(client):
    found = client.get("/api/v1/search", query_string={"q": "tỷ lệ hộ ngèo"}).json
    assert found["query"]["suggestion"] == "tỷ lệ hộ nghèo"
    found = client.get("/api/v1/search", query_string={"q": "tỷ lệ hộ nghèo"}).json
    assert found["query"]["suggestion"] is None


@pytest.mark.parametrize(
    "address",
    ["search?q=a", "ask?q=a", "documents?", "suggest?q=a", "facts?", "compare?indicator=a"]
    + ["references?", "stats?", "openapi.json?"],
)
def test_a_name_that_is_not_known_is_refused_with_those_that_are(client, address):
    response = client.get(f"/api/v1/{address}&plcae=x")
    assert response.status_code == 400
    error = response.json["error"]
    assert "plcae" in error["message"]
    described = client.get("/api/v1/openapi.json").json["paths"]
    route = described[f"/api/v1/{address.partition('?')[0]}"]["get"]
    for parameter in route["parameters"]:
        assert parameter["name"] in error["hint"]


def test_documents_that_are_named_come_in_pages(client):
    whole = client.get("/api/v1/references?limit=1000").json
    page = client.get("/api/v1/references?limit=2&offset=1").json
    assert page["references"] == whole["references"][1:3]
    assert (page["total"], page["limit"], page["offset"]) == (whole["total"], 2, 1)
    first = client.get("/api/v1/references").json
    assert first["limit"] == len(first["references"]) == 20 < first["total"]
    assert client.get("/api/v1/references?limit=x").status_code == 400
