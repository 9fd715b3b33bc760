"""Backends on a real cluster, each below an alias of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from indexer.backends.opensearch_access import Access
from indexer.backends.opensearch_backend import OpenSearchBackend

_numbers = count(1)


def new_alias() -> str:
    """Return a name that no other test of this run uses."""
    return f"test-{next(_numbers)}"


def backend_of(
    urls: Sequence[str], alias: str, *, shards: int = 1, seconds: int = 10
) -> OpenSearchBackend:
    """Return a backend of nodes that are running."""
    return OpenSearchBackend(Access(tuple(urls), seconds, ca=""), alias, shards=shards)
