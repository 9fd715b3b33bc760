"""What programs ask of any server."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search_app.app import create_app


@pytest.fixture(scope="module")
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


def test_robots_stay_out_of_packs_and_of_the_interface(client):
    text = client.get("/robots.txt").text.splitlines()
    assert text[0] == "User-agent: *"
    assert {"Disallow: /pack", "Disallow: /packs", "Disallow: /api/"} <= set(text)


def test_the_icon_is_found_where_old_browsers_look(client):
    with client.get("/favicon.ico", follow_redirects=True) as response:
        assert response.status_code == 200 and response.mimetype == "image/svg+xml"
