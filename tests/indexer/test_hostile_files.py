"""Folders as they lie on a disk: odd names, files that go away, links, full disks, huge files."""

from __future__ import annotations

import os
import subprocess
import time
import unicodedata
from pathlib import Path

import pytest

from indexer import originals
from indexer.build import build_index
from indexer.config import Settings, load_settings
from indexer.errors import DataFolderError, UnreadableFile
from indexer.readers.registry import read_file

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ {} giảm còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "tôm.txt").write_text(REPORT.format("tôm"), encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({}, data=tmp_path / "data")


def statuses(report) -> dict[str, str]:
    return {file.source: file.status for file in report.files}


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_names_in_every_unicode_form_are_read(folder, settings, form):
    name = unicodedata.normalize(form, "Báo cáo ﬁ số ① thị xã Gò Me.txt")
    (folder / name).write_text(REPORT.format("muối"), encoding="utf-8")
    assert statuses(build_index([folder], settings))[name] == "added"
    assert statuses(build_index([folder], settings))[name] == "unchanged"


def test_a_name_of_255_bytes_and_one_that_is_no_text_are_read(folder, settings):
    long = "ố" * 83 + "ab.txt"
    assert len(long.encode()) == 255
    (folder / long).write_text(REPORT.format("muối"), encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xe1o.txt")).write_text(
        REPORT.format("cá"), encoding="utf-8"
    )
    report = build_index([folder], settings)
    assert set(statuses(report).values()) == {"added"} and len(report.files) == 3


def test_a_file_that_disappears_while_it_is_read_is_named(folder, settings, monkeypatch):
    (folder / "đi.txt").write_text(REPORT.format("đi"), encoding="utf-8")
    real = originals.sha256_of

    def vanishing(path: Path) -> str:
        found = real(path)
        if path.name == "đi.txt":
            path.unlink()
        return found

    monkeypatch.setattr("indexer.build.sha256_of", vanishing)
    report = build_index([folder], settings)
    assert statuses(report) == {"tôm.txt": "added", "đi.txt": "failed"}
    assert "đi.txt" in next(file.error for file in report.files if file.error)


def test_a_file_without_permission_is_named(folder, settings):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (folder / "kín.txt").write_text(REPORT.format("kín"), encoding="utf-8")
    (folder / "kín.txt").chmod(0)
    report = build_index([folder], settings)
    assert statuses(report) == {"kín.txt": "failed", "tôm.txt": "added"}
    assert "không có quyền" in report.files[0].error


def test_a_link_out_of_the_folder_is_ignored_with_a_line(folder, settings, tmp_path):
    (tmp_path / "mật.txt").write_text(REPORT.format("mật"), encoding="utf-8")
    (folder / "liên kết.txt").symlink_to(tmp_path / "mật.txt")
    report = build_index([folder], settings)
    assert statuses(report) == {"tôm.txt": "added"}
    assert report.ignored == ("liên kết.txt (liên kết ra ngoài thư mục)",)


def test_a_huge_text_is_refused_before_it_is_read(folder):
    path = folder / "lớn.txt"
    path.write_text("Tôm\n", encoding="utf-8")
    os.truncate(path, 500 * 2**20)
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match="quá giới hạn"):
        read_file(path, 100 * 2**20)
    assert time.monotonic() - began < 1


def test_two_files_of_one_name_in_two_folders_are_two(folder, settings):
    for place in ("xa", "huyen"):
        (folder / place).mkdir()
        (folder / place / "bc.txt").write_text(REPORT.format(place), encoding="utf-8")
    report = build_index([folder], settings)
    assert statuses(report) == dict.fromkeys(("huyen/bc.txt", "tôm.txt", "xa/bc.txt"), "added")
    assert report.documents == 3


def test_a_full_disk_is_a_clear_error_and_nothing_is_half_stored(folder, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("a small disk cannot be mounted here")
    try:
        lines = "".join(f"Xã {number} có {number * 3} hộ.\n" for number in range(120_000))
        (folder / "lớn.txt").write_text(lines, encoding="utf-8")
        with pytest.raises(DataFolderError, match="đầy|lưu"):
            build_index([folder], load_settings({}, data=disk / "data"))
        kept = [path for path in (disk / "data" / "originals").rglob("*") if path.is_file()]
        assert all(path.name == originals.sha256_of(path) for path in kept)
    finally:
        subprocess.run(["umount", str(disk)], check=False)
