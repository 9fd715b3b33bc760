"""A section of a report as it is read beside one of another report: paragraphs, tables, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from indexer.models import Document, Footnote, Passage, PassageKind, Section
from indexer.text.diff import word_forms
from search_app.cite import cite
from search_app.page import Piece, note_marks, pieces, teaser
from search_app.page_hits import Marked
from search_app.page_outline import title_of
from search_app.page_tables import GridRow, table_rows

# A heading up to so many words stands whole in the line that opens its section.
_SHORT_HEADING = 22


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or, with `rows`, a table. `address` is its place in the reading page."""

    address: str
    pieces: tuple[Piece, ...] = ()
    is_heading: bool = False
    headings: tuple[str, ...] = ()
    rows: tuple[GridRow, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note that is called in a section."""

    number: int
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SectionText:
    """What stands in a section, or in a report outside of all sections (`title` is empty).

    `figures` counts the marked figures, `words` is the text as it is compared.
    """

    document_id: str
    title: str
    address: str
    citation: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[NoteText, ...]
    letters: int
    figures: int
    words: tuple[str, ...]


@dataclass(slots=True)
class SectionTexts:
    """Makes the texts of the sections of one report, with figures marked in them."""

    document: Document
    marked: Marked
    _own: dict[str | None, list[Passage]] = field(init=False, default_factory=dict)
    _notes: dict[int | None, Passage] = field(init=False)
    _inside: dict[int | None, list[Footnote]] = field(init=False, default_factory=dict)
    _below: dict[str | None, list[Section]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for passage in self.document.passages:
            if passage.kind is not PassageKind.FOOTNOTE:
                self._own.setdefault(passage.section_id, []).append(passage)
        self._notes = {p.footnote: p for p in self.document.passages if p.footnote is not None}
        for note in self.document.footnotes:
            self._inside.setdefault(note.parent, []).append(note)
        for section in self.document.sections:
            self._below.setdefault(section.parent_id, []).append(section)

    def whole(self, section: Section) -> SectionText:
        """Return a section with all that stands below it."""
        return self._text(section, list(self._all(section)))

    def own(self, section: Section) -> SectionText:
        """Return what stands in a section itself, before the sections below it."""
        return self._text(section, self._own.get(section.id, []))

    def outside(self) -> SectionText:
        """Return what stands in no section: head, signatures, notes that nothing calls."""
        passages = self._own.get(None, [])
        called = {number for found in self._own.values() for p in found for number in p.footnotes}
        lost = [n.number for n in self._inside.get(None, []) if n.number not in called]
        return self._text(None, passages, lost)

    def _all(self, section: Section) -> Iterator[Passage]:
        yield from self._own.get(section.id, [])
        for inner in self._below.get(section.id, []):
            yield from self._all(inner)

    def _text(
        self, section: Section | None, passages: list[Passage], notes: Iterable[int] = ()
    ) -> SectionText:
        # Before anything is left out: a section is cited by where its heading stands.
        first = passages[0] if passages else None
        shown = [p for p in passages if not self._is_told(section, p)]
        text = self.document.text
        called = [number for p in passages for number in p.footnotes]
        found = tuple(self._note_texts([*called, *notes]))
        marked = sum(len(self.marked.of(p)) for p in shown)
        marked += sum(piece.highlighted for note in found for piece in note.pieces)
        return SectionText(
            document_id=self.document.id,
            title=teaser(title_of(section), _SHORT_HEADING) if section else "",
            address=first.id.partition(":")[2] if first else "",
            citation=cite(self.document, first) if first else "",
            paragraphs=tuple(self._paragraphs(shown)),
            notes=found,
            letters=sum(p.span.end - p.span.start for p in shown),
            figures=marked,
            words=tuple(word for p in shown for word in word_forms(p.span.of(text))),
        )

    def _is_told(self, section: Section | None, passage: Passage) -> bool:
        """Say whether a passage is the heading that the line above the section says already."""
        if section is None or not passage.heading or passage.footnotes:
            return False
        is_own = passage.section_id == section.id and passage.span.start == section.heading.start
        return is_own and len(title_of(section).split()) <= _SHORT_HEADING

    def _paragraphs(self, passages: Sequence[Passage]) -> Iterator[Paragraph]:
        for group in self._groups(passages):
            address = group[0].id.partition(":")[2]
            if group[0].table:
                yield self._table(group, address)
                continue
            found: list[Piece] = []
            end = group[0].span.start
            for passage in group:
                found.append(Piece(self.document.text[end : passage.span.start]))
                found += self._pieces(passage)
                end = passage.span.end
            yield Paragraph(address, tuple(filter(_is_something, found)), group[0].heading)

    def _table(self, group: Sequence[Passage], address: str) -> Paragraph:
        table = next(t for t in self.document.tables if t.number == group[0].table)
        rows = table_rows(self.document, group, self.marked, hits={}, pages={})
        return Paragraph(address, headings=table.headings, rows=rows)

    def _groups(self, passages: Sequence[Passage]) -> Iterator[list[Passage]]:
        group: list[Passage] = []
        for passage in passages:
            if group and not self._together(group[-1], passage):
                yield group
                group = []
            group.append(passage)
        if group:
            yield group

    def _together(self, before: Passage, passage: Passage) -> bool:
        if before.table or passage.table:
            return before.table == passage.table
        gap = self.document.text[before.span.end : passage.span.start]
        return "\n" not in gap and not before.heading and not passage.heading

    def _pieces(self, passage: Passage) -> list[Piece]:
        text = passage.span.of(self.document.text)
        return pieces(text, self.marked.of(passage), note_marks(self.document, passage))

    def _note_texts(self, numbers: Iterable[int]) -> Iterator[NoteText]:
        labels = {note.number: note.label for note in self.document.footnotes}
        waiting = list(dict.fromkeys(numbers))
        told: set[int] = set()
        while waiting:
            number = waiting.pop(0)
            body = self._notes.get(number)
            if body is None or number in told:
                continue
            told.add(number)
            yield NoteText(number, labels[number], tuple(self._pieces(body)))
            waiting = [inner.number for inner in self._inside.get(number, [])] + waiting


def _is_something(piece: Piece) -> bool:
    return bool(piece.text or piece.mark)
