"""Permanent links and citation files over HTTP."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import rispy

from indexer.models import PassageKind, Span
from search_app.app import create_app
from search_app.cite import cite_quote
from search_app.citing.formats import FORMATS
from search_app.citing.permalinks import Permalink
from search_app.citing.records import record
from tests.search_app.pages import links, page, text_of


@pytest.fixture
def client(sample_settings, sample_library):
    return create_app(sample_settings, sample_library).test_client()


@pytest.fixture(scope="module")
def note(sample_library):
    """A note that a sentence of a sample report calls."""
    found = sample_library.document(sample_library.catalogue.documents()[0].id)
    passage = next(p for p in found.passages if p.kind is PassageKind.FOOTNOTE)
    return record(cite_quote(found, passage, passage.span))


def test_a_link_to_the_same_text_leads_to_its_place_in_the_report(client, note):
    response = client.get(note.link.path)
    assert response.status_code == 303
    path, _, fragment = response.headers["Location"].partition("#")
    assert path == f"/documents/{note.link.document_id}"
    assert f'id="{fragment}"' in page(client, path)


def test_a_link_whose_text_changed_says_so_and_offers_the_nearest(client, note):
    wrong = Permalink(note.link.passage_id, "00000000")
    markup = page(client, wrong.path, 410)
    assert "Đoạn này đã thay đổi" in text_of(markup)
    assert note.quote in text_of(markup)
    assert any(link.startswith(f"/documents/{note.link.document_id}#") for link in links(markup))


def test_a_link_to_nothing_says_so(client):
    assert "Thư viện không biết đoạn" in text_of(page(client, "/documents/0000/passages/p1", 404))


@pytest.mark.parametrize("path", ["/documents/xyz/passages/p1", "/documents/1a/passages/p1?v=zz"])
def test_a_mangled_link_says_so(client, path):
    assert "không chỉ tới đoạn nào" in text_of(page(client, path, 404))


@pytest.mark.parametrize("form", FORMATS)
def test_the_citation_is_sent_as_a_file(client, note, form):
    response = client.get(note.link.file(form))
    assert response.status_code == 200
    assert response.mimetype == FORMATS[form].media_type
    assert f"{note.key}.{form}" in response.headers["Content-Disposition"]
    assert response.get_data(as_text=True) == FORMATS[form].write(
        note, f"http://localhost{note.link.path}"
    )


def test_a_part_is_cited_as_the_part(client, note):
    part = replace(note.link, part=Span(3, 12))
    sent = rispy.loads(client.get(part.file("ris")).get_data(as_text=True))[0]
    assert sent["urls"] == [f"http://localhost{part.path}"]
    assert sent["notes"][1].strip("“”") == note.quote[3:12].strip()


def test_the_public_address_stands_in_citations(sample_settings, sample_library, note, monkeypatch):
    public = replace(sample_library.settings, public_url="https://thu-vien.example/")
    monkeypatch.setattr(sample_library, "settings", public)
    client = create_app(sample_settings, sample_library).test_client()
    sent = json.loads(client.get(note.link.file("json")).get_data(as_text=True))[0]
    assert sent["URL"] == f"https://thu-vien.example{note.link.path}"


def test_a_citation_of_another_text_is_not_sent(client, note):
    wrong = Permalink(note.link.passage_id, "00000000")
    assert client.get(wrong.file("ris")).status_code == 410
    assert client.get(f"/documents/{note.link.document_id}/passages/p0001.exe").status_code == 404


@pytest.mark.parametrize("address", ["/search?q=nước sạch", "/references"])
def test_every_passage_has_its_tools(client, address):
    markup = page(client, address)
    rows = re.findall(r'<div class="tools[^"]*" data-tools>', markup)
    assert len(rows) == markup.count('name="item"') > 3
    assert markup.count('data-what="quoted"') == markup.count('name="item"')
    for link in links(markup):
        if "/passages/" in link:
            assert client.get(link).status_code == 200
            break
    else:
        pytest.fail("no citation to download")
