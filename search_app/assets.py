"""The files that pages load, under an address that changes when any of them does."""

from __future__ import annotations

import hashlib
from pathlib import Path

_DIGITS = 12
# The browser never asks again: another content has another address.
MAX_AGE = 365 * 24 * 3600


def digest(folder: Path) -> str:
    """Return 12 hex digits that stand for the names and bytes of all files in a folder.

    All files share one digest, as a folder of their address, so that a style sheet finds its
    fonts by relative names.
    """
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(path.relative_to(folder).as_posix().encode() + b"\0")
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:_DIGITS]
