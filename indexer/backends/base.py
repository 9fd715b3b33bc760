"""What every search engine must offer. See `tests/backend_contract` for what it must keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from indexer.models import Entry, Field, Hits, IndexMeta, Query


class Writer(Protocol):
    """A batch of changes: all of it becomes searchable at once, or nothing does."""

    def add(self, entry: Entry) -> None:
        """Store one passage. Adding an id again after deleting its document replaces it.

        An id that is there already must be deleted first; nothing checks that it was.
        """

    def add_inverted(self, document_id: str, path: Path) -> None:
        """Store all passages of one document that were inverted before (see `inverting`)."""

    def delete_document(self, document_id: str) -> None:
        """Remove every passage of a document; an unknown id is no error.

        Raises ValueError for a document that was added in the same batch.
        """


class Backend(Protocol):
    """A searchable store of entries."""

    def meta(self) -> IndexMeta | None:
        """Return the rules the index was built with, or None when there is no index."""

    def write(self, meta: IndexMeta, *, fresh: bool = False) -> AbstractContextManager[Writer]:
        """Return a batch that commits when its block ends and is discarded on an exception.

        With `fresh` the batch starts from an empty index that replaces the present one at the
        commit; until then, and after a failure, searches see the present one.

        Without an index the batch makes one. What the block itself raises passes through.

        Raises IndexLocked when another writer is at work, IndexOutdated when the present index
        was built with other rules than `meta`, DataFolderError when it cannot be written.
        """

    def search(self, query: Query) -> Hits:
        """Return one page of hits and the facets of all of them, from the newest commit.

        Order: passages with every group first, then by score, then by passage id. A question
        without groups finds all that passes its filters, required and excluded groups; only
        groups and boosts score. A run of words counts neighbouring words, however many syllables
        they have. Facets leave out empty values; with limit 0 there are only counts and facets.

        Raises IndexMissing when there is no index, DataFolderError when it is damaged.
        """

    def tally(self, query: Query) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Return, by document and kind, how many passages are found, and how many of them whole.

        Raises what `search` raises.
        """

    def forms(self, field: Field, beginning: str, most: int) -> tuple[str, ...]:
        """Return the forms of a field of `BEGUN` that begin so, in order of their bytes.

        At most so many; among them may be forms that only deleted passages had. Raises what
        `search` raises.
        """

    def document_ids(self) -> frozenset[str]:
        """Return the ids of the documents that can be found now; empty without an index."""

    def count(self) -> int:
        """Return how many passages can be found now; 0 without an index."""

    def prune(self) -> tuple[str, ...]:
        """Delete the builds that are kept beside the one that is searched; return their names.

        Raises IndexLocked when a writer is at work, DataFolderError when they cannot be deleted.
        """

    def close(self) -> None:
        """Release files and connections. A closed backend is not used again."""


class Processes(Protocol):
    """Processes that do work for this one (see `reading_process.Crew`)."""

    size: int

    @property
    def started(self) -> int:
        """Return how many processes there are."""

    def submit(self, seconds: float, work: Callable[..., Any], *given: object) -> Future[Any]:
        """Have work done in a process."""


@runtime_checkable
class TellsState(Protocol):
    """A search engine that keeps nothing in the data folder."""

    def state(self) -> str:
        """Return what no other state of the index has in common with this one; cheap to ask."""
