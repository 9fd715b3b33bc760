from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.errors import IndexMissing
from search_app.app import create_app, is_open_unnamed


@pytest.fixture(scope="module")
def client(sample_settings, sample_library):
    return create_app(sample_settings, sample_library).test_client()


def test_probes_answer(client):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json["passages"] > 0


def test_no_page_may_load_from_elsewhere_or_run_inline_script(client):
    for address in ("/", "/api/v1/documents", "/nothing"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_application_needs_an_index(sample_settings, tmp_path):
    with pytest.raises(IndexMissing):
        create_app(replace(sample_settings, data=tmp_path))


def test_a_body_that_is_too_large_is_refused(client):
    response = client.post("/search", data={"q": "a" * 2_000_000})
    assert response.status_code in (405, 413)


def test_pages_stay_with_their_reader_and_views_may_say_otherwise(client):
    assert client.get("/help").headers["Cache-Control"] == "private, no-cache"
    assert client.get("/pack").headers["Cache-Control"] == "no-store"
    assert "max-age" in client.get("/feed").headers["Cache-Control"]


def test_what_programs_follow_is_the_same_whoever_sits_before_them(sample_settings, sample_library):
    reader = create_app(sample_settings, sample_library).test_client()
    before = [reader.get(address).data for address in ("/feed", "/opensearch.xml")]
    reader.set_cookie("language", "en")
    assert [reader.get(address).data for address in ("/feed", "/opensearch.xml")] == before


def test_the_language_is_kept_in_a_secure_cookie_under_https(client, sample_settings):
    plain, secure = (
        client.get("/language/en", base_url=base).headers["Set-Cookie"]
        for base in ("http://localhost", "https://localhost")
    )
    client.delete_cookie("language")
    assert "Secure" not in plain and "Secure" in secure


def test_a_server_open_to_others_without_an_address_is_warned_of(sample_settings):
    assert not is_open_unnamed(sample_settings)
    opened = replace(sample_settings, host="0.0.0.0")
    assert is_open_unnamed(opened)
    assert not is_open_unnamed(replace(opened, public_url="https://thu-vien.example"))
