"""The folders that an embedded index lives in, one per fresh build, and which of them is in use.

index/current.json   names the folder in use and the rules it was built with
index/0003/          the generation in use
index/0002/          the one before it, kept until the next fresh build is in use
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from indexer.errors import DataFolderError, IndexLocked, IndexMissing, IndexOutdated, reason
from indexer.models import IndexMeta

REBUILD = "Hãy chạy `vankien index --rebuild` để lập lại chỉ mục."

_NAME = re.compile(r"[0-9]{4,}")


@dataclass(frozen=True, slots=True)
class Generation:
    """A build of the index: its folder and the rules it was built with.

    `stamp` tells one that was read apart from another one of the same name, put in its place.
    """

    folder: Path
    meta: IndexMeta
    stamp: tuple[int, ...] = ()


class Generations:
    """The generations below one folder. Changes need the writer's lock, reading does not."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = root / "current.json"
        self._known: Generation | None = None

    def current(self) -> Generation | None:
        """Return the generation in use, or None when nothing has been built.

        Raises DataFolderError when the file that names it cannot be read or understood.
        """
        with reading(self._root):
            stamp = self._stamp()
        if stamp is None:
            return None
        known = self._known
        if known is None or known.stamp != stamp:
            known = self._known = replace(self._read(), stamp=stamp)
        return known

    def _stamp(self) -> tuple[int, ...] | None:
        """Return what changes whenever the file is replaced: every search asks for it."""
        try:
            stat = self._file.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def _read(self) -> Generation:
        try:
            with reading(self._root):
                fields = json.loads(self._file.read_text(encoding="utf-8"))
            name = str(fields["folder"])
            meta = IndexMeta(
                int(fields["schema"]), int(fields["analysis"]), str(fields["segmenter"])
            )
        except (ValueError, LookupError, TypeError) as error:
            raise damaged(self._file) from error
        if not _NAME.fullmatch(name):
            raise damaged(self._file)
        return Generation(self._root / name, meta)

    def begin(self) -> Path:
        """Make an empty folder for a fresh build, after removing what killed builds left."""
        used = self._in_use()
        if used is not None:
            newest = int(used.folder.name)
            self._remove(folder for folder in self._folders() if int(folder.name) > newest)
        last = max((int(folder.name) for folder in self._folders()), default=0)
        folder = self._root / f"{last + 1:04d}"
        folder.mkdir(mode=0o700)
        return folder

    def publish(self, generation: Generation) -> None:
        """Put a built generation in use, keep the one before and remove older ones."""
        before = self._in_use()
        self._write({"folder": generation.folder.name, **asdict(generation.meta)})
        if before is not None:
            kept = {generation.folder, before.folder}
            self._remove(folder for folder in self._folders() if folder not in kept)

    def prune(self) -> tuple[str, ...]:
        """Remove every generation but the one in use; return the names of their folders."""
        used = self._in_use()
        old = [folder for folder in self._folders() if used and folder != used.folder]
        self._remove(old)
        return tuple(sorted(folder.name for folder in old))

    def discard(self, folder: Path) -> None:
        """Remove a build that failed, unless it is in use already."""
        used = self._in_use()
        if used is None or used.folder != folder:
            self._remove([folder])

    def _in_use(self) -> Generation | None:
        # A fresh build is the way out of damage, so it must not stop at it; nor may a wrong name
        # make it remove a folder that still works.
        with contextlib.suppress(DataFolderError):
            current = self.current()
            if current is not None and current.folder.is_dir():
                return current
        return None

    def _folders(self) -> list[Path]:
        return [path for path in self._root.iterdir() if _NAME.fullmatch(path.name)]

    def _remove(self, folders: Iterable[Path]) -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _write(self, fields: dict[str, object]) -> None:
        # The writer's lock makes one name enough; what a killed process left is overwritten.
        temporary = self._file.with_suffix(".new")
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(fields, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._file)
        settle(self._root)


def settle(path: Path) -> None:
    """Have the system put a file, or the names in a folder, on the disk.

    Without this a power failure could bring old names back; not every system has it.
    """
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def check_meta(found: IndexMeta, wanted: IndexMeta) -> None:
    """Refuse an index that was built with other rules than `wanted`."""
    if found != wanted:
        raise IndexOutdated(
            "Chỉ mục được lập theo quy tắc của phiên bản khác.",
            REBUILD,
        )


def missing(root: Path | str) -> IndexMissing:
    """Return the error to raise where there is nothing to search."""
    return IndexMissing(
        f"Chưa có chỉ mục trong {root} nên chưa tìm được.",
        "Hãy chạy `vankien index THƯ_MỤC` với thư mục chứa các báo cáo.",
    )


def damaged(path: Path) -> DataFolderError:
    """Return the error to raise where the index is there but makes no sense."""
    return DataFolderError(f"Chỉ mục bị hỏng hoặc thiếu tệp: {path}.", REBUILD)


def busy(root: Path) -> IndexLocked:
    """Return the error to raise where another writer is at work."""
    return IndexLocked(
        f"Một tiến trình khác đang ghi chỉ mục trong {root}.",
        "Hãy đợi tiến trình đó xong rồi chạy lại.",
    )


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system refuses while the index is read into a DataFolderError."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.EINVAL):
            raise DataFolderError(
                f"Không đọc được chỉ mục trong {path}: {reason(error)}.",
                "Hãy kiểm tra quyền đọc của thư mục và số tệp đang mở rồi thử lại.",
            ) from error
        # A file that is gone, or a place in one that is not there.
        raise damaged(path) from error


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system refuses while the index is written into a DataFolderError."""
    try:
        yield
    except OSError as error:
        raise DataFolderError(
            f"Không ghi được chỉ mục vào {path}: {reason(error)}.",
            "Hãy kiểm tra quyền ghi của thư mục và dung lượng đĩa còn trống rồi chạy lại.",
        ) from error
