"""The original files, kept as they were read, each under its SHA-256; here in a folder."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from indexer.errors import DataFolderError, NotFound, UnreadableFile, reason

CHUNK_BYTES = 1024 * 1024

_SHA256 = re.compile(r"[0-9a-f]{64}")


def sha256_of(path: Path, chunk: int = CHUNK_BYTES) -> str:
    """Return the SHA-256 of a file in hex, reading `chunk` bytes at a time.

    Raises UnreadableFile when the file cannot be read.
    """
    digest = hashlib.sha256()
    for piece in _pieces(path, chunk):
        digest.update(piece)
    return digest.hexdigest()


def name_of(sha256: str) -> str:
    """Return the name of an original below the place where all are kept.

    Raises NotFound for anything that is no SHA-256 in lower case.
    """
    # It may come from a web address: nothing but a hash becomes a path.
    if not _SHA256.fullmatch(sha256):
        raise unknown_original(sha256)
    return f"{sha256[:2]}/{sha256}"


class Originals(Protocol):
    """Where the originals are kept; nothing but a SHA-256 in lower case ever names one."""

    def has(self, sha256: str) -> bool:
        """Say whether an original is kept. Raises DataFolderError when nobody can tell."""

    def keep(self, path: Path, sha256: str) -> None:
        """Copy a file under its SHA-256, all of it or nothing.

        Raises NotFound for anything that is no SHA-256 in lower case, UnreadableFile when the
        file cannot be read or no longer has this SHA-256, DataFolderError when the copy cannot
        be written.
        """

    def fetch(self, sha256: str, folder: Path) -> Path:
        """Return a file on this machine with the bytes: the kept one, or a copy in `folder`.

        Raises NotFound when none is kept, and for anything that is no SHA-256 in lower case;
        DataFolderError when it cannot be fetched.
        """

    def local(self, sha256: str) -> AbstractContextManager[Path]:
        """Give what `fetch` returns; a copy is gone when the block ends."""

    def since(self, sha256s: Iterable[str]) -> Mapping[str, float]:
        """Return when originals came, in seconds since 1970; what is not known is left out."""

    @property
    def are_here(self) -> bool:
        """Say whether `fetch` returns the kept files themselves, and not copies that take room."""


class FolderOriginals:
    """Originals in a folder, of this machine or one that several machines share."""

    are_here = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the original with this SHA-256 is kept. Raises NotFound."""
        place = self._place(sha256)
        if not place.is_file():
            raise unknown_original(sha256)
        return place

    def has(self, sha256: str) -> bool:
        """Say whether an original is kept."""
        with suppress(NotFound):
            return self.path(sha256).is_file()
        return False

    def fetch(self, sha256: str, folder: Path) -> Path:
        """Return the kept file itself. Raises NotFound."""
        return self.path(sha256)

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """Give the kept file itself. Raises NotFound."""
        yield self.path(sha256)

    def since(self, sha256s: Iterable[str]) -> Mapping[str, float]:
        """Return when originals were copied here: once and never again."""
        found = {}
        for sha256 in sha256s:
            with suppress(NotFound, OSError):
                found[sha256] = self.path(sha256).stat().st_mtime
        return found

    def keep(self, path: Path, sha256: str) -> None:
        """Copy a file under its SHA-256, all of it or nothing.

        Raises NotFound for anything that is no SHA-256 in lower case, UnreadableFile when the
        file cannot be read or no longer has this SHA-256, DataFolderError when the copy cannot
        be written.
        """
        place = self._place(sha256)
        size = _size(path)
        try:
            if not (place.is_file() and place.stat().st_size == size):
                self._make_folders(place.parent)
                _copy(path, place, sha256)
        except OSError as error:
            raise DataFolderError(
                f"Không lưu được bản gốc của {path} vào {self.folder}: {reason(error)}.",
                "Hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa rồi thử lại.",
            ) from error

    def _place(self, sha256: str) -> Path:
        return self.folder / name_of(sha256)

    def _make_folders(self, shard: Path) -> None:
        # One by one: mkdir gives its mode only to the last folder of a path.
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        shard.mkdir(mode=0o700, exist_ok=True)


def _copy(path: Path, place: Path, sha256: str) -> None:
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as copy:
            for piece in _pieces(path, CHUNK_BYTES):
                digest.update(piece)
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        if digest.hexdigest() != sha256:
            raise changed_meanwhile(path)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    # Without it a power cut may forget the new name although the content is on the disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pieces(path: Path, chunk: int) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(chunk):
                yield piece
    except OSError as error:
        raise unreadable(path, error) from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from error


def changed_meanwhile(path: Path) -> UnreadableFile:
    """Return the error of a file that no longer has the SHA-256 it had."""
    return UnreadableFile(
        f"Tệp {path} đã thay đổi trong khi đang được đọc.", "Hãy chạy lại lệnh index."
    )


def unreadable(path: Path, error: OSError) -> UnreadableFile:
    """Return the error of a file that the system does not let be read."""
    return UnreadableFile(
        f"Không đọc được tệp {path}: {reason(error)}.", "Hãy kiểm tra tệp và quyền đọc."
    )


def unknown_original(sha256: str) -> NotFound:
    """Return the error of an original that nobody keeps."""
    return NotFound(
        f"Không có bản gốc nào mang mã {sha256!r}.", "Hãy chạy lại: vankien index THƯ_MỤC"
    )
