"""The original files, kept as they were read, each under its SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import DataFolderError, NotFound, UnreadableFile, reason

FOLDER_NAME = "originals"
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


class Originals:
    """The folder of original files in the data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER_NAME

    def path(self, sha256: str) -> Path:
        """Return where the original with this SHA-256 is kept.

        Raises NotFound when there is none, and for anything that is no SHA-256 in lower case.
        """
        place = self._place(sha256)
        if not place.is_file():
            raise _unknown_original(sha256)
        return place

    def keep(self, path: Path, sha256: str) -> Path:
        """Copy a file under its SHA-256, all of it or nothing; return where the copy is.

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
        return place

    def _place(self, sha256: str) -> Path:
        # The name may come from a web address: nothing but a hash becomes a path.
        if not _SHA256.fullmatch(sha256):
            raise _unknown_original(sha256)
        return self.folder / sha256[:2] / sha256

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
            raise UnreadableFile(
                f"Tệp {path} đã thay đổi trong khi đang được đọc.", "Hãy chạy lại lệnh index."
            )
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
        raise _unreadable(path, error) from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> UnreadableFile:
    return UnreadableFile(
        f"Không đọc được tệp {path}: {reason(error)}.", "Hãy kiểm tra tệp và quyền đọc."
    )


def _unknown_original(sha256: str) -> NotFound:
    return NotFound(
        f"Không có bản gốc nào mang mã {sha256!r}.", "Hãy chạy lại: vankien index THƯ_MỤC"
    )
