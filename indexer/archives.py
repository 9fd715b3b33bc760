"""Archives (.zip, .tar) unpacked into a temporary folder, with limits; archives in them too.

Nothing in an archive is trusted: not its names (they may lead out of the folder), not its sizes
(a few bytes may unfold into terabytes), not that it ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from indexer.archive_entries import SUFFIXES, Entry, entries, printable
from indexer.errors import ReadingError, UnreadableFile, UnsupportedFormat, reason
from indexer.readers.bounded_zip import Limits, RefusedZip
from indexer.readers.containers import is_document_zip
from indexer.readers.registry import refuse_foreign_archive
from indexer.readers.work_folder import is_full, temp_folder_full

MAX_DEPTH = 3
LIMITS = Limits(members=10_000, total=1_000_000_000, ratio=200)

_MAGIC_BYTES = 8
_ASK_AGAIN = "Hãy xin lại tệp nén, hoặc tự giải nén rồi lập chỉ mục thư mục."
_UNLOCK = "Hãy giải nén bằng mật khẩu rồi lập chỉ mục thư mục."


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of an archive: its path inside, and where it was unpacked."""

    inside: str
    path: Path


@dataclass(frozen=True, slots=True)
class Refused:
    """A file in an archive that was not unpacked, and why."""

    inside: str
    error: ReadingError


@dataclass(slots=True)
class Unpacked:
    """What came out of an archive."""

    members: list[Member] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def is_archive(name: str) -> bool:
    """Say whether a file of this name is unpacked.

    >>> is_archive("Báo cáo.ZIP"), is_archive("a.tar.gz"), is_archive("a.docx")
    (True, True, False)
    """
    return name.lower().endswith(SUFFIXES)


def is_packed(path: Path, name: str) -> bool:
    """Say whether a file is unpacked: named as an archive, and no document by what it holds."""
    try:
        return is_archive(name) and not is_document_zip(path)
    except OSError:
        return is_archive(name)  # who opens it will say why it cannot be opened


class _Exhausted(RefusedZip):
    """What was taken out of an archive, with those in it, breaks the limits of a whole one."""


def unpack(path: Path, name: str, folder: Path, max_bytes: int) -> Unpacked:
    """Unpack an archive into an empty folder; `max_bytes` is what one file in it may have.

    Files that cannot be taken out are listed with the reason. Raises UnreadableFile, with what
    people call the archive, when it is damaged or breaks the limits of an archive as a whole, and
    UnsupportedFormat when it is of another kind than those that are opened.
    """
    unpacker = _Unpacker(folder, max_bytes)
    try:
        _refuse_foreign(path, name)
        unpacker.open(path, "", 1)
    except RefusedZip as error:
        hint = _UNLOCK if error.locked else _ASK_AGAIN
        raise UnreadableFile(f"Không mở được tệp nén `{name}`: {error.why}.", hint) from error
    except OSError as error:
        if is_full(error):
            raise temp_folder_full(name) from error
        raise UnreadableFile(
            f"Không giải nén được `{name}`: {reason(error)}.",
            "Hãy kiểm tra quyền đọc tệp rồi thử lại.",
        ) from error
    return unpacker.found


def _refuse_foreign(path: Path, name: str) -> None:
    with path.open("rb") as file:
        refuse_foreign_archive(file.read(_MAGIC_BYTES), name)


class _Unpacker:
    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.found = Unpacked()
        self._folder = folder
        self._max_bytes = max_bytes
        self._bytes = 0
        self._files = 0
        self._names: set[str] = set()

    def open(self, path: Path, prefix: str, depth: int) -> None:
        limits = replace(LIMITS, member=self._max_bytes)
        for entry in entries(path, self._folder, limits):
            self._files += 1
            if self._files > LIMITS.members:
                raise _Exhausted(f"bên trong có hơn {LIMITS.members} tệp")
            self._take(entry, prefix, depth)

    def _take(self, entry: Entry, prefix: str, depth: int) -> None:
        inside = self._unique(prefix + printable(entry.inside))
        why = _reason_to_refuse(entry, inside[len(prefix) :], self._max_bytes)
        if why:
            self._refuse(inside, why, _ASK_AGAIN)
            return
        target = self._folder / f"{self._files:06}"
        try:
            self._write(entry, target)
        except _Exhausted:
            raise
        except RefusedZip as error:
            target.unlink(missing_ok=True)
            self._refuse(inside, error.why, _UNLOCK if error.locked else _ASK_AGAIN)
            return
        if is_packed(target, inside):
            self._nested(target, inside, depth)
        else:
            self.found.members.append(Member(inside, target))

    def _nested(self, target: Path, inside: str, depth: int) -> None:
        if depth >= MAX_DEPTH:
            self._refuse(inside, f"tệp nén lồng nhau quá {MAX_DEPTH} lớp", _ASK_AGAIN)
            return
        try:
            _refuse_foreign(target, inside)
            self.open(target, inside + "/", depth + 1)
        except UnsupportedFormat as error:
            self.found.refused.append(Refused(inside, error))
        except _Exhausted:
            raise
        except RefusedZip as error:
            self._refuse(inside, error.why, _UNLOCK if error.locked else _ASK_AGAIN)
        finally:
            target.unlink(missing_ok=True)

    def _write(self, entry: Entry, target: Path) -> None:
        with target.open("wb") as file:
            for piece in entry.pieces():
                self._bytes += len(piece)
                if self._bytes > LIMITS.total:
                    raise _Exhausted(
                        f"giải nén ra lớn hơn {LIMITS.total // 1_000_000} MB (bom nén)"
                    )
                file.write(piece)

    def _refuse(self, inside: str, why: str, hint: str) -> None:
        error = UnreadableFile(f"Không đọc được `{inside}` trong tệp nén: {why}.", hint)
        self.found.refused.append(Refused(inside, error))

    def _unique(self, inside: str) -> str:
        name, number = inside, 1
        while name in self._names:
            number += 1
            parts = PurePosixPath(inside)
            name = str(parts.with_name(f"{parts.stem} ({number}){parts.suffix}"))
        self._names.add(name)
        return name


def _reason_to_refuse(entry: Entry, inside: str, max_bytes: int) -> str:
    parts = inside.split("/")
    if inside.startswith("/") or ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":"):
        return "đường dẫn bên trong chỉ ra ngoài thư mục"
    if entry.odd:
        return entry.odd
    if entry.size > max_bytes and not is_archive(inside):
        return f"tệp lớn hơn {max_bytes // 2**20} MB"
    return ""
