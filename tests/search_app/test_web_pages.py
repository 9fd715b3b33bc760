"""Pictures of pages, and recognised text marked as such wherever it is cited."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from indexer.build import build_index
from indexer.catalogue import Catalogue
from indexer.config import load_settings
from indexer.errors import NotFound
from indexer.models import RawDocument, RawPage
from indexer.originals import sha256_of
from indexer.originals_opening import open_originals
from indexer.readers.page_pictures import page_picture
from indexer.readers.text_reader import TextReader
from search_app.app import create_app
from search_app.cite import cite
from search_app.opening import open_library
from search_app.serialise import ocr_json
from search_app.terminal_ingestion import report_lines
from tests.factories.documents import make_document
from tests.search_app.pages import page


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
    open_originals(sample_settings).keep(image, sha256)
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


def test_a_recognised_report_says_so_at_its_top_and_beside_its_values(tmp_path, monkeypatch):
    folder = tmp_path / "reports"
    folder.mkdir()
    text = "I- KẾT QUẢ\nTỷ lệ hộ nghèo cuối năm 2019 còn 2,5%.\n"
    (folder / "quét.txt").write_text(text, encoding="utf-8")
    read = TextReader.read

    def as_a_scan(self: TextReader, path: Path) -> RawDocument:
        raw = read(self, path)
        blocks = tuple(replace(block, page=1) for block in raw.blocks)
        return replace(raw, blocks=blocks, pages=(RawPage(1, ocr=True, confidence=89),))

    monkeypatch.setattr(TextReader, "read", as_a_scan)
    settings = load_settings({}, data=tmp_path / "data")
    report = build_index([folder], settings)
    told = "\n".join(report_lines(report))
    assert "quét.txt: định dạng text" in told or "quét.txt: định dạng txt" in told
    assert "1 trang nhận dạng từ ảnh, độ tin cậy 89 %" in told
    with closing(open_library(settings)) as library:
        client = create_app(settings, library).test_client()
        (document,) = library.catalogue.documents()
        shown = page(client, f"/documents/{document.id}")
        top = shown[: shown.index('class="body"')]
        assert "Chữ được máy nhận dạng từ ảnh, độ tin cậy 89 %: hãy đối chiếu với ảnh" in top
        assert f'href="/documents/{document.id}/pages/1.png"' in top
        slug = library.catalogue.indicators()[0].slug
        remark = "nhận dạng từ ảnh, độ tin cậy 89 %</span>"
        assert remark in page(client, f"/indicators/{slug}")
        answer = page(client, "/search", q="Tỷ lệ hộ nghèo năm 2019 là bao nhiêu?")
        assert remark in answer[answer.index('class="answer-rows"') : answer.index('id="doan"')]
