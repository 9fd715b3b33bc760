"""Zip files from anywhere, opened with limits: no size that one declares is trusted."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from struct import error as StructError
from zlib import error as ZlibError

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
# What zipfile and the decompressors raise for damaged input, beside BadZipFile.
DAMAGED_ZIP = (
    zipfile.BadZipFile,
    ZlibError,
    LZMAError,
    StructError,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    OSError,
)


class RefusedZip(Exception):
    """A zip breaks a limit or is damaged: why, in Vietnamese. `locked`: it has a password."""

    def __init__(self, why: str, *, locked: bool = False) -> None:
        self.why, self.locked = why, locked
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one zip may hold: members, bytes in all, and how many bytes one packed byte gives.

    Members of more than `member` bytes do not count: they are left where they are.
    """

    members: int = 5_000
    total: int = 300_000_000
    ratio: int = 200
    member: int | None = None


class BoundedZip:
    """The members of an open zip, read within the limits."""

    def __init__(self, package: zipfile.ZipFile, limits: Limits) -> None:
        self.infos = tuple(info for info in package.infolist() if not info.is_dir())
        self.names = frozenset(info.filename for info in self.infos)
        self._package = package
        self._ratio = limits.ratio
        self._left = limits.total
        most = limits.member
        sizes = (info.file_size for info in self.infos)
        if sum(size for size in sizes if most is None or size <= most) > limits.total:
            raise _too_large(limits.total)

    def read(self, name: str) -> bytes:
        """Return the bytes of a member. Raises RefusedZip."""
        return b"".join(self.pieces(self._package.getinfo(name)))

    def pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the bytes of a member, piece by piece.

        Raises RefusedZip when it is damaged, locked, or much larger than it should be.
        """
        if info.flag_bits & _ENCRYPTED:
            raise RefusedZip("tệp được bảo vệ bằng mật khẩu", locked=True)
        allowed = max(_CHUNK, info.compress_size * self._ratio)
        read = 0
        with damage_explained(), self._package.open(info) as member:
            while piece := member.read(_CHUNK):
                read += len(piece)
                self._left -= len(piece)
                if read > allowed or self._left < 0:
                    raise RefusedZip("nội dung nén phình ra quá lớn khi giải nén (bom nén)")
                yield piece


@contextmanager
def open_zip(path: Path, limits: Limits) -> Iterator[BoundedZip]:
    """Open a zip for reading. Raises RefusedZip when it is damaged or breaks a limit."""
    with damage_explained():
        _refuse_many(path, limits.members)
        package = zipfile.ZipFile(path)
    with package:
        if len(package.infolist()) > limits.members:
            raise _too_many(limits.members)
        yield BoundedZip(package, limits)


@contextmanager
def damage_explained() -> Iterator[None]:
    """Turn what damaged zips raise into RefusedZip."""
    try:
        yield
    except DAMAGED_ZIP as error:
        raise RefusedZip("tệp bị hỏng hoặc chưa tải về đủ") from error


def _refuse_many(path: Path, members: int) -> None:
    # Counted before zipfile builds an object for each: its own count comes too late.
    count = 0
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            count += (tail + piece).count(_ENTRY)
            tail = piece[-3:]
            if count > 2 * members:
                raise _too_many(members)


def _too_many(members: int) -> RefusedZip:
    return RefusedZip(f"bên trong có hơn {members} tệp")


def _too_large(total: int) -> RefusedZip:
    return RefusedZip(f"giải nén ra sẽ lớn hơn {total // 1_000_000} MB (bom nén)")
