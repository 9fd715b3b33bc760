"""Links in what leaves the server: under its public address wherever they stand."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from search_app.app import create_app
from search_app.web_outgoing import attachment, whole_address

PUBLIC = "https://thu-vien.example"


@pytest.fixture
def client(sample_settings, sample_library, monkeypatch):
    settings = replace(sample_settings, public_url=f"{PUBLIC}/")
    monkeypatch.setattr(sample_library, "settings", settings)
    return create_app(settings, sample_library).test_client()


def test_files_carry_the_public_address(client):
    first, second = (one["id"] for one in client.get("/api/v1/documents").json["documents"][:2])
    for address in (
        "/api/v1/facts?format=csv",
        "/api/v1/compare?indicator=tỷ lệ hộ nghèo&format=csv",
        f"/compare/figures.csv?left={first}&right={second}",
        "/search.csv?q=hộ nghèo",
    ):
        response = client.get(address)
        assert (
            response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
        )
        assert "http://localhost" not in response.text
        assert f"{PUBLIC}/documents/" in response.text or response.text.count("\n") <= 1


def test_without_a_public_address_the_one_that_was_asked_stands_in(sample_settings):
    from flask import Flask

    app = Flask(__name__)
    app.extensions["library"] = SimpleNamespace(settings=sample_settings)
    with app.test_request_context(base_url="http://may-chu:9000"):
        assert whole_address("/a") == "http://may-chu:9000/a"


def test_a_text_is_sent_as_utf_8():
    assert attachment("x", "application/json", "a.json").content_type.endswith("charset=utf-8")
