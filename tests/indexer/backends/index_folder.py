"""What lies in the folder of an index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.backends.whoosh_codec import schema


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def files(folder: Path, ending: str = "") -> list[Path]:
    """Return the files of the first generation."""
    return sorted(p for p in (folder / "0001").iterdir() if p.is_file() and p.match(f"*{ending}"))


def leftovers(folder: Path) -> list[str]:
    """Return what lies in the first generation besides a table, its segments and locks."""
    used = {each.path(folder / "0001") for each in segments(folder)}
    tables = files(folder, ".toc")
    return [
        path.name
        for path in (folder / "0001").iterdir()
        if path not in used and path not in tables[-1:] and path.suffix != ".lock"
    ]


def segments(folder: Path) -> list[Any]:
    """Return the segments that the first generation's table of contents lists."""
    storage = FileStorage(str(folder / "0001"))
    return list(TOC.read(storage, "MAIN", schema=schema()).segments)
