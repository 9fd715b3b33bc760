"""What an indexing run did: file by file, and in total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.models import Conversion, Document, RawPage, Resolution
from indexer.versions import Version


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What is told of a document that was read; not its text: a run may read thousands.

    `footnotes` counts them by how they were resolved; `unresolved` are the label and the reason
    of those that were not.
    """

    sections: int = 0
    passages: int = 0
    tables: int = 0
    facts: int = 0
    references: int = 0
    footnotes: Mapping[Resolution, int] = field(default_factory=dict)
    unresolved: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    format: str = ""
    encoding: str = ""
    pages: tuple[RawPage, ...] = ()


def told_of(document: Document) -> ReadDocument:
    """Return what is told of a document in the report of a run."""
    notes = document.footnotes
    return ReadDocument(
        sections=len(document.sections),
        passages=len(document.passages),
        tables=len(document.tables),
        facts=len(document.facts),
        references=len(document.references),
        footnotes=Counter(note.how for note in notes),
        unresolved=tuple(
            (note.label, note.reason) for note in notes if note.how is Resolution.UNRESOLVED
        ),
        warnings=document.warnings,
        conversions=document.conversions,
        format=document.format,
        encoding=document.encoding,
        pages=document.pages,
    )


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `document` is None for a file that was removed or not read.

    `same_as` names another file of the same bytes: both are sources of one document.
    """

    source: str
    status: str
    document: ReadDocument | None = None
    document_id: str | None = None
    error: str = ""
    same_as: str = ""

    def footnotes(self, how: Resolution) -> int:
        """Return how many footnotes of the file were resolved in this way."""
        return self.document.footnotes.get(how, 0) if self.document else 0

    @property
    def facts(self) -> int:
        """Return how many values the file states."""
        return self.document.facts if self.document else 0

    @property
    def references(self) -> int:
        """Return how often the file names another document."""
        return self.document.references if self.document else 0


@dataclass(frozen=True, slots=True)
class Samples:
    """Sample reports that are in the library beside others: how many, and where their files lie.

    `paths` are the folders, or the files where a folder holds others, too.
    """

    reports: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did. `documents`, `passages` count all that can be found afterwards.

    `lost_roots` are folders that were indexed once and are no longer there; `archives` are names
    of archives that were opened and how many files they hold; `versions` are reports that are
    nearly the same; `samples` is None when there are none or nothing else.
    """

    files: tuple[FileReport, ...]
    ignored: tuple[str, ...]
    documents: int
    passages: int
    seconds: float
    lost_roots: tuple[str, ...] = ()
    archives: tuple[tuple[str, int], ...] = ()
    versions: tuple[Version, ...] = ()
    samples: Samples | None = None

    @property
    def unread(self) -> int:
        """Return how many files could not be read or are of no known format."""
        return self.count("failed", "unsupported")

    @property
    def problems(self) -> int:
        """Return how many files were not read or have notes whose place is not known."""
        lost = sum(bool(file.footnotes(Resolution.UNRESOLVED)) for file in self.files)
        return self.unread + lost

    def count(self, *statuses: str) -> int:
        """Return how many files have one of these statuses."""
        return sum(file.status in statuses for file in self.files)

    @property
    def seen(self) -> int:
        """Return how many files were there: read, unchanged, failed or unsupported."""
        return self.count("added", "changed", "unchanged", "failed", "unsupported")

    @property
    def duplicates(self) -> int:
        """Return how many of the files that were read hold what another one of them holds."""
        held = self._held()
        return len(held) - len(set(held))

    @property
    def others(self) -> int:
        """Return how many reports of the library no file that was read in this run holds."""
        return self.documents - len(set(self._held()))

    def _held(self) -> list[str | None]:
        return [file.document_id for file in self.files if file.document is not None]


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
