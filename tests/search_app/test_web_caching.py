"""Answers are sent again only as long as they would be made again word for word."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from indexer.build import build_index
from search_app import freshness
from search_app.app import create_app
from search_app.opening import open_library
from search_app.search import Library

SEARCH = "/api/v1/search?q=hộ+nghèo"
PAGE = "/search?q=hộ+nghèo"
REPORT = "I- KẾT QUẢ\nTỷ lệ hộ nghèo còn {share}%.\n"


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    monkeypatch.setattr(freshness, "_UNSETTLED_NS", 0)


@pytest.fixture
def app(sample_settings, sample_library):
    return create_app(sample_settings, sample_library)


@pytest.fixture
def searches(monkeypatch):
    """Return the requests that were searched for."""
    asked, search = [], Library.search

    def counted(library, request):
        asked.append(request)
        return search(library, request)

    monkeypatch.setattr(Library, "search", counted)
    return asked


def test_a_repeated_question_of_a_program_is_searched_once(app, searches):
    first, again = (app.test_client().get(SEARCH) for _ in range(2))
    assert (again.status_code, again.data) == (200, first.data)
    assert dict(again.headers) == dict(first.headers)
    assert len(searches) == 1


def test_each_way_of_packing_is_kept_apart(app, searches):
    client = app.test_client()
    for packing in ("br", "gzip", "identity"):
        for _ in range(2):
            response = client.get(SEARCH, headers={"Accept-Encoding": packing})
            sent = response.headers.get("Content-Encoding", "identity")
            assert (sent, response.headers["Vary"]) == (packing, "Accept-Encoding")


def test_who_has_the_answer_gets_no_body(app, searches):
    client = app.test_client()
    etag = client.get(SEARCH).headers["ETag"]
    again = client.get(SEARCH, headers={"If-None-Match": etag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert again.headers["Cache-Control"] == "no-cache"
    assert client.get(SEARCH + "&limit=1", headers={"If-None-Match": etag}).status_code == 200


def test_a_page_is_kept_by_the_browser_of_its_reader_only(app, searches):
    reader, other = app.test_client(), app.test_client()
    reader.get(PAGE)  # The session begins, and with it the token of the forms.
    page = reader.get(PAGE)
    assert page.headers["Cache-Control"] == "private, no-cache"
    same = {"If-None-Match": page.headers["ETag"]}
    before = len(searches)
    assert reader.get(PAGE, headers=same).status_code == 304
    assert len(searches) == before
    # What another reader is shown has another token in its forms.
    assert other.get(PAGE, headers=same).status_code == 200
    assert other.get(PAGE, headers=same).status_code == 200
    reader.get("/language/en")
    assert reader.get(PAGE, headers=same).status_code == 200


def test_a_page_that_begins_a_session_is_not_sent_again(app):
    first = app.test_client().get(PAGE)
    assert "session=" in first.headers["Set-Cookie"]
    assert "ETag" not in first.headers


@pytest.mark.parametrize("is_first", [True, False])
def test_a_reader_who_lost_the_session_gets_a_token_that_counts(app, is_first):
    reader, later = app.test_client(), app.test_client()
    page = reader.get(PAGE)
    if not is_first:
        page = reader.get(PAGE)
    page = later.get(PAGE, headers={"If-None-Match": page.headers.get("ETag", "")})
    assert page.status_code == 200
    values = {
        name: page.text.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("csrf_token", "item")
    }
    assert later.post("/pack/items", data=values).status_code in (302, 303)


def test_what_is_said_once_is_said_by_the_next_page(app):
    reader = app.test_client()
    reader.get(PAGE)
    with reader.session_transaction() as session:
        session["_flashes"] = [("message", "Đã thêm vào hồ sơ.")]
    page = reader.get(PAGE)
    assert ("Đã thêm vào hồ sơ." in page.text, "ETag" in page.headers) == (True, False)
    with reader.session_transaction() as session:
        assert "_flashes" not in session
    again = reader.get(PAGE)
    assert "Đã thêm vào hồ sơ." not in again.text
    assert again.headers["ETag"]


@pytest.mark.parametrize("path", [SEARCH, PAGE])
def test_a_304_depends_on_the_same_headers_as_the_answer(app, path):
    client = app.test_client()
    client.get(PAGE)
    whole = client.get(path)
    short = client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (short.status_code, short.headers["Vary"]) == (304, whole.headers["Vary"])


def test_a_star_says_nothing_of_what_is_not_there(app):
    client, star = app.test_client(), {"If-None-Match": "*"}
    client.get(PAGE)
    assert client.get("/api/v1/documents/khong-co", headers=star).status_code == 404
    assert client.get("/documents/khong-co", headers=star).status_code == 404
    assert client.get("/api/v1/search?q=", headers=star).status_code == 400
    assert client.get(SEARCH, headers=star).status_code == 200


def test_a_page_changes_with_the_pack_of_its_reader(app):
    app.config["WTF_CSRF_ENABLED"] = False
    reader = app.test_client()
    reader.get(PAGE)
    page = reader.get(PAGE)
    code = page.text.partition('name="item" value="')[2].partition('"')[0]
    assert reader.post("/pack/items", data={"item": code}).status_code in (302, 303)
    again = reader.get(PAGE, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 200


def test_a_new_report_is_found_at_once(sample_settings, tmp_path):
    settings = replace(sample_settings, data=tmp_path / "data")
    report = tmp_path / "a.txt"
    etag = ""
    for share in (2, 3):
        report.write_text(REPORT.format(share=share), encoding="utf-8")
        build_index([report], settings)
        if share == 2:
            library = open_library(settings)
            client = create_app(settings, library).test_client()
        response = client.get(SEARCH, headers={"If-None-Match": etag})
        assert f"còn {share}%" in response.text
        etag = response.headers["ETag"]
    with closing(library):
        assert client.get(SEARCH, headers={"If-None-Match": etag}).status_code == 304


def test_errors_files_and_changes_are_not_kept(app):
    client = app.test_client()
    assert "ETag" not in client.get("/api/v1/search?q=").headers
    assert "ETag" not in client.get("/pack").headers
    suggested = client.get("/api/v1/suggest?q=hộ").headers
    assert ("ETag" in suggested, suggested["Cache-Control"]) == (False, "max-age=60")
    hosts = {
        client.get("/api/v1/facts?format=csv", base_url=f"http://{host}/").headers["ETag"]
        for host in ("a.example", "b.example")
    }
    assert len(hosts) == 2


def test_nothing_is_kept_while_an_index_is_being_written(app, searches, monkeypatch):
    monkeypatch.setattr(freshness, "_UNSETTLED_NS", 10**18)
    client = app.test_client()
    assert "ETag" not in client.get(SEARCH).headers
    client.get(SEARCH)
    assert len(searches) == 2
    monkeypatch.setattr(freshness, "_UNSETTLED_NS", 0)
    assert client.get(SEARCH).headers["ETag"]


def test_tiny_answers_are_not_compressed(app):
    packed = {"Accept-Encoding": "br, gzip"}
    client = app.test_client()
    assert "Content-Encoding" not in client.get("/healthz", headers=packed).headers
    assert client.get(SEARCH, headers=packed).headers["Content-Encoding"] == "br"
