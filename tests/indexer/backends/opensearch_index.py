"""Backends on a real cluster, each below an alias of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from indexer.backends.array_file import write_arrays
from indexer.backends.inverting import invert
from indexer.backends.opensearch_access import Access
from indexer.backends.opensearch_backend import OpenSearchBackend
from indexer.backends.opensearch_lease import SECONDS
from tests.factories.entries import entry

_numbers = count(1)


def new_alias() -> str:
    """Return a name that no other test of this run uses."""
    return f"test-{next(_numbers)}"


def backend_of(
    urls: Sequence[str],
    alias: str,
    *,
    shards: int = 1,
    seconds: int = 10,
    replicas: int = 1,
    lease_seconds: float = SECONDS,
) -> OpenSearchBackend:
    """Return a backend of nodes that are running."""
    return OpenSearchBackend(
        Access(tuple(urls), seconds, ca=""),
        alias,
        shards=shards,
        replicas=replicas,
        lease_seconds=lease_seconds,
    )


def report(folder: Path, document_id: str, text: str = "hộ nghèo", passages: int = 3) -> Path:
    """Return a file of the inverted passages `<document_id>:p0`, and so on, of one report."""
    path = folder / document_id
    numbers = range(passages)
    write_arrays(path, invert(entry(f"{document_id}:p{n}", f"{text} đoạn_{n}") for n in numbers))
    return path
