from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.config import Settings, load_settings
from search_app.app import open_library
from search_app.search import Library

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder that holds the sample reports."""
    settings = load_settings({}, data=tmp_path_factory.mktemp("sample"))
    build_index([ROOT / "corpus"], settings)
    return settings


@pytest.fixture(scope="session")
def sample_library(sample_settings: Settings) -> Iterator[Library]:
    library = open_library(sample_settings)
    yield library
    library.close()


@pytest.fixture(scope="session")
def seed_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder that holds the real reports; skips without them."""
    if not SEED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("../shared/corpus is missing")
        pytest.skip("../shared/corpus is missing: the real reports are not part of the project")
    settings = load_settings({}, data=tmp_path_factory.mktemp("seed"))
    build_index([SEED], settings)
    return settings


@pytest.fixture(scope="session")
def seed_library(seed_settings: Settings) -> Iterator[Library]:
    library = open_library(seed_settings)
    yield library
    library.close()
