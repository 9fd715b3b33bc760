"""Pictures of pages, and recognised text marked as such wherever it is cited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from indexer.catalogue import Catalogue
from indexer.errors import NotFound
from indexer.models import RawPage
from indexer.originals import Originals, sha256_of
from indexer.readers.page_pictures import page_picture
from search_app.app import create_app
from search_app.cite import cite
from search_app.serialise import ocr_json
from tests.factories.documents import make_document


@pytest.fixture
def image(tmp_path) -> Path:
    path = tmp_path / "trang.png"
    Image.new("L", (1300, 1800), 200).save(path)
    return path


def test_text_from_an_image_is_cited_as_such():
    document = make_document()
    row = next(passage for passage in document.passages if passage.page)
    scanned = replace(document, pages=(RawPage(row.page, ocr=True, confidence=93),))
    assert cite(scanned, row) == f"{cite(document, row)} (nhận dạng từ ảnh, độ tin cậy 93 %)"
    assert ocr_json(scanned, row) == {"ocr": True, "confidence": 93}
    assert ocr_json(document, row) == {"ocr": False, "confidence": None}


def test_a_page_is_shown_and_remembered(image, sample_settings, sample_library, monkeypatch):
    sha256 = sha256_of(image)
    document = replace(make_document(), sha256=sha256)
    Originals(sample_settings.data).keep(image, sha256)
    monkeypatch.setattr(Catalogue, "document", lambda self, document_id: document)
    client = create_app(sample_settings, sample_library).test_client()
    shown = client.get(f"/documents/{document.id}/pages/1.png")
    assert shown.status_code == 200 and shown.mimetype == "image/png"
    assert shown.data == page_picture(image, 1)
    assert "private" in shown.headers["Cache-Control"]
    again = client.get(
        f"/documents/{document.id}/pages/1.png", headers={"If-None-Match": shown.headers["ETag"]}
    )
    assert again.status_code == 304 and not again.data
    assert client.get(f"/documents/{document.id}/pages/2.png").status_code == 404


def test_a_file_without_pages_has_no_pictures(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Không có trang.", encoding="utf-8")
    with pytest.raises(NotFound, match="không có ảnh trang"):
        page_picture(path, 1)
