from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.backends.registry import open_backend
from indexer.config import load_settings
from indexer.errors import ConfigError
from tests.backend_contract import query, texts


def test_the_engine_keeps_its_index_below_the_data_folder(tmp_path: Path) -> None:
    backend = open_backend(load_settings({}, data=tmp_path))
    texts(backend, a="nước")
    assert backend.search(query("nước")).total == 1
    assert (tmp_path / "index" / "current.json").is_file()
    backend.close()


def test_opening_makes_no_folder(tmp_path: Path) -> None:
    backend = open_backend(load_settings({}, data=tmp_path / "var"))
    assert backend.meta() is None
    assert not (tmp_path / "var").exists()


def test_an_unknown_engine_is_named_with_those_that_exist() -> None:
    with pytest.raises(ConfigError, match="'lucene'.*VANKIEN_BACKEND.*whoosh"):
        open_backend(load_settings({"VANKIEN_BACKEND": "lucene"}))


def test_the_engine_is_imported_only_when_used() -> None:
    code = "import sys, indexer.backends.registry; sys.exit('whoosh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
