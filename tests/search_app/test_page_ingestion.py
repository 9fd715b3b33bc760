"""The page of how the files were read: every file listed once, the totals add up."""

from __future__ import annotations

import zipfile
from contextlib import closing

import pytest

from indexer.build import build_index, forget
from indexer.config import load_settings
from indexer.reports import Samples
from search_app.app import create_app
from search_app.opening import open_library
from search_app.page_ingestion import ingestion
from search_app.terminal_ingestion import report_lines

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
    assert names == ["chép.txt", "cũ.zip/2015/b.html", "tôm.txt", "trống.txt", "lạ.xyz"]


def test_the_files_of_one_kind_can_be_shown_alone(library):
    found = ingestion(library, 1, "failed")
    assert [file.name for file in found.files] == ["trống.txt"]
    assert {(each.status, each.count) for each in found.choices} == {
        ("read", 3),
        ("failed", 1),
        ("unsupported", 1),
    }
    assert ingestion(library, 1, "lạ").chosen == ""
    client = create_app(library.settings, library).test_client()
    page = client.get("/ingestion?status=unsupported").get_data(as_text=True)
    assert "lạ.xyz" in page and "trống.txt" not in page
    assert 'href="/ingestion?status=failed"' in page


def test_names_are_in_vietnamese_order(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("Đê", "Dừa", "Ghe", "Ân"):
        (folder / f"{name}.txt").write_text(REPORT.format(name), encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "data")
    build_index([folder], settings)
    with closing(open_library(settings)) as library:
        names = [file.name for file in ingestion(library, 1).files]
    assert names == ["Ân.txt", "Dừa.txt", "Đê.txt", "Ghe.txt"]


def test_a_locked_archive_is_not_said_to_be_opened(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "tôm.txt").write_text(REPORT.format("tôm"), encoding="utf-8")
    package = folder / "khóa.zip"
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("a.txt", REPORT.format("cá"))
    # The flag of a file that is encrypted, in its own head and in the list at the end.
    content = bytearray(package.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    package.write_bytes(content)
    settings = load_settings({}, data=tmp_path / "data")
    for _ in range(2):
        report = build_index([folder], settings)
        assert report.archives == () and report.count("failed") == 1
    assert "đã mở" not in "\n".join(report_lines(report))
    with closing(open_library(settings)) as library:
        totals = ingestion(library, 1).totals
    assert (totals.archives, totals.failed, totals.read) == (0, 1, 1)


def test_the_number_of_reports_is_explained(library):
    totals = ingestion(library, 1).totals
    assert (totals.reports, totals.kept) == (2, 0)
    client = create_app(library.settings, library).test_client()
    page = " ".join(client.get("/ingestion").get_data(as_text=True).split())
    assert "<b>2</b> báo cáo trong thư viện = 3 tệp đã đọc − 1 tệp trùng nội dung." in page


def test_sample_reports_beside_others_are_told(tmp_path, sample_paths):
    folder, samples = tmp_path / "reports", tmp_path / "corpus"
    folder.mkdir()
    samples.mkdir()
    (folder / "tôm.txt").write_text(REPORT.format("tôm"), encoding="utf-8")
    one = next(path for name, path in sample_paths.items() if name.endswith(".txt"))
    for path in (one, one.with_name("manifest.toml")):
        (samples / path.name).write_bytes(path.read_bytes())
    settings = load_settings({}, data=tmp_path / "data")
    assert build_index([samples], settings).samples is None
    left = build_index([folder], settings).samples
    assert left == Samples(1, (str(samples),))
    with closing(open_library(settings)) as library:
        assert ingestion(library, 1).samples.startswith("1 báo cáo mẫu vẫn còn trong thư viện")
    (samples / "của tôi.txt").write_text(REPORT.format("muối"), encoding="utf-8")
    assert build_index([samples], settings).samples == Samples(1, (str(samples / one.name),))
    forget([samples / one.name], settings)
    assert build_index([folder], settings).samples is None


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


def test_kinds_that_no_file_is_of_are_left_out_of_the_sum(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "tôm.txt").write_text(REPORT.format("tôm"), encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "data")
    build_index([folder], settings)
    with closing(open_library(settings)) as library:
        client = create_app(settings, library).test_client()
        page = " ".join(client.get("/ingestion").get_data(as_text=True).split())
    assert "<b>1</b> tệp = 1 đã đọc." in page


def test_a_note_of_unknown_place_leads_to_itself(tmp_path):
    lost = "I- KẾT QUẢ\nLúa được mùa[footnoteRef:1].\n[1: Năm tấn.]\n[1: Xã An Mây sáu tấn.]\n"
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "lúa.txt").write_text(lost, encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "data")
    build_index([folder], settings)
    with closing(open_library(settings)) as library:
        (file,) = ingestion(library, 1).files
        note = file.unresolved[-1]
        client = create_app(settings, library).test_client()
        page = client.get("/ingestion").get_data(as_text=True)
        report = client.get(f"/documents/{file.document_id}").get_data(as_text=True)
    assert f'href="/documents/{file.document_id}#{note.fragment}"' in page
    assert f'id="{note.fragment}"' in report
    assert "An Mây" in note.body
