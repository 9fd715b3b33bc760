"""Every page of the menus is there, and a page says where the reader is."""

from __future__ import annotations

from flask import url_for

from search_app.app import create_app


def test_every_page_of_the_menus_opens(sample_settings, sample_library):
    app = create_app(sample_settings, sample_library)
    with app.test_request_context():
        addresses = [
            url_for(place.endpoint)
            for name in ("menu", "foot")
            for place in app.jinja_env.globals[name]
        ]
    assert "/documents" in addresses
    for address in addresses:
        assert app.test_client().get(address).status_code == 200, address


def test_the_page_that_is_open_is_marked(sample_settings, sample_library):
    page = create_app(sample_settings, sample_library).test_client().get("/documents").text
    assert '<a href="/documents" aria-current="page">' in page
