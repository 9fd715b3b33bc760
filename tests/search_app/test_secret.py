"""The key of sessions: one a data folder, for its owner's eyes."""

from __future__ import annotations

import stat

import pytest

from indexer.errors import DataFolderError
from search_app.secret import secret_key


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = secret_key(tmp_path / "var")
    assert len(first) == 64
    assert secret_key(tmp_path / "var") == first
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]


def test_two_folders_have_two_keys(tmp_path):
    assert secret_key(tmp_path / "a") != secret_key(tmp_path / "b")


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "var").write_text("", encoding="utf-8")
    with pytest.raises(DataFolderError, match="khóa ký"):
        secret_key(tmp_path / "var")
