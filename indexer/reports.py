"""What an indexing run did: file by file, and in total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.models import Document, Resolution
from indexer.versions import Version


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `document` is None for a file that was removed or not read.

    `same_as` names another file of the same bytes: both are sources of one document.
    """

    source: str
    status: str
    document: Document | None = None
    document_id: str | None = None
    error: str = ""
    same_as: str = ""

    def footnotes(self, how: Resolution) -> int:
        """Return how many footnotes of the file were resolved in this way."""
        if self.document is None:
            return 0
        return sum(footnote.how is how for footnote in self.document.footnotes)

    @property
    def facts(self) -> int:
        """Return how many values the file states."""
        return len(self.document.facts) if self.document else 0

    @property
    def references(self) -> int:
        """Return how often the file names another document."""
        return len(self.document.references) if self.document else 0


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did. `passages` counts all that can be found afterwards.

    `lost_roots` are folders that were indexed once and are no longer there; `archives` are names
    of archives and how many files they hold; `versions` are reports that are nearly the same.
    """

    files: tuple[FileReport, ...]
    ignored: tuple[str, ...]
    documents: int
    passages: int
    seconds: float
    lost_roots: tuple[str, ...] = ()
    archives: tuple[tuple[str, int], ...] = ()
    versions: tuple[Version, ...] = ()

    @property
    def problems(self) -> int:
        """Return how many files could not be read or are of no known format."""
        return self.count("failed", "unsupported")

    def count(self, *statuses: str) -> int:
        """Return how many files have one of these statuses."""
        return sum(file.status in statuses for file in self.files)

    @property
    def seen(self) -> int:
        """Return how many files were there: read, unchanged, failed or unsupported."""
        return self.count("added", "changed", "unchanged", "failed", "unsupported")


def with_twins(files: Sequence[FileReport], names: Mapping[str, Sequence[str]]) -> list[FileReport]:
    """Return the reports, each naming another file of the same bytes where there is one.

    `names` are the names of all files of a document by its id, the first one being the original.
    """
    told = []
    for file in files:
        others = list(names.get(file.document_id or "", ()))
        if file.source in others:
            others.remove(file.source)
        is_read = file.document is not None
        told.append(replace(file, same_as=others[0]) if is_read and others else file)
    return told
