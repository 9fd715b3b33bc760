"""Tar files (.tar, .tar.gz, …) from anywhere, opened with the limits of a zip.

A packed one is unpacked into a plain one first, with a limit on its size: in a plain file nothing
grows any more, and its end shows whether all of it is there.
"""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast
from zlib import error as ZlibError

from indexer.readers.bounded_zip import Limits, RefusedZip

SUFFIXES = (".tar", ".tar.gz", ".tgz", ".tar.bz2")

_CHUNK = 1 << 20
# What tarfile reads at once besides contents are names; longer ones are an attack on memory.
_MAX_AT_ONCE = 2 * _CHUNK
# Not .xz: how much memory it takes is up to whoever packed it.
_GZIP, _BZIP2 = b"\x1f\x8b", b"BZh"
_DAMAGED = (
    tarfile.TarError,
    ZlibError,
    EOFError,
    IndexError,
    ValueError,
    OverflowError,
    OSError,
)


def is_tar(head: bytes) -> bool:
    """Say whether a file that begins like this is a tar, or packed as one is.

    >>> is_tar(b"a.txt".ljust(257, b"\\0") + b"ustar"), is_tar(b"PK\\x03\\x04")
    (True, False)
    """
    return head[257:262] == b"ustar" or head.startswith((_GZIP, _BZIP2))


class BoundedTar:
    """The members of an open tar, read within the limits."""

    def __init__(self, package: tarfile.TarFile, plain: _Plain, limits: Limits) -> None:
        self._package = package
        self._plain = plain
        self._limits = limits

    def members(self) -> Iterator[tarfile.TarInfo]:
        """Yield the members that are no folders.

        Raises RefusedZip when there are too many, or when the file ends before its end.
        """
        with _damage_explained():
            for count, member in enumerate(self._package):
                if count >= self._limits.members:
                    raise RefusedZip(f"bên trong có hơn {self._limits.members} tệp")
                if not member.isdir():
                    yield member
            if not self._plain.has_zeros_at(self._package.offset):
                raise RefusedZip("tệp bị hỏng hoặc chưa tải về đủ")

    def pieces(self, member: tarfile.TarInfo) -> Iterator[bytes]:
        """Yield the bytes of a member, piece by piece. Raises RefusedZip when it is damaged."""
        with _damage_explained():
            content = self._package.extractfile(member)
            left = member.size
            while content is not None and left > 0:
                piece = content.read(_CHUNK)
                if not piece:
                    raise RefusedZip("tệp bị hỏng hoặc chưa tải về đủ")
                left -= len(piece)
                yield piece


class _Plain(io.FileIO):
    """A plain tar that gives only so much at once."""

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= _MAX_AT_ONCE:
            raise RefusedZip("bên trong có tên tệp dài vô lý")
        return super().read(size) or b""

    def has_zeros_at(self, offset: int) -> bool:
        """Say whether the empty block that ends every tar stands here."""
        self.seek(offset)
        return self.read(tarfile.BLOCKSIZE) == bytes(tarfile.BLOCKSIZE)


@contextmanager
def open_tar(path: Path, limits: Limits, folder: Path) -> Iterator[BoundedTar]:
    """Open a tar for reading; a packed one is unpacked into `folder` meanwhile.

    Raises RefusedZip when it is damaged or breaks a limit.
    """
    with (
        tempfile.NamedTemporaryFile(dir=folder) as room,
        _Plain(_unpacked(path, Path(room.name), limits)) as plain,
    ):
        with _damage_explained():
            package = tarfile.open(fileobj=cast("BinaryIO", plain), mode="r:")  # noqa: SIM115
        yield BoundedTar(package, plain, limits)


def _unpacked(path: Path, target: Path, limits: Limits) -> Path:
    with path.open("rb") as file:
        head = file.read(8)
    if not head.startswith((_GZIP, _BZIP2)):
        return path
    packer = gzip.GzipFile if head.startswith(_GZIP) else bz2.BZ2File
    left = min(limits.total, max(_CHUNK, path.stat().st_size * limits.ratio))
    with packer(path) as packed, target.open("wb") as file:
        for piece in _pieces(packed):
            left -= len(piece)
            if left < 0:
                raise RefusedZip("nội dung nén phình ra quá lớn khi giải nén (bom nén)")
            file.write(piece)
    return target


def _pieces(packed: gzip.GzipFile | bz2.BZ2File) -> Iterator[bytes]:
    # Apart from the writing: a full disk is no damage of the file.
    with _damage_explained():
        while piece := packed.read(_CHUNK):
            yield piece


@contextmanager
def _damage_explained() -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        raise RefusedZip("tệp bị hỏng hoặc chưa tải về đủ") from error
