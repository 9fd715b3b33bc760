"""An engine in files below a folder of its own."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.backends.whoosh_backend import WhooshBackend


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "index"


@pytest.fixture
def backend(folder: Path) -> Iterator[WhooshBackend]:
    backend = WhooshBackend(folder)
    yield backend
    backend.close()


@pytest.fixture
def damage() -> Iterator[None]:
    """Whoosh leaves files open that it could not make sense of: collect them here, unheard."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()
