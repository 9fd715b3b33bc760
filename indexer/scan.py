"""Which files of the given paths are reports, and which of them have changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.errors import (
    DataFolderError,
    NothingToIndex,
    ReadingError,
    UnreadableFile,
    reason,
)
from indexer.skipped import is_never_report, skipped

# Between the path of an archive and the path inside it: "/x/a.zip!/2015/bc.doc".
INSIDE = "!/"


@dataclass(frozen=True, slots=True)
class Found:
    """A file that could be a report. `name` is its path below the folder that was given.

    `archived` is the place of a file out of an archive ("/x/a.zip!/b.doc"): `path` is then where
    it was unpacked for this run.
    """

    path: Path
    root: Path
    name: str
    archived: str = ""

    @property
    def key(self) -> str:
        """Return what the file is known by from run to run."""
        return self.archived or str(self.path)


@dataclass(frozen=True, slots=True)
class Closed:
    """A folder that cannot be opened, and why."""

    folder: Found
    error: ReadingError


@dataclass(frozen=True, slots=True)
class Scan:
    """The files of some paths.

    `ignored` are the names of those that are never reports, with the reason where the name does
    not say it; `closed` are folders of which nobody knows what is in them.
    """

    files: tuple[Found, ...]
    roots: tuple[Path, ...]
    ignored: tuple[str, ...]
    closed: tuple[Closed, ...] = ()

    def covers(self, path: Path) -> bool:
        """Say whether a file of this path would have been found, were it still there."""
        hidden = any(is_below(path, closed.folder.path) for closed in self.closed)
        return not hidden and any(is_below(path, root) for root in self.roots)


def is_below(path: Path, root: Path) -> bool:
    """Say whether a file is `root`, in it, or in an archive of this path."""
    return path.is_relative_to(root) or str(path).startswith(f"{root}{INSIDE}")


def plainness(path: str) -> tuple[bool, int, int, str]:
    """Return by what the paths of one content are ordered, the plainest first.

    A file that lies open comes before one in an archive, then the one in fewer folders, then
    the one of the shorter path.

    >>> min(["/x/a.zip!/b.doc", "/x/2015/cũ/b.doc", "/x/bc.doc"], key=plainness)
    '/x/bc.doc'
    """
    return INSIDE in path, path.count("/"), len(path), path


def scan(paths: Sequence[Path]) -> Scan:
    """Return the files below the given files and folders, each once, ordered by path.

    Hidden files, pipes, symbolic links that lead out of the folder, what `skipped` names, the
    manifest and a README are never reports; hidden folders and links to folders are not entered.
    Raises NothingToIndex when a path does not exist, DataFolderError when it cannot be opened.
    """
    # Not `resolve`: a link given by name keeps its name.
    roots = tuple(Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100
    for given, root in zip(paths, roots, strict=True):
        if not root.exists():
            raise NothingToIndex(
                f"Không thấy `{given}`.", "Hãy kiểm tra lại đường dẫn tới tệp hoặc thư mục."
            )
    walk = _Walk()
    for root in roots:
        walk.add(root)
    files = tuple(walk.files[path] for path in sorted(walk.files))
    return Scan(files, roots, tuple(walk.ignored), tuple(walk.closed))


class _Walk:
    def __init__(self) -> None:
        self.files: dict[Path, Found] = {}
        self.ignored: list[str] = []
        self.closed: list[Closed] = []

    def add(self, root: Path) -> None:
        if root.is_file():
            self.files.setdefault(root, Found(root, root, _printable(root.name)))
            return
        for folder, folders, names in os.walk(root, onerror=partial(self._close, root)):
            here = Path(folder)
            folders[:] = [name for name in sorted(folders) if self._is_entered(here / name, root)]
            for name in sorted(names):
                self._add_file(here / name, root)

    def _is_entered(self, folder: Path, root: Path) -> bool:
        why = ""
        if folder.is_symlink():
            why = "liên kết tới thư mục"
        elif folder.name.startswith("."):
            why = "thư mục ẩn"
        if why:
            self.ignored.append(f"{_name_below(folder, root)}/ ({why})")
        return not why

    def _add_file(self, path: Path, root: Path) -> None:
        name = _name_below(path, root)
        if is_never_report(path.name):
            self.ignored.append(skipped(name))
        elif why := _why_no_report(path, root):
            self.ignored.append(f"{name} ({why})")
        else:
            self.files.setdefault(path, Found(path, root, name))

    def _close(self, root: Path, error: OSError) -> None:
        folder = Path(error.filename)
        if folder == root:
            raise DataFolderError(
                f"Không mở được thư mục `{root}`: {reason(error)}.",
                "Hãy kiểm tra quyền đọc rồi chạy lại; chưa có gì thay đổi.",
            ) from error
        name = f"{_name_below(folder, root)}/"
        why = UnreadableFile(
            f"Không mở được thư mục `{name}`: {reason(error)}.",
            "Hãy kiểm tra quyền đọc rồi chạy lại; báo cáo đã đọc từ đó vẫn được giữ.",
        )
        self.closed.append(Closed(Found(folder, root, name), why))


def _why_no_report(path: Path, root: Path) -> str:
    """Return what a file is instead of one that may be a report; "" when it may be."""
    try:
        if path.exists() and not path.is_file():
            return "không phải tệp thường"
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            return "liên kết ra ngoài thư mục"
    except RuntimeError:
        return "liên kết vòng quanh"
    except OSError:
        return ""  # the one who reads it will say why it cannot be opened
    return ""


def _name_below(path: Path, root: Path) -> str:
    return _printable(path.relative_to(root).as_posix())


def _printable(name: str) -> str:
    """Return a name with a sign for every byte that is no letter: it must go into JSON."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
