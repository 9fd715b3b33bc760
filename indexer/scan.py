"""Which files of the given paths are reports, and which of them have changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from indexer.errors import DataFolderError, NothingToIndex, reason
from indexer.manifest import MANIFEST

# Between the path of an archive and the path inside it: "/x/a.zip!/2015/bc.doc".
INSIDE = "!/"

_OFFICE_LOCK = "~$"
_NOT_OURS = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


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
class Scan:
    """The files of some paths; `ignored` are the names of those that are never reports."""

    files: tuple[Found, ...]
    roots: tuple[Path, ...]
    ignored: tuple[str, ...]

    def covers(self, path: Path) -> bool:
        """Say whether a file of this path would have been found, were it still there."""
        return any(is_below(path, root) for root in self.roots)


def is_below(path: Path, root: Path) -> bool:
    """Say whether a file is `root`, in it, or in an archive of this path."""
    return path.is_relative_to(root) or str(path).startswith(f"{root}{INSIDE}")


def is_never_report(name: str) -> bool:
    """Say whether a file of this name is none: hidden, a lock of an office, README, manifest.

    >>> is_never_report("xa/.DS_Store"), is_never_report("xa/a.docx")
    (True, False)
    """
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part in _NOT_OURS for part in path.parts)
    return hidden or path.name.startswith(_OFFICE_LOCK) or _is_about(path)


def _is_about(path: PurePath) -> bool:
    return path.name == MANIFEST or path.stem.upper() == "README"


def scan(paths: Sequence[Path]) -> Scan:
    """Return the files below the given files and folders, each once, ordered by path.

    Hidden files, pipes, symbolic links that lead out of the folder, office lock files, the
    manifest and a README are never reports. Raises NothingToIndex when a path does not exist.
    """
    # Not `resolve`: a link given by name keeps its name.
    roots = tuple(Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100
    for given, root in zip(paths, roots, strict=True):
        if not root.exists():
            raise NothingToIndex(
                f"Không thấy `{given}`.", "Hãy kiểm tra lại đường dẫn tới tệp hoặc thư mục."
            )
    files: dict[Path, Found] = {}
    ignored: list[str] = []
    for root in roots:
        for path in _walk(root):
            name = path.relative_to(root).as_posix() if root.is_dir() else path.name
            if root.is_dir() and _is_ignored(path, root):
                ignored.append(_printable(name))
            else:
                files.setdefault(path, Found(path, root, _printable(name)))
    return Scan(tuple(files[path] for path in sorted(files)), roots, tuple(ignored))


def _printable(name: str) -> str:
    """Return a name with a sign for every byte that is no letter: it must go into JSON."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    for folder, folders, names in os.walk(root, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names))


def _refuse(error: OSError) -> None:
    # Passed over, all its reports would count as removed.
    raise DataFolderError(
        f"Không mở được thư mục `{error.filename}`: {reason(error)}.",
        "Hãy kiểm tra quyền đọc rồi chạy lại; chưa có gì thay đổi.",
    ) from error


def _is_ignored(path: Path, root: Path) -> bool:
    if path.name.startswith((".", _OFFICE_LOCK)) or _is_about(path):
        return True
    if path.exists() and not path.is_file():
        return True
    return path.is_symlink() and not path.resolve().is_relative_to(root.resolve())
