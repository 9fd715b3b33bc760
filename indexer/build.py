"""Indexing: the one place that names every step in order.

scan → compare with the catalogue → read changed files → put their documents into the catalogue
→ write the index in one batch → publish. A process killed at any point leaves the old index
searchable; documents that were read already are not read again by the next run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from indexer import workers
from indexer.backends.base import Backend
from indexer.backends.generations import check_meta
from indexer.backends.registry import open_backend
from indexer.catalogue import Catalogue, SourceRecord
from indexer.config import Settings
from indexer.errors import NothingToIndex, ReadingError, UnsupportedFormat, reason
from indexer.index_rules import current_meta
from indexer.index_writing import IndexWriting
from indexer.lock import indexing_lock
from indexer.manifest import Manifests
from indexer.models import Document
from indexer.opened import KEPT, Archives
from indexer.originals import sha256_of
from indexer.originals_opening import open_originals
from indexer.outcome import lost_roots, names_of, opened_archives, refuse_nothing, versions
from indexer.readers.work_folder import sweep
from indexer.reading_plan import ReadingPlan
from indexer.reading_process import Crew
from indexer.relating import relate, twins_among
from indexer.reports import FileReport, IndexReport, ReadDocument, told_of, with_twins
from indexer.samples import samples_left
from indexer.scan import INSIDE, Found, Scan, is_below, plainness, scan
from indexer.structure import READING_VERSION

# Stage ("read" or "index"), how many are done, of how many, and the name of the last one.
Progress = Callable[[str, int, int, str], None]


@dataclass(frozen=True, slots=True)
class _Change:
    record: SourceRecord
    report: FileReport


def build_index(
    paths: Sequence[Path],
    settings: Settings,
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> IndexReport:
    """Bring catalogue and index up to date with the files below `paths`; return what was done.

    With `rebuild` the reports below `paths` are read again (without paths: all, from their kept
    originals where need be) and the index is built anew beside the old one. Raises
    NothingToIndex, IndexLocked, IndexOutdated, DataFolderError, VocabularyError.
    """
    started = perf_counter()
    found = scan(paths)
    with indexing_lock(settings.database, settings.lock_wait) as check_lock:
        sweep()
        catalogue = Catalogue(settings.database)
        crew = _crew(settings)
        backend = open_backend(settings, crew)
        try:
            run = _Run(
                settings, catalogue, backend, crew, check_lock, rebuild=rebuild, progress=progress
            )
            with Archives(
                run.known, settings.max_file_bytes, again=rebuild, is_current=run.was_read
            ) as archives:
                files = with_twins(run.update(found, archives), catalogue.versions.source_names())
            return IndexReport(
                files=tuple(sorted(files, key=lambda file: file.source)),
                ignored=(*found.ignored, *archives.ignored),
                documents=len(catalogue.published_ids()),
                passages=backend.count(),
                seconds=round(perf_counter() - started, 2),
                lost_roots=lost_roots(catalogue),
                archives=opened_archives(archives.counts(), files),
                versions=versions(files, catalogue.versions),
                samples=samples_left(catalogue),
            )
        finally:
            crew.close()
            backend.close()
            catalogue.close()


def forget(paths: Sequence[Path], settings: Settings) -> tuple[str, ...]:
    """Take every file at or below `paths` out of catalogue and index; return their names.

    The files need not exist any more; kept originals stay, but not what links were made for.
    Raises NothingToIndex when none of them was ever indexed.
    """
    roots = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100
    with indexing_lock(settings.database, settings.lock_wait) as check_lock:
        catalogue = Catalogue(settings.database)
        crew = _crew(settings)
        backend = open_backend(settings, crew)
        try:
            run = _Run(settings, catalogue, backend, crew, check_lock, rebuild=False, progress=None)

            def is_gone(path: str) -> bool:
                return any(is_below(Path(path), root) for root in roots)

            gone = [record for path, record in run.known.items() if is_gone(path)]
            if gone:
                run.leave(gone)
            names = [record.name for record in gone]
            past = [name for name in catalogue.drop_past(is_gone) if name not in names]
            if not names and not past:
                raise NothingToIndex(
                    f"Chưa từng lập chỉ mục tệp nào trong {names_of(roots)}.",
                    "Xem các báo cáo đang có bằng: vankien documents",
                )
            return (*names, *past)
        finally:
            crew.close()
            backend.close()
            catalogue.close()


def _crew(settings: Settings) -> Crew:
    return Crew(settings.jobs or os.cpu_count() or 1)


class _Run:
    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        backend: Backend,
        crew: Crew,
        check_lock: Callable[[], None],
        *,
        rebuild: bool,
        progress: Progress | None,
    ) -> None:
        self.check_lock = check_lock
        self.crew = crew
        self.settings = settings
        self.catalogue = catalogue
        self.backend = backend
        self.rebuild = rebuild
        self.progress = progress or (lambda stage, done, total, name: None)
        self.originals = open_originals(settings)
        self.known = {record.path: record for record in catalogue.sources()}
        self.replaced: dict[str, Document] = {}
        self.index = IndexWriting(
            settings,
            catalogue,
            backend,
            crew,
            check_lock,
            lambda *done: self.progress("index", *done),
        )

    def update(self, found: Scan, archives: Archives) -> list[FileReport]:
        self._check_rules()
        self.index.inverted.begin()
        given = found.files if found.roots or not self.rebuild else self._known_files()
        files = archives.expand(given)
        removed = self._removed(found, files, archives)
        refuse_nothing(found, given, removed)
        read = self._read(files, Manifests(archives.manifests))
        closed = (self._failed(each.folder, each.error) for each in found.closed)
        changes = [*read, *closed, *self._not_opened(archives)]
        opened = [archive.record for archive in archives.opened if archive.error is None]
        twins = self._settle(changes, removed, opened)
        gone = [
            FileReport(record.name, "removed", document_id=record.document_id)
            for record in removed
            if not Path(record.path).is_dir()  # a folder that was closed once, and is open again
        ]
        reports = [*(change.report for change in changes), *gone]
        return [
            replace(report, document_id=twins.get(report.document_id or "", report.document_id))
            for report in reports
        ]

    def leave(self, gone: Sequence[SourceRecord]) -> None:
        """Take files out of index and catalogue."""
        self.index.inverted.begin()
        self._settle([], gone, [])

    def _settle(
        self,
        changes: Sequence[_Change],
        removed: Sequence[SourceRecord],
        opened: Sequence[SourceRecord],
    ) -> Mapping[str, str]:
        """Write and publish what was read; return which document is shown by which other one."""
        held = self._held(changes, removed)
        twins = twins_among(self.catalogue, held, self.replaced)
        wanted = frozenset(twins.get(each, each) for each in held)
        self.index.write(wanted, self.replaced, rebuild=self.rebuild)
        for document in self.replaced.values():
            self.catalogue.put_document(document, READING_VERSION)
        records = [*(change.record for change in changes), *opened]
        self.check_lock()
        self.catalogue.publish(records, [record.path for record in removed], twins)
        self.index.settled()
        relate(self.catalogue.versions)
        return twins

    def _check_rules(self) -> None:
        """Refuse an index of other rules before anything is read for it."""
        found = self.backend.meta()
        if found is not None and not self.rebuild:
            check_meta(found, current_meta())

    def _removed(
        self, found: Scan, files: Sequence[Found], archives: Archives
    ) -> list[SourceRecord]:
        there = {file.key for file in (*found.files, *files)}
        there |= {member.key for member, _ in archives.refused}
        return [
            record
            for path, record in self.known.items()
            if path not in there and found.covers(Path(path)) and not archives.holds(path)
        ]

    def _not_opened(self, archives: Archives) -> Iterator[_Change]:
        """Yield the archives that could not be opened, and what could not be taken out of one."""
        for archive in archives.opened:
            if archive.error is not None:
                unsupported = isinstance(archive.error, UnsupportedFormat)
                yield self._refused(archive.record, str(archive.error), unsupported=unsupported)
        for member, refused in archives.refused:
            yield self._failed(member, refused.error)

    def _known_files(self) -> tuple[Found, ...]:
        return tuple(
            Found(Path(record.path), Path(record.root), record.name)
            for record in self.known.values()
            if not Path(record.path).is_dir()
        )

    # --- reading

    def _read(self, files: Sequence[Found], manifests: Manifests) -> Iterator[_Change]:
        plan = ReadingPlan(self.originals, self.settings.max_file_bytes)
        for file in files:
            try:
                record = self._record(file)
                if self._is_unchanged(record):
                    yield self._unchanged(record)
                    continue
                if self.was_read(record):
                    yield self._change(record, self.catalogue.told(record.sha256[:12]))
                    continue
                plan.add(file, record, manifests.of(Path(file.key)))
            except ReadingError as error:
                yield self._failed(file, error)
        yield from self._results(plan)

    def _results(self, plan: ReadingPlan) -> Iterator[_Change]:
        options = workers.Options(
            self.settings.max_file_bytes,
            self.settings.indicators,
            self.settings.max_pages,
            self.settings.file_seconds,
        )
        results = (
            result
            for tasks in plan.batches()
            for result in workers.read_all(
                [self._inverting(task) for task in tasks], options, self.crew
            )
        )
        for done, result in enumerate(results, start=1):
            first, *twins = plan.files(result)
            self.progress("read", done, len(plan), first.name)
            if result.document is None:
                yield from (self._not_read(each, result, first) for each in (first, *twins))
            else:
                yield self._done(first, result.document)
                yield from (self._change(each, told_of(result.document)) for each in twins)

    def _inverting(self, task: workers.Task) -> workers.Task:
        """Return a task that leaves what the index stores, too."""
        document_id = task.sha256[:12]
        replacing = document_id in self.catalogue.published_ids()
        return replace(task, inverted=self.index.inverted.path(document_id, replacing=replacing))

    def _record(self, file: Found) -> SourceRecord:
        """Return what is known of a file now; the hash is computed only when it may differ."""
        known = self.known.get(file.key)
        if known is not None and _is_kept(file, rebuild=self.rebuild):
            return known
        try:
            stat = file.path.stat()
        except OSError as error:
            raise ReadingError(
                f"Không mở được `{file.name}`: {reason(error)}.",
                "Hãy kiểm tra tệp còn đó và quyền đọc tệp.",
            ) from error
        same = known is not None and (known.size, known.modified_ns) == (
            stat.st_size,
            stat.st_mtime_ns,
        )
        sha256 = known.sha256 if known is not None and same else sha256_of(file.path)
        return SourceRecord(
            path=file.key,
            root=str(file.root),
            name=file.name,
            sha256=sha256,
            size=stat.st_size,
            modified_ns=stat.st_mtime_ns,
            status="read",
            document_id=sha256[:12],
            error="",
        )

    def _is_unchanged(self, record: SourceRecord) -> bool:
        known = self.known.get(record.path)
        return (
            known is not None
            and known.status == "read"
            and known.sha256 == record.sha256
            and self.was_read(record)
        )

    def _unchanged(self, record: SourceRecord) -> _Change:
        document_id = record.sha256[:12]
        told = self.catalogue.told(document_id)
        return _Change(record, FileReport(record.name, "unchanged", told, document_id))

    def was_read(self, record: SourceRecord) -> bool:
        """Say whether an interrupted run, or another file of the same bytes, was read before."""
        return not self.rebuild and self.catalogue.has_document(record.sha256[:12], READING_VERSION)

    def _done(self, record: SourceRecord, document: Document) -> _Change:
        """Store a document that was read; one that is searchable now is replaced at the end."""
        if document.id in self.catalogue.published_ids():
            self.replaced[document.id] = document
        else:
            self.catalogue.put_document(document, READING_VERSION)
        return self._change(record, told_of(document))

    def _change(self, record: SourceRecord, told: ReadDocument) -> _Change:
        status = "changed" if record.path in self.known else "added"
        return _Change(record, FileReport(record.name, status, told, record.sha256[:12]))

    def _not_read(
        self, record: SourceRecord, result: workers.Result, read: SourceRecord
    ) -> _Change:
        """Report a file by its own name; the error names the one that was `read` for it."""
        error = result.error.replace(f"`{read.name}`", f"`{record.name}`")
        return self._refused(record, error, unsupported=result.unsupported)

    def _failed(self, file: Found, error: ReadingError) -> _Change:
        record = SourceRecord(file.key, str(file.root), file.name, "", 0, 0, "", None, "")
        unsupported = isinstance(error, UnsupportedFormat)
        return self._refused(record, str(error), unsupported=unsupported)

    def _refused(self, record: SourceRecord, error: str, *, unsupported: bool) -> _Change:
        """Report a file that could not be read; what was read of it before stays searchable.

        A file is often broken for a moment only: half copied, or not yet synchronised.
        """
        known = self.known.get(record.path)
        kept = known.document_id if known is not None else None
        if kept is not None:
            error += KEPT
        status = "unsupported" if unsupported else "failed"
        record = replace(record, status=status, document_id=kept, error=error)
        return _Change(record, FileReport(record.name, status, document_id=kept, error=error))

    def _held(
        self, changes: Sequence[_Change], removed: Sequence[SourceRecord]
    ) -> Mapping[str, str]:
        """Return the ids of what files hold after this run, with the plainest path of each."""
        after = {path: record.document_id for path, record in self.known.items()}
        after |= {change.record.path: change.record.document_id for change in changes}
        gone = {record.path for record in removed}
        held: dict[str, str] = {}
        for path in sorted(after.keys() - gone, key=plainness):
            if (document_id := after[path]) is not None:
                held.setdefault(document_id, path)
        return held


def _is_kept(file: Found, *, rebuild: bool) -> bool:
    """Say whether a file is taken from what is known: it is gone, or in an unchanged archive."""
    return (rebuild or INSIDE in file.key) and not file.path.exists()
