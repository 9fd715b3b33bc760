"""The reports that tests share: the real ones beside the repository, the samples in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.config import Settings, load_settings
from indexer.finish import finish
from indexer.indicators import load_indicators
from indexer.manifest import read_manifest
from indexer.models import Document
from indexer.originals import sha256_of
from indexer.readers.registry import read_file
from indexer.structure import build_document
from indexer.text.normalise import fold_characters
from search_app.opening import open_library
from search_app.search import Library

pytest_plugins = ("tests.cluster.fixtures", "tests.postgres")

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared"
SAMPLES = (
    "khe-voi-2015-2020.docx",
    "khe-voi-2020-2025.docx",
    "vam-say-2015-2020.txt",
    "vam-say-2020-2025.txt",
)
_MAX_BYTES = 50 * 2**20


def shared_files(folder: str, pattern: str = "*.txt") -> list[Path]:
    """Return files beside the repository; without them skip, or fail where they must be."""
    paths = sorted((SHARED / folder).glob(pattern))
    if not paths:
        message = f"{SHARED / folder} holds no {pattern}; the seed tests need it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return paths


def shared_lines(folder: str) -> list[str]:
    """Return the lines of all shared texts, folded as a reader folds them."""
    texts = (path.read_text(encoding="utf-8") for path in shared_files(folder))
    lines = (line for text in texts for line in text.splitlines())
    return [fold_characters(line.replace("_", " ")) for line in lines if line.strip()]


def read_document(path: Path, manifest: Mapping[str, str] | None = None) -> Document:
    """Return the document of a file as an indexing run would build it."""
    raw = read_file(path, _MAX_BYTES)
    document = build_document(raw, path.name, sha256_of(path))
    return finish(document, manifest or {}, load_indicators())


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def seed_reports() -> dict[str, Path]:
    """The real reports, by the number their name begins with."""
    return {path.name.partition("_")[0]: path for path in shared_files("corpus")}


@pytest.fixture(scope="session")
def sample_paths() -> dict[str, Path]:
    return {name: REPOSITORY / "corpus" / name for name in SAMPLES}


@pytest.fixture(scope="session")
def seed_documents(seed_reports: dict[str, Path]) -> dict[str, Document]:
    return {name: read_document(path) for name, path in seed_reports.items()}


@pytest.fixture(scope="session")
def sample_documents(sample_paths: dict[str, Path]) -> dict[str, Document]:
    manifest = read_manifest(REPOSITORY / "corpus")
    return {
        name: read_document(path, manifest.get(name, {})) for name, path in sample_paths.items()
    }


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data folder that holds the sample reports."""
    settings = load_settings({}, data=tmp_path_factory.mktemp("sample"))
    build_index([REPOSITORY / "corpus"], settings)
    return settings


@pytest.fixture(scope="session")
def sample_library(sample_settings: Settings) -> Iterator[Library]:
    library = open_library(sample_settings)
    yield library
    library.close()


@pytest.fixture(scope="session")
def seed_settings(
    seed_reports: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings of a data folder that holds the real reports."""
    settings = load_settings({}, data=tmp_path_factory.mktemp("seed"))
    build_index([next(iter(seed_reports.values())).parent], settings)
    return settings


@pytest.fixture(scope="session")
def seed_library(seed_settings: Settings) -> Iterator[Library]:
    library = open_library(seed_settings)
    yield library
    library.close()
