"""What every reader must offer: two questions, no state between calls, nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from indexer.models import RawDocument


class Reader(Protocol):
    """One format."""

    name: str
    suffixes: tuple[str, ...]

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether a file that begins with `head` and is named `*suffix` is of this format."""

    def read(self, path: Path) -> RawDocument:
        """Return the blocks and notes of the file, text in NFC.

        Raises UnreadableFile with a message in Vietnamese when the file is damaged, empty,
        too large or not what its name says.
        """
