"""Where what was learnt is kept: files of the data folder, each replaced in one step."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from indexer.errors import DataFolderError, reason

LANGUAGE = "language.bin"
ABBREVIATIONS = "abbreviations.json"
PHRASES = "phrases.bin"
_FOLDER = "learned"


class LearnedPlace(Protocol):
    """Contents by name; a reader may come at any moment while another process writes.

    Every method may raise StorageError.
    """

    def read(self, name: str) -> bytes | None:
        """Return a content as it was last written; None when there is none."""

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Put contents in the place of those that were there."""

    def versions(self) -> tuple[int, ...]:
        """Return a mark that changes whenever one of the contents does; cheap to ask."""

    def close(self) -> None:
        """Release connections; the next use opens them again."""


class LearnedFiles:
    """Contents as files in a data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / _FOLDER

    def read(self, name: str) -> bytes | None:
        """Return a content as it was last written; None when it cannot be read."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            # Questions then go without it, until the next rebuild.
            return None

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Put contents in the place of those that were there. Raises DataFolderError."""
        for name, content in contents.items():
            self._write(self._folder / name, content)

    def versions(self) -> tuple[int, ...]:
        """Return the times of change of the files."""
        return tuple(_modified(self._folder / name) for name in (LANGUAGE, ABBREVIATIONS, PHRASES))

    def close(self) -> None:
        """Do nothing: files are not held open."""

    def _write(self, path: Path, content: bytes) -> None:
        temporary = path.with_suffix(".tmp")
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError as error:
            raise DataFolderError(
                f"Không ghi được `{path}`: {reason(error)}.",
                "Hãy kiểm tra quyền ghi và chỗ trống của ổ đĩa rồi thử lại.",
            ) from error


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
