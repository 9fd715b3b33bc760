"""Which reader reads a file, and what is said when none does."""

import pytest

from indexer.errors import UnreadableFile, UnsupportedFormat
from indexer.readers.registry import find_reader, known_suffixes, read_file


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


def test_an_unknown_format_names_those_that_can_be_read(tmp_path):
    path = tmp_path / "a.xyz"
    path.write_text("Tôm", encoding="utf-8")
    with pytest.raises(UnsupportedFormat) as caught:
        find_reader(path, 100, path.name)
    assert all(suffix in caught.value.hint for suffix in known_suffixes())


def test_an_error_calls_a_kept_copy_by_its_own_name(tmp_path):
    path = tmp_path / "0123abcd.txt"
    path.write_bytes(b"\xd0\xe1\xff")
    with pytest.raises(UnreadableFile, match=r"`xa/bao-cao\.txt`"):
        read_file(path, 100, "xa/bao-cao.txt")
