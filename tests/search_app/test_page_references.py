"""The page of the documents that the sample reports name, as a browser without JavaScript."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from indexer.references.extract import find_references
from search_app.app import create_app
from search_app.page_links import Address
from search_app.page_references import PAGE_SIZE, cited_cards, kind_facet
from search_app.references import list_references, references_of
from tests.indexer.outlines import built
from tests.search_app.pages import cards, links, page, text_of


@pytest.fixture(scope="module")
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


def test_every_document_is_on_the_pages(client, sample_library):
    found = list_references(sample_library)
    pages = -(-found.total // PAGE_SIZE)
    text = " ".join(text_of(page(client, "/references", page=n)) for n in range(1, pages + 1))
    for cited in found.cited:
        assert cited.name in text


def test_a_place_is_a_link_to_its_passage(client, sample_library):
    markup = page(client, "/references", q="36-CT/TW")
    assert len(cards(markup)) == 1
    mention = list_references(sample_library, "36-CT/TW").cited[0].mentions[0]
    document_id, _, name = mention.reference.passage_id.partition(":")
    address = f"/documents/{document_id}#{name}"
    assert address in links(markup)
    assert f'id="{name}"' in page(client, f"/documents/{document_id}")
    assert "<mark>" in markup
    assert "<details open" in markup.replace(' class="unfold"', "")


def test_kinds_filter_and_can_be_taken_back(client):
    markup = page(client, "/references", kind="Luật")
    shown = [text_of(card) for card in cards(markup)]
    assert shown
    assert all(card.startswith("Luật") for card in shown)
    assert "/references" in links(markup)


def test_a_kind_stays_chosen_when_words_are_sent(client):
    markup = page(client, "/references", kind="Luật", q="hợp tác xã")
    assert '<input type="hidden" name="kind" value="Luật">' in markup
    assert len(cards(markup)) == 1


def test_nothing_found_says_so_and_leads_back(client):
    markup = page(client, "/references", q="99-XX/YY")
    assert "Không có văn bản nào khớp với “99-XX/YY”" in text_of(markup)
    assert cards(markup) == []
    assert "/references" in links(markup)


def test_words_are_escaped(client):
    markup = page(client, "/references", q='"><script>alert(1)</script>')
    assert "<script>alert" not in markup


def test_a_page_beyond_the_last_is_the_last(client):
    assert cards(page(client, "/references", page=9999))


def test_the_page_is_in_the_navigation(client):
    assert "/references" in links(page(client, "/documents"))
    assert 'aria-current="page">Văn bản được dẫn' in page(client, "/references")


def test_cards_are_cut_into_pages():
    lines = [f"Theo Chỉ thị số {number}-CT/TW." for number in range(1, PAGE_SIZE + 4)]
    document = built(*lines)
    document = replace(document, references=find_references(document))
    found = references_of([document])
    assert [len(cited_cards(found, number)) for number in (1, 2)] == [PAGE_SIZE, 3]
    facet = kind_facet(Address("/references", MultiDict({"kind": "Chỉ thị"})), found)
    assert [(c.text, c.chosen, c.url) for c in facet.choices] == [("Chỉ thị", True, "/references")]


def test_the_interface_answers_with_the_same_documents(client, sample_library):
    content = client.get("/api/v1/references", query_string={"q": "36-CT/TW"}).json
    assert content["references"][0]["number"] == "36-CT/TW"
    everything = client.get("/api/v1/references").json
    assert everything["total"] == list_references(sample_library).total
    laws = client.get("/api/v1/references", query_string={"kind": "Luật"}).json
    assert {one["kind"] for one in laws["references"]} == {"Luật"}


def test_number_is_another_name_of_q(client):
    by_q = client.get("/api/v1/references", query_string={"q": "36-CT/TW"}).json
    assert client.get("/api/v1/references", query_string={"number": "36-CT/TW"}).json == by_q
    both = client.get("/api/v1/references", query_string={"q": "36", "number": "37"})
    assert both.status_code == 400


def test_a_conflict_is_shown_with_links_to_its_places():
    lines = [f"Theo Nghị quyết số 82-NQ/TW ngày {day}/01/2018." for day in (12, 30, 30)]
    document = built(*lines)
    document = replace(document, references=find_references(document))
    (shown,) = cited_cards(references_of([document]), 1)[0].disagreements
    assert [(value, len(places)) for value, places, _ in shown.values] == [
        ("30/01/2018", 2),
        ("12/01/2018", 1),
    ]
    assert all(url.startswith("/documents/") for _, places, _ in shown.values for _, url in places)


def test_the_interface_says_when_nothing_is_found(client):
    content = client.get("/api/v1/references?q=99-XX/YY").json
    assert content["total"] == 0
    assert "99-XX/YY" in content["message"]


def test_the_description_names_what_can_be_asked(client):
    described = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/references"]["get"]
    names = [p["name"] for p in described["parameters"]]
    assert names == ["q", "number", "kind", "limit", "offset"]
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/References"}


def test_many_places_are_few_with_a_way_to_all(monkeypatch, client):
    monkeypatch.setattr("search_app.page_references._MOST_PLACES", 3)
    monkeypatch.setattr("search_app.page_references._FEW", 1)
    markup = page(client, "/references")
    link = next(link for link in links(markup) if "key=" in link)
    alone = page(client, link)
    assert len(cards(alone)) == 1
    assert "Xem tất cả văn bản được dẫn" in text_of(alone)
