"""The paragraphs of one Word file, each looked at once however often the file is read.

A file with text of old fonts is read twice (see `legacy_runs`): what its XML says stays the same,
only the letters that it shows do not.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.readers.docx_lines import Printed, read_printed
from indexer.readers.docx_styles import Format, StyleSheet
from indexer.readers.docx_xml import Element, below

# A bound on memory: a hostile file may hold millions of empty paragraphs.
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its formats, what it shows, and whether the next one goes on in its line."""

    formats: tuple[Format, ...]
    printed: Printed
    goes_on: bool


class Paragraphs:
    """Reads paragraphs in the styles of their file, and remembers them."""

    def __init__(self, sheet: StyleSheet) -> None:
        """Begin with the styles of a file."""
        self.sheet = sheet
        # The elements are kept, too: lxml would make new ones, unequal to these.
        self._read: dict[Element, Paragraph] = {}

    def read(self, element: Element) -> Paragraph:
        """Return the paragraph that this element is."""
        found = self._read.get(element)
        if found is None:
            formats = self.sheet.formats(element)
            printed = read_printed(element, formats, self.sheet)
            found = Paragraph(formats, printed, _end_is_deleted(element))
            if len(self._read) < _REMEMBERED:
                self._read[element] = found
        return found


def _end_is_deleted(paragraph: Element) -> bool:
    mark = below(paragraph, "pPr/rPr")
    return below(mark, "del") is not None or below(mark, "moveFrom") is not None
