"""Which files of the given paths are reports."""

import os
from pathlib import Path

import pytest

from indexer.errors import NothingToIndex
from indexer.scan import scan


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.txt",
        "a.txt",
        "xa/c.docx",
        ".hidden",
        "~$a.docx",
        "README.md",
        "manifest.toml",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Tôm", encoding="utf-8")
    return tmp_path


def names(found):
    return [file.name for file in found.files]


def test_the_reports_of_a_folder_are_found_in_order(folder):
    found = scan([folder])
    assert names(found) == ["a.txt", "b.txt", "xa/c.docx"]
    assert sorted(found.ignored) == [".hidden", "README.md", "manifest.toml", "~$a.docx"]


def test_a_file_given_twice_in_any_spelling_is_found_once(folder):
    assert names(scan([folder / "a.txt", folder / "xa" / ".." / "a.txt"])) == ["a.txt"]
    assert len(scan([folder, folder / "xa", folder / "a.txt"]).files) == 3


def test_a_path_that_is_not_there_is_an_error(folder):
    with pytest.raises(NothingToIndex, match="mất"):
        scan([folder / "mất.txt"])


def test_a_pipe_is_no_report(folder):
    os.mkfifo(folder / "d.txt")
    assert "d.txt (không phải tệp thường)" in scan([folder]).ignored


def test_a_link_out_of_the_folder_is_no_report(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "e.txt"
    outside.write_text("Cá", encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    (folder / "inner.txt").symlink_to(folder / "a.txt")
    found = scan([folder])
    assert "link.txt (liên kết ra ngoài thư mục)" in found.ignored and "inner.txt" in names(found)


def test_a_scan_covers_what_lies_below_its_paths(folder):
    found = scan([folder])
    assert found.covers(folder / "gone.txt") and not found.covers(Path("/elsewhere/a.txt"))


def test_what_is_never_a_report_is_passed_over_with_the_reason(folder):
    for name in ("Thumbs.db", "xa/desktop.ini", ".DS_Store", "họp.MP3", "lễ.mp4", "cài.exe"):
        (folder / name).write_bytes(b"?")
    found = scan([folder])
    assert names(found) == ["a.txt", "b.txt", "xa/c.docx"]
    assert {name for name in found.ignored if "(" in name} == {
        "Thumbs.db (tệp của hệ điều hành)",
        "xa/desktop.ini (tệp của hệ điều hành)",
        ".DS_Store (tệp của hệ điều hành)",
        "họp.MP3 (tệp âm thanh)",
        "lễ.mp4 (phim)",
        "cài.exe (chương trình)",
    }
