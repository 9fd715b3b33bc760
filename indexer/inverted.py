"""Reports that were analysed and inverted, each in a file of its own, until the index has them.

The processes that read the reports also invert them; the index is then merged from the files. What
a killed run leaves is used by the next one, so that no text is segmented twice.
"""

from __future__ import annotations

import shutil
import zlib
from pathlib import Path

import numpy as np

from indexer.backends.array_file import DamagedArrays, open_arrays, write_arrays
from indexer.backends.generations import writing
from indexer.backends.inverting import invert
from indexer.entries import build_entries
from indexer.index_rules import current_meta
from indexer.models import Document
from indexer.phrase_counts import PhraseCounts, count_phrases
from indexer.phrasebook import pack_counts, unpack_counts
from indexer.structure import READING_VERSION

_PHRASES = "phrases"


class InvertedReports:
    """The folder of these files below a data folder.

    A report is inverted as it is read, long before the catalogue and the index have it. One that
    replaces what is searchable now waits apart, for the present one is still in the catalogue.
    """

    def __init__(self, data: Path) -> None:
        """Name the folder; it is made when it is needed."""
        self._folder = data / "inverted"
        rules = f"{current_meta()}{READING_VERSION}".encode()
        self._rules = f"{zlib.crc32(rules):08x}"

    def path(self, document_id: str, *, replacing: bool = False) -> Path:
        """Return where the file of a report is, or will be."""
        folder = self._folder / "replacing" if replacing else self._folder
        return folder / f"{document_id}-{self._rules}"

    def begin(self) -> None:
        """Make the folder, without what a run before wanted to put in place of others.

        Raises DataFolderError where it cannot be made.
        """
        replacing = self._folder / "replacing"
        shutil.rmtree(replacing, ignore_errors=True)
        with writing(replacing):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            replacing.mkdir(mode=0o700)

    def clear(self) -> None:
        """Remove all files: the index has them."""
        shutil.rmtree(self._folder, ignore_errors=True)


def invert_report(document: Document, path: Path) -> None:
    """Write what the index stores of a report, and its phrases, to a file.

    Raises OSError where it cannot be written.
    """
    packed = np.frombuffer(pack_counts(count_phrases(document)), np.uint8)
    write_arrays(path, {**invert(build_entries(document)), _PHRASES: packed})


def is_inverted(path: Path) -> bool:
    """Say whether a whole file is there."""
    try:
        return _PHRASES in open_arrays(path)
    except (OSError, DamagedArrays):
        return False


def phrases_of(path: Path) -> PhraseCounts:
    """Return the phrases of a report that was inverted."""
    return unpack_counts(open_arrays(path)[_PHRASES].tobytes())
