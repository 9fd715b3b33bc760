"""The Atom feed and the OpenSearch description, read as their readers do."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree import ElementTree as xml

import pytest
from flask.testing import FlaskClient

from search_app.app import create_app
from tests.search_app.pages import page

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SEARCH = {"s": "http://a9.com/-/spec/opensearch/1.1/"}
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


@pytest.fixture(scope="module")
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


@pytest.fixture(scope="module")
def feed(client) -> xml.Element:
    response = client.get("/feed")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    return xml.fromstring(response.data)


def text(parent: xml.Element, path: str) -> str:
    found = parent.findtext(path, namespaces=ATOM)
    assert found, path
    return found


def test_the_feed_has_what_rfc_4287_asks_for(feed):
    assert feed.tag == f"{{{ATOM['a']}}}feed"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", text(feed, "a:id"))
    assert text(feed, "a:title") and text(feed, "a:author/a:name")
    assert re.fullmatch(MOMENT, text(feed, "a:updated"))
    (own,) = feed.findall("a:link[@rel='self']", ATOM)
    assert own.attrib == {
        "rel": "self",
        "href": "http://localhost/feed",
        "type": "application/atom+xml",
    }
    # One element of each kind, where the standard allows only one.
    for name in ("id", "title", "updated", "subtitle"):
        assert len(feed.findall(f"a:{name}", ATOM)) == 1


def test_every_report_is_an_entry_that_leads_to_it(feed, client, sample_library):
    entries = feed.findall("a:entry", ATOM)
    assert len(entries) == len(sample_library.catalogue.documents())
    assert len({text(entry, "a:id") for entry in entries}) == len(entries)
    for entry in entries:
        assert re.fullmatch(MOMENT, text(entry, "a:updated"))
        assert text(entry, "a:author/a:name").startswith("Đảng bộ thị xã")
        assert "nhiệm kỳ 20" in text(entry, "a:summary")
        (link,) = entry.findall("a:link", ATOM)
        name = text(entry, "a:title")
        assert name in page(client, link.attrib["href"])


def test_ids_and_times_stay_the_same(feed, client):
    again = xml.fromstring(client.get("/feed").data)
    for path in ("a:entry/a:id", "a:entry/a:updated", "a:id", "a:updated"):
        assert [e.text for e in again.findall(path, ATOM)] == [
            e.text for e in feed.findall(path, ATOM)
        ]


def test_a_reader_that_knows_the_feed_gets_nothing_again(client):
    first = client.get("/feed")
    again = client.get("/feed", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_every_page_names_feed_and_search(client):
    markup = page(client, "/help")
    assert '<link rel="alternate" type="application/atom+xml" href="/feed"' in markup
    kind = "application/opensearchdescription+xml"
    assert f'<link rel="search" type="{kind}" href="/opensearch.xml"' in markup


def test_a_browser_can_search_by_the_description(client):
    response = client.get("/opensearch.xml")
    root = xml.fromstring(response.data)
    assert root.tag == f"{{{SEARCH['s']}}}OpenSearchDescription"
    assert len(root.findtext("s:ShortName", namespaces=SEARCH)) <= 16
    templates = {e.attrib["type"]: e.attrib["template"] for e in root.findall("s:Url", SEARCH)}
    for kind, template in templates.items():
        address = template.replace("{searchTerms}", quote("hộ nghèo")).replace("{startPage?}", "")
        found = client.get(address)
        assert found.status_code == 200, kind
        assert found.mimetype == kind
    icon = root.findtext("s:Image", namespaces=SEARCH)
    with client.get(icon) as response:
        assert response.mimetype == "image/svg+xml"


def test_completions_have_the_form_that_browsers_read(client):
    found = client.get("/opensearch/suggestions", query_string={"q": "tỷ lệ"}).get_json(force=True)
    typed, texts = found
    assert typed == "tỷ lệ"
    assert texts and all(isinstance(one, str) for one in texts)
