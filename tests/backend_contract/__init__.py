"""What every search engine must keep. A test class inherits it and supplies `backend`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from indexer.backends.base import Backend
from tests.backend_contract.growing import GrowingContract
from tests.backend_contract.helpers import (
    META,
    facet,
    group,
    ids,
    match,
    names,
    query,
    store,
    texts,
)
from tests.backend_contract.matching import MatchingContract
from tests.backend_contract.narrowing import NarrowingContract
from tests.backend_contract.scoring import ScoringContract
from tests.backend_contract.sharing import SharingContract
from tests.backend_contract.writing import WritingContract

__all__ = [
    "META",
    "BackendContract",
    "facet",
    "group",
    "ids",
    "match",
    "names",
    "query",
    "store",
    "texts",
]


class BackendContract(
    MatchingContract,
    ScoringContract,
    NarrowingContract,
    WritingContract,
    GrowingContract,
    SharingContract,
):
    """The tests; the fixture must give an engine without an index and close it afterwards."""

    @pytest.fixture
    def backend(self) -> Iterable[Backend]:
        raise NotImplementedError

    @pytest.fixture
    def another(self) -> Callable[[], Backend]:
        raise NotImplementedError
