"""The page that says of every file how it was read: format, parts, notes, conversions, warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.archives import is_archive
from indexer.catalogue import SourceRecord
from indexer.models import Conversion, Document, Resolution
from indexer.outcome import all_failed
from indexer.samples import samples_left
from indexer.scan import INSIDE
from search_app.alphabet import alphabetical
from search_app.languages import gettext as _
from search_app.languages import lazy_gettext as _l
from search_app.languages import ngettext
from search_app.page_cards import fragment
from search_app.reading_words import reading_words
from search_app.samples import samples_words
from search_app.search import Library

PAGE_SIZE = 50
_STATUS = {
    "read": _l("đã đọc"),
    "failed": _l("không đọc được"),
    "unsupported": _l("chưa đọc được loại tệp này"),
}
NOTES = "notes"
_CHOICES = {
    "read": _l("đã đọc"),
    "failed": _l("không đọc được"),
    "unsupported": _l("chưa đọc được loại tệp"),
    NOTES: _l("có chú thích chưa rõ chỗ gọi"),
}
_NOTES = {
    Resolution.MARKED: _l("theo dấu"),
    Resolution.ALIGNED: _l("ghép theo thứ tự"),
    Resolution.NESTED: _l("lồng nhau"),
    Resolution.UNRESOLVED: _l("chưa rõ chỗ gọi"),
}


@dataclass(frozen=True, slots=True)
class LostNote:
    """A note whose place is not known: its label, why, and what it says, as the report has it.

    `fragment` is its place in the reading page, empty when the file has no text of it.
    """

    fragment: str
    label: str
    reason: str
    body: str


@dataclass(frozen=True, slots=True)
class IngestedFile:
    """A file: what became of it, and of one that was read what was found in it.

    `counts` are short phrases; `unresolved` the notes whose place is not known;
    `same_as` another file of the same bytes or text.
    """

    name: str
    status: str
    is_read: bool
    error: str = ""
    document_id: str = ""
    counts: tuple[str, ...] = ()
    unresolved: tuple[LostNote, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    warnings: tuple[str, ...] = ()
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many files are known; `seen` is the sum of those read, failed and unsupported.

    `duplicates` of those read hold what another file holds; `archives` were opened; `reports` are
    in the library, those of files that can no longer be read, too.
    """

    read: int
    failed: int
    unsupported: int
    duplicates: int
    archives: int
    reports: int

    @property
    def kept(self) -> int:
        """Return how many reports are kept of files that cannot be read now."""
        return self.reports - (self.read - self.duplicates)

    @property
    def seen(self) -> int:
        """Return how many files there are."""
        return self.read + self.failed + self.unsupported


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of file that can be shown alone, and how many there are."""

    status: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Ingestion:
    """One page of the files, those that were read first; `chosen` is the kind that is shown alone.

    `samples` says that sample reports are left, empty when none are.
    """

    totals: Totals
    files: tuple[IngestedFile, ...]
    page: int
    pages: int
    choices: tuple[Choice, ...] = ()
    chosen: str = ""
    samples: str = ""


def ingestion(library: Library, page: int, chosen: str = "") -> Ingestion:
    """Return what is known of the files, one page of them; with `chosen` only those of a kind."""
    records = library.catalogue.sources()
    files = [record for record in records if not _is_archive(record)]
    order = list(_STATUS)
    files.sort(key=lambda record: (order.index(record.status), alphabetical(record.name)))
    twins = library.catalogue.versions.twins()
    by_kind = {status: [f for f in files if f.status == status] for status in _STATUS}
    by_kind[NOTES] = _with_lost_notes(library, files)
    listed = by_kind.get(chosen, files)
    pages = max(1, -(-len(listed) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = listed[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    names = _names(files, twins)
    left = samples_left(library.catalogue)
    return Ingestion(
        totals=_totals(library, records, files),
        files=tuple(_file(library, record, names) for record in shown),
        page=page,
        pages=pages,
        choices=_choices(by_kind, len(files)),
        chosen=chosen if chosen in by_kind else "",
        samples="" if left is None else samples_words(left),
    )


def _totals(
    library: Library, records: Sequence[SourceRecord], files: Sequence[SourceRecord]
) -> Totals:
    counted = Counter(record.status for record in files)
    shown = _shown(files, library.catalogue.versions.twins())
    return Totals(
        read=counted["read"],
        failed=counted["failed"],
        unsupported=counted["unsupported"],
        duplicates=counted["read"] - len(shown),
        archives=sum(_is_archive(one) and _is_opened(one, files) for one in records),
        reports=len(library.catalogue.documents()),
    )


def _choices(by_kind: Mapping[str, Sequence[SourceRecord]], total: int) -> tuple[Choice, ...]:
    """Return what can be chosen; nothing where all files are of one kind."""
    found = (Choice(status, str(_CHOICES[status]), len(files)) for status, files in by_kind.items())
    return tuple(choice for choice in found if 0 < choice.count < total)


def _with_lost_notes(library: Library, files: Sequence[SourceRecord]) -> list[SourceRecord]:
    lost = {document.id for document in library.catalogue.documents() if document.unresolved}
    return [file for file in files if file.status == "read" and file.document_id in lost]


def _is_archive(record: SourceRecord) -> bool:
    """Say whether this is an archive: the files in it are listed, it is not."""
    is_one = INSIDE not in record.path and is_archive(record.name)
    return is_one and record.status == "read" and record.document_id is None


def _is_opened(archive: SourceRecord, files: Sequence[SourceRecord]) -> bool:
    inside = f"{archive.path}{INSIDE}"
    return not all_failed([file.status for file in files if file.path.startswith(inside)])


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
    status = str(_STATUS.get(record.status, record.status))
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
    yield ngettext("%(num)s mục", "%(num)s mục", len(document.sections))
    yield ngettext("%(num)s đoạn", "%(num)s đoạn", len(document.passages))
    yield ngettext("%(num)s bảng", "%(num)s bảng", len(document.tables))
    notes = [
        f"{count} {word}"
        for how, word in _NOTES.items()
        if (count := sum(note.how is how for note in document.footnotes))
    ]
    total = ngettext("%(num)s chú thích", "%(num)s chú thích", len(document.footnotes))
    yield f"{total} ({', '.join(notes)})" if notes else _("không có chú thích")
    yield ngettext("%(num)s số liệu", "%(num)s số liệu", len(document.facts))


def _unresolved(document: Document) -> Iterator[LostNote]:
    bodies = {p.footnote: p for p in document.passages if p.footnote is not None}
    for note in document.footnotes:
        if note.how is Resolution.UNRESOLVED:
            place = bodies.get(note.number)
            at = fragment(place, has_place=False) if place else ""
            body = note.body.of(document.text) if note.body else ""
            yield LostNote(at, note.label or str(note.number), note.reason, body)
