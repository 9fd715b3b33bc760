"""A run over archives, twins and versions: what is read, what is told, what is not done twice."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from indexer import build, opened, workers
from indexer.build import build_index, forget
from indexer.catalogue import Catalogue
from indexer.config import Settings, load_settings
from indexer.models import Document
from indexer.reports import IndexReport
from tests.factories.docx import DocxBuilder

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ {} giảm còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    _zip(folder, {"2015/lúa.txt": REPORT.format("lúa"), "tôm.txt": REPORT.format("tôm")})
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({}, data=tmp_path / "data")


def _zip(folder: Path, files: dict[str, str]) -> None:
    with zipfile.ZipFile(folder / "báo cáo.zip", "w") as package:
        for name, content in files.items():
            package.writestr(name, content)


def statuses(report: IndexReport) -> dict[str, str]:
    return {file.source: file.status for file in report.files}


def paths(settings: Settings) -> list[str]:
    with Catalogue(settings.database) as catalogue:
        return [
            Path(source.path).as_posix().rpartition("reports/")[2] for source in catalogue.sources()
        ]


def documents(settings: Settings) -> list[Document]:
    with Catalogue(settings.database) as catalogue:
        return [catalogue.document(summary.id) for summary in catalogue.documents()]


def test_files_in_an_archive_are_read_like_files(folder, settings):
    report = build_index([folder], settings)
    assert statuses(report) == {"báo cáo.zip/2015/lúa.txt": "added", "báo cáo.zip/tôm.txt": "added"}
    assert report.archives == (("báo cáo.zip", 2),)
    assert paths(settings) == ["báo cáo.zip", "báo cáo.zip!/2015/lúa.txt", "báo cáo.zip!/tôm.txt"]


def test_an_unchanged_archive_is_not_opened_again(folder, settings, monkeypatch):
    build_index([folder], settings)
    monkeypatch.setattr(opened, "unpack", lambda *_: pytest.fail("opened again"))
    assert set(statuses(build_index([folder], settings)).values()) == {"unchanged"}


def test_what_left_an_archive_is_removed_and_what_came_is_read(folder, settings):
    build_index([folder], settings)
    _zip(folder, {"tôm.txt": REPORT.format("tôm"), "cá.txt": REPORT.format("cá")})
    assert statuses(build_index([folder], settings)) == {
        "báo cáo.zip/2015/lúa.txt": "removed",
        "báo cáo.zip/tôm.txt": "unchanged",
        "báo cáo.zip/cá.txt": "added",
    }


def test_a_broken_archive_keeps_what_was_read_of_it(folder, settings):
    build_index([folder], settings)
    (folder / "báo cáo.zip").write_bytes(b"PK\x03\x04 half copied")
    report = build_index([folder], settings)
    assert statuses(report) == {"báo cáo.zip": "failed"}
    assert report.documents == 2


def test_an_archive_is_read_again_from_its_originals(folder, settings):
    build_index([folder], settings)
    (folder / "báo cáo.zip").unlink()
    report = build_index([], settings, rebuild=True)
    assert report.documents == 2 and report.problems == 0


@pytest.mark.parametrize("what", ["", "báo cáo.zip"])
def test_an_archive_can_be_forgotten(folder, settings, what):
    build_index([folder], settings)
    assert "báo cáo.zip/tôm.txt" in forget([folder / what], settings)
    assert paths(settings) == []


def test_a_file_that_failed_in_an_unchanged_archive_fails_again(folder, settings):
    _zip(folder, {"trống.txt": "", "tôm.txt": REPORT.format("tôm")})
    first, second = build_index([folder], settings), build_index([folder], settings)
    assert statuses(first)["báo cáo.zip/trống.txt"] == statuses(second)["báo cáo.zip/trống.txt"]
    assert [file.error for file in first.files] == [file.error for file in second.files]


def test_files_of_the_same_bytes_are_one_document_and_told_so(folder, settings):
    (folder / "chép.txt").write_text(REPORT.format("tôm"), encoding="utf-8")
    report = build_index([folder], settings)
    assert report.documents == 2
    assert {file.source: file.same_as for file in report.files} == {
        "báo cáo.zip/2015/lúa.txt": "",
        "báo cáo.zip/tôm.txt": "chép.txt",
        "chép.txt": "báo cáo.zip/tôm.txt",
    }


def test_a_later_draft_is_told_as_a_version(tmp_path, settings):
    text = "\n".join(f"Chỉ tiêu thứ {n} đạt {n * 7} tấn, bằng {n + 50}%." for n in range(60))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.replace("70 tấn", "71 tấn"), encoding="utf-8")
    for _ in range(2):
        (version,) = build_index([tmp_path / "a.txt", tmp_path / "b.txt"], settings).versions
        assert version.comparison.count == 1
        assert {version.source, version.other} == {"a.txt", "b.txt"}


def test_every_file_seen_is_counted_once(folder, settings):
    (folder / "x.xyz").write_bytes(b"?")
    (folder / "trống.txt").touch()
    report = build_index([folder], settings)
    assert report.seen == 4
    assert (report.count("added"), report.count("failed"), report.count("unsupported")) == (2, 1, 1)


def test_a_manifest_in_an_archive_is_honoured(tmp_path, settings):
    about = '[[report]]\nfile = "{}"\nplace = "xã {}"\nterm = "2015-2020"\n'
    files = {
        "manifest.toml": about.format("lúa.txt", "Gò Me"),
        "lúa.txt": REPORT.format("lúa"),
        "sâu/manifest.toml": about.format("tôm.txt", "Vàm Say"),
        "sâu/tôm.txt": REPORT.format("tôm"),
    }
    _zip(tmp_path, files)
    build_index([tmp_path / "báo cáo.zip"], settings)
    places = {
        document.source.rpartition("/")[2]: document.metadata.place
        for document in documents(settings)
    }
    assert places == {"lúa.txt": "xã Gò Me", "tôm.txt": "xã Vàm Say"}


def test_a_broken_manifest_in_an_archive_is_named(folder, settings):
    _zip(folder, {"manifest.toml": "[[report", "tôm.txt": REPORT.format("tôm")})
    (file,) = build_index([folder], settings).files
    assert file.status == "failed"
    assert "manifest.toml" in file.error


def test_an_archive_is_opened_again_when_files_are_read_in_another_way(
    folder, settings, monkeypatch
):
    _zip(folder, {"manifest.toml": '[[report]]\nfile = "t.txt"\nplace = "xã A"\n', "t.txt": "Tôm."})
    build_index([folder], settings)
    monkeypatch.setattr(build, "READING_VERSION", 10_000)
    build_index([folder], settings)
    (document,) = documents(settings)
    assert document.metadata.place == "xã A"


def test_a_tar_is_read_like_a_zip(folder, settings):
    with tarfile.open(folder / "cũ.tar.gz", "w:gz") as package:
        content = REPORT.format("cá").encode()
        member = tarfile.TarInfo("2010/cá.txt")
        member.size = len(content)
        package.addfile(member, io.BytesIO(content))
    report = build_index([folder], settings)
    assert statuses(report)["cũ.tar.gz/2010/cá.txt"] == "added"
    assert ("cũ.tar.gz", 1) in report.archives
    assert set(statuses(build_index([folder], settings)).values()) == {"unchanged"}


def test_identical_new_files_are_read_once(tmp_path, settings, monkeypatch):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.TXT"):
        (folder / name).write_text(REPORT.format("tôm"), encoding="utf-8")
    for name in ("x.docx", "y.docx"):
        (folder / name).write_bytes(b"PK\x03\x04 half a file")
    read: list[str] = []
    real = workers.read_all

    def remembered(tasks, options, crew):
        read.extend(task.name for task in tasks)
        return real(tasks, options, crew)

    monkeypatch.setattr(workers, "read_all", remembered)
    report = build_index([folder], settings)
    assert sorted(read) == ["a.txt", "x.docx"]
    assert (report.documents, report.duplicates) == (1, 2)
    errors = {file.source: file.error for file in report.files if file.error}
    assert "`x.docx`" in errors["x.docx"]
    assert "`y.docx`" in errors["y.docx"]


def test_the_totals_of_a_mixed_folder_add_up(folder, settings):
    (folder / "chép.txt").write_text(REPORT.format("tôm"), encoding="utf-8")
    (folder / "trống.txt").touch()
    (folder / "lạ.xyz").write_bytes(b"?")
    (folder / "cũ.rar").write_bytes(b"Rar!\x1a\x07\x01\x00")
    (folder / "khác.zip").write_bytes(b"7z\xbc\xaf\x27\x1c")
    (folder / "hỏng.zip").write_bytes(b"PK\x03\x04")
    (folder / ".ẩn.txt").touch()
    for counts in ((3, 0), (0, 3)):
        report = build_index([folder], settings)
        read = (report.count("added", "changed"), report.count("unchanged"))
        assert read == counts
        assert report.count("unsupported") == 3
        assert report.count("failed") == 2
        assert report.seen == len(report.files) == sum(counts) + 5
        assert report.duplicates == 1
        assert report.ignored == (".ẩn.txt",)
    errors = {file.source: file.error for file in report.files}
    assert "giải nén tệp này trước" in errors["cũ.rar"]
    assert "giải nén tệp này trước" in errors["khác.zip"]


def test_a_report_named_as_an_archive_is_read_as_what_it_is(tmp_path, settings):
    report = DocxBuilder().paragraph("Tỷ lệ hộ nghèo còn 2%[[Còn 128 hộ]].").to_bytes()
    path = tmp_path / "bc.zip"
    path.write_bytes(report)
    (file,) = build_index([path], settings).files
    assert (file.status, file.document.format) == ("added", "docx")
    path.unlink()
    (again,) = build_index([], settings, rebuild=True).files
    assert again.document is not None and again.document.format == "docx"


def test_a_document_is_named_after_the_plainest_of_its_files(folder, settings):
    build_index([folder], settings)
    (folder / "z").mkdir()
    for name in ("z/tôm.txt", "tôm rất ngon.txt"):
        (folder / name).write_text(REPORT.format("tôm"), encoding="utf-8")
    for _ in range(2):
        build_index([folder], settings)
        assert {each.source for each in documents(settings)} == {
            "báo cáo.zip/2015/lúa.txt",
            "tôm rất ngon.txt",
        }
    (folder / "tôm rất ngon.txt").unlink()
    build_index([folder], settings)
    assert "z/tôm.txt" in {each.source for each in documents(settings)}
