"""The page of how the files were read: every file listed once, the totals add up."""

from __future__ import annotations

import zipfile

import pytest

from indexer.build import build_index
from indexer.config import load_settings
from search_app.app import create_app, open_library
from search_app.page_ingestion import ingestion

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ {} giảm còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "tôm.txt").write_text(REPORT.format("tôm"), encoding="utf-8")
    (folder / "chép.txt").write_text(REPORT.format("tôm"), encoding="utf-8")
    (folder / "trống.txt").touch()
    (folder / "lạ.xyz").write_bytes(b"?")
    page = "<html><meta charset=utf-8><p style='font-family:.VnTime'>S¶n l\xadîng t«m t¨ng nhanh"
    with zipfile.ZipFile(folder / "cũ.zip", "w") as package:
        package.writestr("2015/b.html", page)
    settings = load_settings({}, data=tmp_path / "data")
    build_index([folder], settings)
    library = open_library(settings)
    yield library
    library.close()


def test_every_file_is_listed_and_the_totals_add_up(library):
    found = ingestion(library, 1)
    totals = found.totals
    assert (totals.seen, totals.read, totals.failed, totals.unsupported) == (5, 3, 1, 1)
    assert (totals.archives, totals.duplicates) == (1, 1)
    names = [file.name for file in found.files]
    assert names == ["lạ.xyz", "trống.txt", "chép.txt", "cũ.zip/2015/b.html", "tôm.txt"]


def test_a_file_tells_what_was_found_in_it(library):
    files = {file.name: file for file in ingestion(library, 1).files}
    assert "1 chú thích (1 theo dấu)" in files["tôm.txt"].counts
    assert files["tôm.txt"].counts[:2] == ("định dạng txt", "bảng mã utf-8")
    assert files["cũ.zip/2015/b.html"].counts[0] == "định dạng html"
    assert files["tôm.txt"].same_as == "chép.txt"
    assert files["cũ.zip/2015/b.html"].conversions[0].encoding == "TCVN3"
    assert "tệp trống" in files["trống.txt"].error


def test_the_page_shows_it_and_is_linked_from_every_page(library):
    client = create_app(library.settings, library).test_client()
    page = client.get("/ingestion?page=99").get_data(as_text=True)
    assert "<b>5</b> tệp = 3 đã đọc + 1 không đọc được + 1 chưa đọc được" in page
    assert "trong số đã đọc có 1 tệp trùng nội dung" in page
    assert "Sản lượng tôm tăng nhanh" in page
    assert 'href="/ingestion"' in client.get("/documents").get_data(as_text=True)
