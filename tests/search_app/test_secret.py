"""The key of sessions: of the settings, or one a data folder, for its owner's eyes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from indexer.config import load_settings
from indexer.errors import ConfigError, DataFolderError
from search_app.secret import secret_key


def key_of(data: Path) -> str:
    return secret_key(load_settings({}, data=data))


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = key_of(tmp_path / "var")
    assert len(first) == 64
    assert key_of(tmp_path / "var") == first
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]


def test_two_folders_have_two_keys(tmp_path):
    assert key_of(tmp_path / "a") != key_of(tmp_path / "b")


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "var").write_text("", encoding="utf-8")
    with pytest.raises(DataFolderError, match="khóa ký"):
        key_of(tmp_path / "var")


def test_the_key_of_the_settings_goes_before_the_file_and_needs_none(tmp_path):
    key_of(tmp_path / "var")
    for data in (tmp_path / "var", tmp_path / "khác"):
        settings = load_settings({"VANKIEN_SECRET_KEY": "k" * 32}, data=data)
        assert secret_key(settings) == "k" * 32
    assert not (tmp_path / "khác").exists()


def test_a_key_that_can_be_guessed_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(ConfigError, match="31 ký tự") as found:
        secret_key(load_settings({"VANKIEN_SECRET_KEY": "ngắnngủi" * 3 + "bảychữ1"}, data=tmp_path))
    assert "ngắn" not in str(found.value)
