"""What an indexing run did: file by file, and in total."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.models import Document, Resolution


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `document` is None for a file that was removed or not read."""

    source: str
    status: str
    document: Document | None = None
    document_id: str | None = None
    error: str = ""

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

    `lost_roots` are folders that were indexed once and are no longer there.
    """

    files: tuple[FileReport, ...]
    ignored: tuple[str, ...]
    documents: int
    passages: int
    seconds: float
    lost_roots: tuple[str, ...] = ()

    @property
    def problems(self) -> int:
        """Return how many files could not be read or are of no known format."""
        return sum(file.status in ("failed", "unsupported") for file in self.files)
