"""The manifest of a folder of reports."""

import pytest

from indexer.errors import UnreadableFile
from indexer.manifest import MANIFEST, read_manifest


def test_a_folder_without_manifest_knows_nothing(tmp_path):
    assert read_manifest(tmp_path) == {}


def test_every_value_is_text_and_dates_are_iso(tmp_path):
    text = '[[report]]\nfile = "a.txt"\nplace = "xã Gò Me"\nfootnotes = 3\ndate = 2015-08-07\n'
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    wanted = {"file": "a.txt", "place": "xã Gò Me", "footnotes": "3", "date": "2015-08-07"}
    assert read_manifest(tmp_path) == {"a.txt": wanted}


@pytest.mark.parametrize(
    "text",
    ["[[report", "report = 5", '[report]\nfile = "a"', '[[report]]\nplace = "b"', 'a = "\xff'],
)
def test_a_broken_manifest_is_a_clear_error(tmp_path, text):
    (tmp_path / MANIFEST).write_bytes(text.encode("latin-1"))
    with pytest.raises(UnreadableFile, match=MANIFEST) as caught:
        read_manifest(tmp_path)
    assert caught.value.hint
