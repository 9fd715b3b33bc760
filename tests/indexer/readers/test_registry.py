"""Which reader reads a file, and what is said when none does."""

import zipfile

import pytest

from indexer.errors import UnreadableFile, UnsupportedFormat
from indexer.readers.registry import find_reader, known_suffixes, read_file
from indexer.readers.ways_out import _BY_ENDING


def test_a_text_is_read(tmp_path):
    path = tmp_path / "a.TXT"
    path.write_text("Tôm", encoding="utf-8")
    assert read_file(path, 100).blocks[0].text == "Tôm"


@pytest.mark.parametrize(("name", "limit"), [("a.txt", 3), ("b.txt", 100)])
def test_a_file_too_large_or_missing_is_an_error(tmp_path, name, limit):
    (tmp_path / "a.txt").write_text("Tôm cá", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=name):
        read_file(tmp_path / name, limit)


def test_an_empty_file_is_an_error(tmp_path):
    (tmp_path / "a.txt").touch()
    with pytest.raises(UnreadableFile, match="tệp trống"):
        read_file(tmp_path / "a.txt", 100)


@pytest.mark.parametrize(
    ("ending", "way"),
    [
        (".ods", "lưu thành .xlsx"),
        (".xlsb", "lưu thành .xlsx"),
        (".key", "lưu thành .pdf"),
        (".pages", "lưu thành .docx"),
        (".rar", "giải nén tệp này trước"),
        (".xyz", "lưu tệp thành .docx"),
    ],
)
def test_an_unknown_format_says_the_way_out_for_its_kind(tmp_path, ending, way):
    path = tmp_path / f"a{ending}"
    path.write_text("Tôm", encoding="utf-8")
    with pytest.raises(UnsupportedFormat) as caught:
        find_reader(path, 100, path.name)
    assert way in caught.value.hint and len(caught.value.hint) < 120


def test_no_way_out_is_told_for_what_is_read():
    assert not any(ending in known_suffixes() for ending in _BY_ENDING)


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".odt", ".pdf"])
def test_an_archive_under_the_name_of_a_document_is_called_one(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xa/bc.txt", "Tôm")
    with pytest.raises(UnreadableFile, match=r"nội dung là tệp nén \.zip") as caught:
        read_file(path, 10**6)
    assert "thành .zip" in caught.value.hint


def test_an_error_calls_a_kept_copy_by_its_own_name(tmp_path):
    path = tmp_path / "0123abcd.txt"
    path.write_bytes(b"\xd0\xe1\xff")
    with pytest.raises(UnreadableFile, match=r"`xa/bao-cao\.txt`"):
        read_file(path, 100, "xa/bao-cao.txt")
