"""What a reader saw in a file: nothing interpreted, nothing dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.models.span import Span


class BlockKind(StrEnum):
    """What a block looked like in the file; its meaning is decided later, in `structure`."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class RawMark:
    """A call of a note. `span` is empty where the mark is no part of the text; `key` is the
    reader's name of the note, unique in the file, empty when its note is not known.
    """

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class RawCell:
    """A table cell. `columns` is its width; `continues`: it goes on from the row above.

    `value` is the number of a sheet with all its digits where not all of them are printed.
    """

    text: str
    columns: int = 1
    continues: bool = False
    marks: tuple[RawMark, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A paragraph, heading, list item or table row, as the reader saw it.

    `text` holds printed list numbers and no note marks; for a table row it is empty and `cells`
    holds the row. `level` is the outline level that the file itself declares (0 = highest).
    `table` numbers the tables of the file from 1; `header` is a row the file declares as heading.
    """

    kind: BlockKind
    text: str
    level: int | None = None
    bold: bool = False
    centered: bool = False
    page: int | None = None
    marks: tuple[RawMark, ...] = ()
    table: int = 0
    cells: tuple[RawCell, ...] = ()
    header: bool = False


class NoteKind(StrEnum):
    """Whether a note stands at the foot of a page, at the end, or as a comment on a cell."""

    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class RawNote:
    """The body of a note. `label` is what is printed, empty when the file numbers by order."""

    key: str
    text: str
    label: str = ""
    kind: NoteKind = NoteKind.FOOTNOTE
    marks: tuple[RawMark, ...] = ()
    page: int | None = None


# In percent; why this much: docs/ingestion.md.
SURE_ENOUGH = 70


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page of a file that has pages. `number` counts from 1, whatever is printed on it.

    `ocr`: its text was recognised from an image, with a mean `confidence` in percent.
    """

    number: int
    ocr: bool = False
    confidence: int | None = None

    @property
    def doubtful(self) -> bool:
        """Say whether so much was recognised unsurely that no number of the page can be used.

        >>> RawPage(1, ocr=True, confidence=62).doubtful, RawPage(1).doubtful
        (True, False)
        """
        return self.ocr and self.confidence is not None and self.confidence < SURE_ENOUGH


def ocr_of(pages: Sequence[RawPage]) -> tuple[int, int | None]:
    """Return how many pages were recognised from images, and their mean confidence in percent.

    >>> ocr_of((RawPage(1), RawPage(2, ocr=True, confidence=90), RawPage(3, True, 80)))
    (2, 85)
    """
    recognised = [page for page in pages if page.ocr]
    sure = [page.confidence for page in recognised if page.confidence is not None]
    return len(recognised), sum(sure) // len(sure) if sure else None


@dataclass(frozen=True, slots=True)
class Conversion:
    """Text of an old encoding that was decoded: how many runs, and a sample before and after."""

    encoding: str
    count: int
    sample_before: str
    sample_after: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as its reader saw it: nothing interpreted, nothing dropped.

    A mark with an empty key is a place where a note was called whose number is lost.
    `warnings` are sentences for people (Vietnamese) about what could not be read as it stands.
    `conversions` list the text that was decoded from old Vietnamese encodings.
    `pages` are those of a file that has pages; empty for one that has none. `format` is the one
    that was found in the content ("docx", "doc", "rtf"), whatever the name of the file says.
    """

    blocks: tuple[RawBlock, ...]
    notes: tuple[RawNote, ...] = ()
    encoding: str = ""
    warnings: tuple[str, ...] = ()
    pages: tuple[RawPage, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    format: str = ""
