"""A run over archives, twins and versions: what is read, what is told, what is not done twice."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from indexer import opened
from indexer.build import build_index, forget
from indexer.catalogue import Catalogue
from indexer.config import Settings, load_settings
from indexer.reports import IndexReport

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
    with Catalogue(settings.data) as catalogue:
        return [
            Path(source.path).as_posix().rpartition("reports/")[2] for source in catalogue.sources()
        ]


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
