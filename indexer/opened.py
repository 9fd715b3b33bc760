"""The files of a run with those in archives among them: archives are opened when they changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from indexer.archives import Refused, is_archive, is_packed, unpack
from indexer.catalogue import SourceRecord
from indexer.errors import ReadingError, UnreadableFile, UnsupportedFormat, reason
from indexer.manifest import MANIFEST
from indexer.readers.registry import known_suffixes
from indexer.readers.work_folder import work_folder
from indexer.scan import INSIDE, Found
from indexer.skipped import is_never_report, skipped

KEPT = " Bản đọc được lần trước vẫn được giữ trong tìm kiếm."
_READ = "read"
_NOT_READ: dict[str, type[ReadingError]] = {
    "failed": UnreadableFile,
    "unsupported": UnsupportedFormat,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive of a run: its record, and the error when it could not be opened."""

    record: SourceRecord
    members: int = 0
    changed: bool = True
    error: ReadingError | None = None


class Archives:
    """Opens the archives among the files of one run, into a folder that goes with it."""

    def __init__(
        self,
        known: Mapping[str, SourceRecord],
        max_bytes: int,
        *,
        again: bool,
        is_current: Callable[[SourceRecord], bool],
    ) -> None:
        """Begin with what is known of every file.

        Unchanged archives are opened, too, with `again` or when a file in it is not current.
        """
        # Where the manifests of folders in archives stand now, by the folder they are about.
        self.manifests: dict[Path, Path] = {}
        self.opened: list[Opened] = []
        self.refused: list[tuple[Found, Refused]] = []
        self.ignored: list[str] = []
        self._known = known
        self._max_bytes = max_bytes
        self._again = again
        self._is_current = is_current
        self._held = ExitStack()
        self._folder = self._held.enter_context(work_folder())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held.close()

    def expand(self, files: Sequence[Found]) -> list[Found]:
        """Return the files, every archive replaced by the files in it."""
        archives = {file.key for file in files if _is_here(file)}
        expanded: list[Found] = []
        for file in files:
            if file.key in archives:
                expanded += self._members(file)
            elif file.key.partition(INSIDE)[0] not in archives and not self._is_record(file):
                expanded.append(file)
        return expanded

    def holds(self, key: str) -> bool:
        """Say whether this is a file in an archive that could not be opened in this run."""
        broken = {archive.record.path for archive in self.opened if archive.error is not None}
        return key.partition(INSIDE)[0] in broken

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return the name of every archive that was opened, and how many files it holds."""
        return tuple(
            (archive.record.name, archive.members)
            for archive in self.opened
            if archive.error is None
        )

    def _is_record(self, file: Found) -> bool:
        """Say whether this is an archive that is gone: its files are kept, it says nothing."""
        known = self._known.get(file.key)
        if known is None or known.document_id is not None:
            return False
        return is_archive(file.name) and INSIDE not in file.key and not file.path.exists()

    def _members(self, file: Found) -> list[Found]:
        try:
            record = _record_of(file)
            if self._is_unchanged(record):
                return self._as_known(file, record)
            return list(self._unpacked(file, record))
        except ReadingError as error:
            known = self._known.get(file.key)
            record = known or SourceRecord(
                file.key, str(file.root), file.name, "", 0, 0, _READ, None, ""
            )
            record = replace(record, size=0, status="failed", error=str(error))
            self.opened.append(Opened(record, error=error))
            return []

    def _is_unchanged(self, record: SourceRecord) -> bool:
        known = self._known.get(record.path)
        if known is None or self._again or known.status != _READ:
            return False
        same = (known.size, known.modified_ns) == (record.size, record.modified_ns)
        return same and not any(self._is_due(member) for member in self._inside(record.path))

    def _is_due(self, member: SourceRecord) -> bool:
        if member.status == _READ:
            return not self._is_current(member)
        # What could not be read for want of a program may be read today.
        return _may_be_read_now(member)

    def _inside(self, path: str) -> Iterator[SourceRecord]:
        return (each for key, each in self._known.items() if key.startswith(path + INSIDE))

    def _as_known(self, file: Found, record: SourceRecord) -> list[Found]:
        members = list(self._inside(file.key))
        self.opened.append(Opened(record, len(members), changed=False))
        found = [(Found(Path(each.path), file.root, each.name), each) for each in members]
        for member, each in found:
            if each.status != _READ:
                error = _NOT_READ[each.status](each.error.removesuffix(KEPT))
                self.refused.append((member, Refused(each.name, error)))
        return [member for member, each in found if each.status == _READ]

    def _unpacked(self, file: Found, record: SourceRecord) -> Iterator[Found]:
        folder = self._folder / str(len(self.opened))
        folder.mkdir()
        found = unpack(file.path, file.name, folder, self._max_bytes)
        members = 0
        for member in found.members:
            if is_never_report(member.inside):
                self.ignored.append(skipped(f"{file.name}/{member.inside}"))
                self._note_manifest(_inside_of(file, member.inside, member.path))
            else:
                members += 1
                yield _inside_of(file, member.inside, member.path)
        for refused in found.refused:
            self.refused.append((_inside_of(file, refused.inside, file.path), refused))
        self.opened.append(Opened(record, members))

    def _note_manifest(self, member: Found) -> None:
        about = Path(member.key)
        if about.name == MANIFEST:
            self.manifests[about.parent] = member.path


def _may_be_read_now(record: SourceRecord) -> bool:
    return record.status == "unsupported" and record.name.lower().endswith(known_suffixes())


def _is_here(file: Found) -> bool:
    return INSIDE not in file.key and file.path.exists() and is_packed(file.path, file.name)


def _inside_of(file: Found, inside: str, path: Path) -> Found:
    return Found(path, file.root, f"{file.name}/{inside}", f"{file.key}{INSIDE}{inside}")


def _record_of(file: Found) -> SourceRecord:
    try:
        found = file.path.stat()
    except OSError as error:
        raise UnreadableFile(
            f"Không mở được `{file.name}`: {reason(error)}.",
            "Hãy kiểm tra tệp còn đó và quyền đọc tệp.",
        ) from error
    return SourceRecord(
        path=file.key,
        root=str(file.root),
        name=file.name,
        sha256="",
        size=found.st_size,
        modified_ns=found.st_mtime_ns,
        status=_READ,
        document_id=None,
        error="",
    )
