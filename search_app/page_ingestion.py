"""The page that says of every file how it was read: format, parts, notes, conversions, warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.archives import is_archive
from indexer.catalogue import SourceRecord
from indexer.models import Conversion, Document, Resolution
from indexer.scan import INSIDE
from search_app.reading_words import reading_words
from search_app.search import Library

PAGE_SIZE = 50
_STATUS = {
    "read": "đã đọc",
    "failed": "không đọc được",
    "unsupported": "chưa đọc được loại tệp này",
}
_NOTES = {
    Resolution.MARKED: "theo dấu",
    Resolution.ALIGNED: "ghép theo thứ tự",
    Resolution.NESTED: "lồng nhau",
    Resolution.UNRESOLVED: "chưa rõ chỗ gọi",
}


@dataclass(frozen=True, slots=True)
class IngestedFile:
    """A file: what became of it, and of one that was read what was found in it.

    `counts` are short phrases; `unresolved` the notes whose place is not known, with the reason;
    `same_as` another file of the same bytes or text.
    """

    name: str
    status: str
    is_read: bool
    error: str = ""
    document_id: str = ""
    counts: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    warnings: tuple[str, ...] = ()
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many files are known; `seen` is the sum of those read, failed and unsupported.

    `duplicates` of those read hold what another file holds; `archives` were opened.
    """

    read: int
    failed: int
    unsupported: int
    duplicates: int
    archives: int

    @property
    def seen(self) -> int:
        """Return how many files there are."""
        return self.read + self.failed + self.unsupported


@dataclass(frozen=True, slots=True)
class Ingestion:
    """One page of the files, those with problems first."""

    totals: Totals
    files: tuple[IngestedFile, ...]
    page: int
    pages: int


def ingestion(library: Library, page: int) -> Ingestion:
    """Return what is known of the files, one page of them."""
    records = library.catalogue.sources()
    files = [record for record in records if not _is_opened(record)]
    files.sort(key=lambda record: (record.status == "read", record.name))
    pages = max(1, -(-len(files) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = files[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    twins = library.catalogue.versions.twins()
    names = _names(files, twins)
    counted = Counter(record.status for record in files)
    totals = Totals(
        read=counted["read"],
        failed=counted["failed"],
        unsupported=counted["unsupported"],
        duplicates=counted["read"] - len(_shown(files, twins)),
        archives=len(records) - len(files),
    )
    return Ingestion(totals, tuple(_file(library, record, names) for record in shown), page, pages)


def _is_opened(record: SourceRecord) -> bool:
    """Say whether this is an archive: the files in it are listed, it is not."""
    is_one = INSIDE not in record.path and is_archive(record.name)
    return is_one and record.status == "read" and record.document_id is None


def _shown(files: Sequence[SourceRecord], twins: Mapping[str, str]) -> frozenset[str]:
    """Return the documents that show what was read of the files."""
    read = (record.document_id or "" for record in files if record.status == "read")
    return frozenset(twins.get(each, each) for each in read)


def _names(
    files: Sequence[SourceRecord], twins: Mapping[str, str]
) -> Mapping[str, tuple[str, list[tuple[str, str]]]]:
    """Return by what was read of a file the document that shows it, and all files of that."""
    names: dict[str, list[tuple[str, str]]] = {}
    for record in files:
        read = record.document_id or ""
        names.setdefault(twins.get(read, read), []).append((record.path, record.name))
    ids = {record.document_id or "" for record in files}
    return {read: (twins.get(read, read), names[twins.get(read, read)]) for read in ids}


def _file(
    library: Library, record: SourceRecord, names: Mapping[str, tuple[str, list[tuple[str, str]]]]
) -> IngestedFile:
    status = _STATUS.get(record.status, record.status)
    if record.status != "read" or record.document_id is None:
        return IngestedFile(record.name, status, is_read=False, error=record.error)
    document = library.document(record.document_id)
    shown_by, files = names[record.document_id]
    twins = [name for path, name in files if path != record.path]
    return IngestedFile(
        name=record.name,
        status=status,
        is_read=True,
        document_id=shown_by,
        counts=tuple(_counts(document)),
        unresolved=tuple(_unresolved(document)),
        conversions=document.conversions,
        warnings=document.warnings,
        same_as=twins[0] if twins else "",
    )


def _counts(document: Document) -> Iterator[str]:
    yield from reading_words(document)
    yield f"{len(document.sections)} mục"
    yield f"{len(document.passages)} đoạn"
    yield f"{len(document.tables)} bảng"
    notes = [
        f"{count} {word}"
        for how, word in _NOTES.items()
        if (count := sum(note.how is how for note in document.footnotes))
    ]
    total = len(document.footnotes)
    yield f"{total} chú thích ({', '.join(notes)})" if notes else "không có chú thích"
    yield f"{len(document.facts)} số liệu"


def _unresolved(document: Document) -> Iterator[str]:
    for note in document.footnotes:
        if note.how is Resolution.UNRESOLVED:
            body = f" “{note.body.of(document.text)}”" if note.body else ""
            yield f"Chú thích {note.label or note.number}: {note.reason}{body}"
