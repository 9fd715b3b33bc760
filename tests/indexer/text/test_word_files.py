"""The model of underthesea: known, kept, made anew, or left to underthesea itself."""

import marshal
import os
import stat

import pytest

from indexer.text import word_files
from indexer.text.word_files import StockSegmenter, load_segmenter, package_folder
from indexer.text.word_segmenter import WordSegmenter

needs_owners = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs owners of files")
SENTENCE = "Tỷ lệ hộ nghèo ở thị xã giảm"
WORDS = ["Tỷ lệ", "hộ", "nghèo", "ở", "thị xã", "giảm"]


def test_the_installed_model_is_known():
    assert isinstance(load_segmenter(), WordSegmenter)


def test_tables_are_made_once(tmp_path, monkeypatch):
    assert load_segmenter(tmp_path).words(SENTENCE) == WORDS
    (kept,) = tmp_path.iterdir()
    monkeypatch.setattr(word_files, "_make", lambda folder: pytest.fail("made again"))
    assert load_segmenter(tmp_path).words(SENTENCE) == WORDS
    assert list(tmp_path.iterdir()) == [kept]


@pytest.mark.parametrize("damage", [b"", b"damaged", None])
def test_damaged_tables_are_made_anew(tmp_path, damage):
    load_segmenter(tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert load_segmenter(tmp_path).words(SENTENCE) == WORDS
    assert kept.read_bytes() == whole


def test_without_a_folder_to_write_the_tables_are_made_in_memory(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder", "utf-8")
    assert load_segmenter(blocked / "cache").words(SENTENCE) == WORDS


def test_the_cache_folder_is_that_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_segmenter()
    assert [path.name for path in tmp_path.iterdir()] == ["vankien"]


def test_a_relative_cache_folder_counts_for_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    load_segmenter()
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert (tmp_path / "home/.cache/vankien").is_dir()


@needs_owners
def test_nobody_else_can_write_what_is_kept(tmp_path):
    before = os.umask(0o000)
    try:
        load_segmenter(tmp_path / "cache")
    finally:
        os.umask(before)
    (kept,) = (tmp_path / "cache").iterdir()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (kept.parent, kept)]
    assert modes == [0o700, 0o600]


@needs_owners
@pytest.mark.parametrize("mode", [0o620, 0o602, None])
def test_tables_that_another_may_have_written_are_not_read(tmp_path, monkeypatch, mode):
    load_segmenter(tmp_path)
    (kept,) = tmp_path.iterdir()
    read = []
    monkeypatch.setattr(word_files, "_read", lambda data: read.append(data))
    if mode is None:
        user = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    else:
        kept.chmod(mode)
    monkeypatch.setattr(word_files, "_make", lambda folder: b"anew")
    load_segmenter(tmp_path)
    assert read == [b"anew"]
    (kept,) = tmp_path.iterdir()
    assert (kept.read_bytes(), stat.S_IMODE(kept.stat().st_mode)) == (b"anew", 0o600)


def test_a_pattern_that_is_none_is_made_anew(tmp_path):
    load_segmenter(tmp_path)
    (kept,) = tmp_path.iterdir()
    _, tables = marshal.loads(kept.read_bytes())
    kept.write_bytes(marshal.dumps(("(", tables)))
    assert load_segmenter(tmp_path).words(SENTENCE) == WORDS


def test_what_killed_processes_left_is_removed(tmp_path):
    load_segmenter(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.rename(kept.with_suffix(".4711"))
    kept.with_suffix(".abc123").touch()
    (tmp_path / "words-another.marshal").touch()
    load_segmenter(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {kept.name, "words-another.marshal"}


def test_an_unknown_model_is_left_to_underthesea(monkeypatch):
    monkeypatch.setattr(word_files, "_KNOWN", "another")
    segmenter = load_segmenter()
    assert isinstance(segmenter, StockSegmenter)
    assert segmenter.words(SENTENCE) == WORDS


def test_a_missing_file_makes_the_model_unknown(monkeypatch):
    monkeypatch.setattr(word_files, "_FILES", ("no/such/file",))
    assert isinstance(load_segmenter(), StockSegmenter)


def test_underthesea_must_be_installed(monkeypatch):
    monkeypatch.setattr(word_files, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError):
        package_folder()
