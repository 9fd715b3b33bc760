"""What every search engine must offer. See `tests/backend_contract.py` for what it must keep."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from indexer.models import Entry, Hits, IndexMeta, Query


class Writer(Protocol):
    """A batch of changes: all of it becomes searchable at once, or nothing does."""

    def add(self, entry: Entry) -> None:
        """Store one passage. Adding an id again after deleting its document replaces it."""

    def delete_document(self, document_id: str) -> None:
        """Remove every passage of a document; an unknown id is no error."""


class Backend(Protocol):
    """A searchable store of entries."""

    def meta(self) -> IndexMeta | None:
        """Return the rules the index was built with, or None when there is no index."""

    def write(self, meta: IndexMeta, *, fresh: bool = False) -> AbstractContextManager[Writer]:
        """Return a batch that commits when its block ends and is discarded on an exception.

        With `fresh` the batch starts from an empty index that replaces the present one at the
        commit; until then, and after a failure, searches see the present one.

        Raises IndexLocked when another process writes.
        """

    def search(self, query: Query) -> Hits:
        """Return one page of hits and the facets of all of them, from the newest commit.

        Order: passages with every group first, then by score, then by passage id.
        Raises IndexMissing when there is no index.
        """

    def document_ids(self) -> frozenset[str]:
        """Return the ids of the documents that can be found now; empty without an index."""

    def count(self) -> int:
        """Return how many passages can be found now; 0 without an index."""

    def close(self) -> None:
        """Release files and connections. A closed backend is not used again."""
