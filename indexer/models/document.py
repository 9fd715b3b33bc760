"""What a report is: sections, passages, notes and tables as spans of its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from indexer.models.fact import Fact, Reference
from indexer.models.raw import Conversion, NoteKind, RawPage
from indexer.models.span import Span


class PassageKind(StrEnum):
    """Where a passage stands in its report."""

    BODY = "body"
    FOOTNOTE = "footnote"
    TABLE = "table"


class Resolution(StrEnum):
    """How a footnote's mark and body were found to belong together."""

    MARKED = "marked"
    ALIGNED = "aligned"
    NESTED = "nested"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it. Children lie inside the parent's span."""

    id: str
    number: str
    title: str
    level: int
    heading: Span
    span: Span
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is found and cited: a paragraph, item, note body or table row.

    It never crosses a section. `footnotes` are the numbers called in it; `footnote` is the
    number of the note whose body it is. `context` are the table's title and column headings.
    `cells` are the cells of a table row; `heading` marks the line of a heading.
    """

    id: str
    kind: PassageKind
    span: Span
    section_id: str | None = None
    footnotes: tuple[int, ...] = ()
    footnote: int | None = None
    context: tuple[Span, ...] = ()
    cells: tuple[Span, ...] = ()
    table: int = 0
    heading: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note of a report: where it is called and where its text stands.

    `number` is what a reader would cite: printed, or by order. `reason` says why `marks` or
    `body` is missing, else it is empty; `parent` is the number of the note that calls this one.
    """

    number: int
    label: str
    how: Resolution
    marks: tuple[Span, ...]
    body: Span | None = None
    reason: str = ""
    parent: int | None = None
    kind: NoteKind = NoteKind.FOOTNOTE


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report: its title, its heading rows and its rows, as passages' ids."""

    number: int
    title: Span | None
    headings: tuple[str, ...]
    passage_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report; what is not known stays empty. `date` is ISO 8601."""

    title: str = ""
    issuer: str = ""
    place: str = ""
    province: str = ""
    term: str = ""
    congress: str = ""
    date: str = ""
    draft: str = ""
    signer: str = ""
    origin: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A report. `id` is the first 12 hex digits of the file's SHA-256; `text` is NFC.

    `format` is what the content of the file was found to be ("docx", "pdf"), whatever its name.
    """

    id: str
    source: str
    sha256: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    tables: tuple[Table, ...] = ()
    facts: tuple[Fact, ...] = ()
    references: tuple[Reference, ...] = ()
    format: str = ""
    encoding: str = ""
    warnings: tuple[str, ...] = ()
    pages: tuple[RawPage, ...] = ()
    conversions: tuple[Conversion, ...] = ()

    def ocr_page(self, number: int | None) -> RawPage | None:
        """Return the page of this number if its text was recognised from an image."""
        return next((page for page in self.pages if page.ocr and page.number == number), None)

    def is_doubtful(self, passage: Passage) -> bool:
        """Say whether a passage was recognised so unsurely that its numbers are no facts."""
        page = self.ocr_page(passage.page)
        return page is not None and page.doubtful
