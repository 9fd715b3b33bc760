"""What every reader must offer: two questions, no state between calls, nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from indexer.models import RawDocument

# The pages that a file may have, unless the settings say otherwise.
MAX_PAGES = 3000


class Reader(Protocol):
    """One format."""

    name: str
    suffixes: tuple[str, ...]

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether a file that begins with `head` and is named `*suffix` is of this format.

        Of a file that holds files (zip, OLE2) the names inside follow, each between zero bytes.
        """

    def read(self, path: Path) -> RawDocument:
        """Return the blocks and notes of the file, text in NFC.

        Raises UnreadableFile with a message in Vietnamese when the file is damaged, empty,
        too large or not what its name says.
        """


@runtime_checkable
class PagedReader(Protocol):
    """A reader of files with pages: `max_pages` is the limit, set before a file is read."""

    max_pages: int
