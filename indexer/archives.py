"""Archives (.zip) unpacked into a temporary folder, with limits; archives in them too.

Nothing in an archive is trusted: not its names (they may lead out of the folder), not its sizes
(a few bytes may unfold into terabytes), not that it ends.
"""

from __future__ import annotations

import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from indexer.errors import ReadingError, UnreadableFile, reason
from indexer.readers.bounded_zip import BoundedZip, Limits, RefusedZip, open_zip

SUFFIX = ".zip"
MAX_DEPTH = 3
LIMITS = Limits(members=10_000, total=1_000_000_000, ratio=200)

_UTF8_NAMES = 0x800
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

    >>> is_archive("Báo cáo.ZIP"), is_archive("a.docx")
    (True, False)
    """
    return name.lower().endswith(SUFFIX)


def unpack(path: Path, name: str, folder: Path, max_bytes: int) -> Unpacked:
    """Unpack an archive into an empty folder; `max_bytes` is what one file in it may have.

    Files that cannot be taken out are listed with the reason. Raises UnreadableFile, with what
    people call the archive, when it is damaged or breaks the limits of an archive as a whole.
    """
    unpacker = _Unpacker(folder, max_bytes)
    try:
        unpacker.open(path, "", 1)
    except RefusedZip as error:
        hint = _UNLOCK if error.locked else _ASK_AGAIN
        raise UnreadableFile(f"Không mở được tệp nén `{name}`: {error.why}.", hint) from error
    except OSError as error:
        raise UnreadableFile(
            f"Không giải nén được `{name}`: {reason(error)}.",
            "Hãy kiểm tra quyền đọc và chỗ trống của ổ đĩa tạm rồi thử lại.",
        ) from error
    return unpacker.found


class _Unpacker:
    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.found = Unpacked()
        self._folder = folder
        self._max_bytes = max_bytes
        self._bytes = 0
        self._files = 0
        self._names: set[str] = set()

    def open(self, path: Path, prefix: str, depth: int) -> None:
        with open_zip(path, LIMITS) as package:
            for info in package.infos:
                self._files += 1
                if self._files > LIMITS.members:
                    raise RefusedZip(f"bên trong có hơn {LIMITS.members} tệp")
                self._take(package, info, prefix, depth)

    def _take(self, package: BoundedZip, info: zipfile.ZipInfo, prefix: str, depth: int) -> None:
        inside = self._unique(prefix + printable(real_name(info)))
        why = _reason_to_refuse(info, inside[len(prefix) :], self._max_bytes)
        if why:
            self._refuse(inside, why, _ASK_AGAIN)
            return
        target = self._folder / f"{self._files:06}"
        try:
            self._write(package, info, target)
        except RefusedZip as error:
            if not error.locked and "bom" in error.why:
                raise
            self._refuse(inside, error.why, _UNLOCK if error.locked else _ASK_AGAIN)
            return
        if is_archive(inside):
            self._nested(target, inside, depth)
        else:
            self.found.members.append(Member(inside, target))

    def _nested(self, target: Path, inside: str, depth: int) -> None:
        if depth >= MAX_DEPTH:
            self._refuse(inside, f"tệp nén lồng nhau quá {MAX_DEPTH} lớp", _ASK_AGAIN)
            return
        try:
            self.open(target, inside + "/", depth + 1)
        except RefusedZip as error:
            if "bom" in error.why or "bên trong" in error.why:
                raise
            self._refuse(inside, error.why, _UNLOCK if error.locked else _ASK_AGAIN)
        finally:
            target.unlink(missing_ok=True)

    def _write(self, package: BoundedZip, info: zipfile.ZipInfo, target: Path) -> None:
        with target.open("wb") as file:
            for piece in package.pieces(info):
                self._bytes += len(piece)
                if self._bytes > LIMITS.total:
                    raise RefusedZip(
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


def real_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a file in an archive, whatever its program wrote it in, in NFC.

    Old programs say nothing of the encoding; zipfile then takes cp437, mostly wrongly.
    """
    name = info.filename
    if not info.flag_bits & _UTF8_NAMES:
        name = next(_readings(name), name)
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def printable(name: str) -> str:
    """Return a name with a sign for every control character and half of a letter.

    >>> printable("a\\x07\\nb.txt")
    'a\ufffd\ufffdb.txt'
    """
    return "".join(
        "\ufffd" if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in name
    )


def _readings(name: str) -> Iterator[str]:
    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return
    for encoding in ("utf-8", "cp1258"):
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            continue


def _reason_to_refuse(info: zipfile.ZipInfo, inside: str, max_bytes: int) -> str:
    parts = inside.split("/")
    if inside.startswith("/") or ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":"):
        return "đường dẫn bên trong chỉ ra ngoài thư mục"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "đó là liên kết tượng trưng, không phải tệp"
    if info.file_size > max_bytes and not is_archive(inside):
        return f"tệp lớn hơn {max_bytes // 2**20} MB"
    return ""
