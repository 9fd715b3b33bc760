"""What pages load has an address that changes with its content, and may be kept for ever."""

from __future__ import annotations

import re

from search_app.app import create_app
from search_app.assets import digest


def test_the_digest_changes_with_a_byte_a_name_and_a_file(tmp_path):
    (tmp_path / "css").mkdir()
    path = tmp_path / "css" / "a.css"
    path.write_text("a", encoding="utf-8")
    first = digest(tmp_path)
    path.write_text("b", encoding="utf-8")
    second = digest(tmp_path)
    path.rename(path.with_name("b.css"))
    third = digest(tmp_path)
    (tmp_path / "c.css").touch()
    assert len({first, second, third, digest(tmp_path)}) == 4


def test_every_asset_of_a_page_is_found_and_kept(sample_settings, sample_library):
    client = create_app(sample_settings, sample_library).test_client()
    page = client.get("/").text
    addresses = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)
    assert addresses
    for address in addresses:
        with client.get(address) as answer:
            assert answer.status_code == 200, address
            assert "immutable" in answer.headers["Cache-Control"]
            assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_pages_and_assets_are_compressed(sample_settings, sample_library):
    client = create_app(sample_settings, sample_library).test_client()
    answer = client.get("/documents", headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "br"
