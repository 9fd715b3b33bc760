"""Every type that travels between modules. Standard library only, frozen, no logic of a step.

Text is stored once, in `Document.text`; everything else is a `Span` into it, so that a quote
can never drift from its source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of one text.

    >>> Span(3, 5).of("tỷ lệ hộ")
    'lệ'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the piece of `text` that this span covers."""
        return text[self.start : self.end]

    def shift(self, offset: int) -> Span:
        """Return the same span `offset` code points further on."""
        return Span(self.start + offset, self.end + offset)

    def holds(self, other: Span) -> bool:
        """Say whether `other` lies inside this span (both ends included)."""
        return self.start <= other.start and other.end <= self.end


# --- what a reader saw -------------------------------------------------------------------------


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
    """A table cell. `columns` is its width; `continues`: it goes on from the row above."""

    text: str
    columns: int = 1
    continues: bool = False
    marks: tuple[RawMark, ...] = ()


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
    """Whether a note stands at the foot of a page or at the end of the report."""

    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"


@dataclass(frozen=True, slots=True)
class RawNote:
    """The body of a note. `label` is what is printed, empty when the file numbers by order."""

    key: str
    text: str
    label: str = ""
    kind: NoteKind = NoteKind.FOOTNOTE
    marks: tuple[RawMark, ...] = ()


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as its reader saw it: nothing interpreted, nothing dropped.

    A mark with an empty key is a place where a note was called whose number is lost.
    `warnings` are sentences for people (Vietnamese) about what could not be read as it stands.
    """

    blocks: tuple[RawBlock, ...]
    notes: tuple[RawNote, ...] = ()
    encoding: str = ""
    warnings: tuple[str, ...] = ()


# --- what a report is --------------------------------------------------------------------------


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
    """A report. `id` is the first 12 hex digits of the file's SHA-256; `text` is NFC."""

    id: str
    source: str
    sha256: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    tables: tuple[Table, ...] = ()
    encoding: str = ""
    warnings: tuple[str, ...] = ()


# --- text analysis, index and search -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """One unit of matching: its form in the index, its position and the text it came from."""

    form: str
    position: int
    span: Span


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text as the index sees it: three views on the same syllable positions.

    Syllables are numbered from 0, with a gap of 10 at every sentence end, so that no phrase and
    no pair crosses it; a word and a pair carry the position of their first syllable.
    """

    syllables: tuple[Term, ...]
    words: tuple[Term, ...]
    pairs: tuple[Term, ...]


class Field(StrEnum):
    """The searchable fields of a passage."""

    SYLLABLES = "syllables"
    WORDS = "words"
    PAIRS = "pairs"
    HEADING = "heading"
    LINKED = "linked"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a backend stores of one passage: keys to filter by and forms to match.

    `heading` are the syllables of the heading path (for a table row: of its title and column
    headings too), `linked` those of the notes it calls or of the sentence that calls it.
    `section` is the heading that facets show, `year` the four digits of the date; `traits` say
    what kind of statement the passage makes (see `traits`).
    """

    passage_id: str
    document_id: str
    kind: PassageKind
    place: str
    term: str
    year: str
    section: str
    analysis: Analysis
    heading: tuple[Term, ...]
    linked: tuple[Term, ...] = ()
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A run of forms that must stand side by side in a field, and what finding it is worth."""

    field: Field
    forms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """One thing that a question wants, in any of several spellings."""

    alternatives: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Preference:
    """A trait that a question prefers: the score of passages with it is multiplied."""

    trait: str
    factor: float


@dataclass(frozen=True, slots=True)
class Filters:
    """Values that a hit must have; an empty tuple does not filter. `sections` are form runs."""

    places: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[PassageKind, ...] = ()
    documents: tuple[str, ...] = ()
    sections: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question in the backend's terms, without any engine's syntax.

    Found are passages with at least `minimum` groups; those with every group come first when
    `complete_first`. `boosts` only add to the score, `preferences` multiply it, `required` must
    all be there, `excluded` must not. The share of the groups that a passage has, weighted by
    how rare they are, is raised to the power `coverage` and multiplies its score.
    """

    groups: tuple[Group, ...]
    minimum: int = 1
    boosts: tuple[Match, ...] = ()
    required: tuple[Group, ...] = ()
    excluded: tuple[Group, ...] = ()
    preferences: tuple[Preference, ...] = ()
    complete_first: bool = True
    coverage: float = 0.0
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; `complete`: every group stands in it or its headings."""

    passage_id: str
    score: float
    complete: bool


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many of the found passages have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one key (place, term, year, kind, section), most frequent first."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found; `total` counts all of it, `complete` those with every group."""

    hits: tuple[Hit, ...]
    total: int
    complete: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class IndexMeta:
    """The rules an index was built with; questions must be asked with the same."""

    schema: int
    analysis: int
    segmenter: str
