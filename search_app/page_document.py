"""The reading page: a whole report as blocks, with its notes beside the text and at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.front import TITLE_START
from indexer.labels import ITEM_RANK, parse_label
from indexer.layout import CELL_GAP
from indexer.models import Document, Passage, PassageKind, Span
from search_app.cite import author_and_year, cited_title
from search_app.page import Piece, clipped, lines, note_marks, pieces, shifted
from search_app.page_hits import HitPlace, Marked, hit_places
from search_app.page_notes import NoteView, NoteViews, every_note
from search_app.page_places import PassagePlace, passage_place
from search_app.page_tables import GridRow, name_column, table_rows


@dataclass(frozen=True, slots=True)
class Run:
    """A passage in its paragraph; `lead` is the heading that it begins with.

    `page` is the page of the file that begins with it.
    """

    place: PassagePlace
    lead: list[Piece]
    pieces: list[Piece]
    gap: str = ""
    hit: HitPlace | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table or set of lines; `notes` are those first called in it.

    `names` is the column of a table that says what its rows are about, -1 when none does.
    """

    kind: str
    level: int = 0
    runs: tuple[Run, ...] = ()
    tail: str = ""
    lines: tuple[tuple[list[Piece], ...], ...] = ()
    table: int = 0
    headings: tuple[str, ...] = ()
    names: int = -1
    rows: tuple[GridRow, ...] = ()
    notes: tuple[NoteView, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A report ready to be printed. `hits` are the fragments to visit, one after another.

    A citation of any of its passages begins with `by`, author and year, and `title`.
    """

    blocks: tuple[Block, ...]
    notes: tuple[NoteView, ...]
    hits: tuple[str, ...]
    by: str
    title: str


def reading(document: Document, marked: Marked | None = None) -> Reading:
    """Return a report as blocks and notes, with the words of a question marked in it."""
    return _Reader(document, marked or Marked()).read()


class _Reader:
    def __init__(self, document: Document, marked: Marked) -> None:
        self.document = document
        self.text = document.text
        self.marked = marked
        self.body = [p for p in document.passages if p.kind is not PassageKind.FOOTNOTE]
        self.leads = {s.heading.start: s.heading for s in document.sections}
        self.levels = {s.id: s.level for s in document.sections}
        self.hits = hit_places(document, marked)
        self.listed = NoteViews(document, marked, self.hits).all()
        self.notes = {note.footnote.number: note for note in every_note(self.listed)}
        self.shown: set[int] = set()
        self.page: int | None = None

    def read(self) -> Reading:
        blocks: list[Block] = []
        position = 0
        for group in self._groups():
            blocks += self._ornaments(position, group[0])
            blocks.append(self._block(group))
            position = group[-1].span.end
        hits = tuple(hit.fragment for hit in self.hits.values())
        return Reading(
            blocks=tuple(blocks),
            notes=self.listed,
            hits=hits,
            by=author_and_year(self.document.metadata),
            title=" ".join(cited_title(self.document).split()),
        )

    # --- notes and pages

    def _notes_of(self, passages: Sequence[Passage]) -> tuple[NoteView, ...]:
        numbers = [n for p in passages for n in p.footnotes if n not in self.shown]
        self.shown.update(numbers)
        found = [self.notes[n] for n in dict.fromkeys(numbers)]
        return tuple(note for note in found if note.beside)

    def _new_page(self, passage: Passage) -> int | None:
        """Return the page of a passage if those before stand on another one."""
        if passage.page is None or passage.page == self.page:
            return None
        self.page = passage.page
        return passage.page

    # --- blocks

    def _groups(self) -> Iterator[list[Passage]]:
        """Yield the passages of one paragraph, or of one table, together."""
        group: list[Passage] = []
        for passage in self.body:
            if group and not self._together(group[-1], passage):
                yield group
                group = []
            group.append(passage)
        if group:
            yield group

    def _together(self, before: Passage, passage: Passage) -> bool:
        if before.table or passage.table:
            return before.table == passage.table
        gap = self.text[before.span.end : passage.span.start]
        return "\n" not in gap and not before.heading and not passage.heading

    def _block(self, group: Sequence[Passage]) -> Block:
        first = group[0]
        notes = self._notes_of(group)
        tail = self._tail(group[-1])
        if first.table:
            return self._table(group, notes)
        kind = self._kind(first)
        if kind in ("letterhead", "closing"):
            return Block(
                kind, runs=self._runs(group), lines=self._lines(first), tail=tail, notes=notes
            )
        level = self._level(first)
        return Block(kind, level, self._runs(group), tail, notes=notes)

    def _table(self, group: Sequence[Passage], notes: tuple[NoteView, ...]) -> Block:
        number = group[0].table
        table = next(table for table in self.document.tables if table.number == number)
        pages = {passage.id: self._new_page(passage) for passage in group}
        rows = table_rows(self.document, group, self.marked, hits=self.hits, pages=pages)
        names = name_column(self.document, group)
        return Block(
            "table", table=number, headings=table.headings, names=names, rows=rows, notes=notes
        )

    def _kind(self, passage: Passage) -> str:
        text = passage.span.of(self.text)
        if passage.heading:
            return "heading"
        if passage.section_id is None and TITLE_START.match(text) and "\n" in text:
            return "title"
        if passage.section_id is None and ("\n" in text or CELL_GAP in text):
            before = any(s.span.start < passage.span.start for s in self.document.sections)
            return "closing" if before else "letterhead"
        return "paragraph"

    def _level(self, passage: Passage) -> int:
        """Return the depth of a heading from 1, or the rank of an item, 0 for a paragraph."""
        if passage.heading and passage.section_id is not None:
            return self.levels[passage.section_id]
        label = parse_label(passage.span.of(self.text))
        return ITEM_RANK.get(label.kind, 0) if label else 0

    def _runs(self, group: Sequence[Passage]) -> tuple[Run, ...]:
        runs = []
        end = group[0].span.start
        for passage in group:
            lead = self._lead(passage)
            runs.append(
                Run(
                    place=passage_place(self.document, passage),
                    lead=self._pieces(passage, Span(0, lead)) if lead else [],
                    pieces=self._pieces(passage, Span(lead, len(passage.span.of(self.text)))),
                    gap=self.text[end : passage.span.start],
                    hit=self.hits.get(passage.id),
                    page=self._new_page(passage),
                )
            )
            end = passage.span.end
        return tuple(runs)

    def _lead(self, passage: Passage) -> int:
        """Return how many characters of a passage are the heading of a section."""
        heading = self.leads.get(passage.span.start)
        if heading is None or passage.heading or not passage.span.holds(heading):
            return 0
        return heading.end - heading.start

    def _pieces(self, passage: Passage, window: Span | None = None) -> list[Piece]:
        text = passage.span.of(self.text)
        found = pieces(text, self.marked.of(passage), note_marks(self.document, passage), window)
        if window is not None and window.start == 0 and window.end < len(text):
            # A mark on the border belongs to what follows; it must not be printed twice.
            while found and found[-1].mark is not None and found[-1].mark.span.end == window.end:
                found.pop()
        return found

    def _lines(self, passage: Passage) -> tuple[tuple[list[Piece], ...], ...]:
        text = passage.span.of(self.text)
        marks = note_marks(self.document, passage)
        highlights = self.marked.of(passage)
        return tuple(
            tuple(
                pieces(span.of(text), clipped(highlights, span), shifted(marks, span))
                for span in line
            )
            for line in lines(text)
        )

    def _tail(self, passage: Passage) -> str:
        """Return what stands after a passage on its line, such as the colon of a heading."""
        end = self.text.find("\n", passage.span.end)
        tail = self.text[passage.span.end : end if end >= 0 else len(self.text)]
        return tail.rstrip()

    def _ornaments(self, start: int, following: Passage) -> Iterator[Block]:
        """Yield the lines between two blocks that are no passages, such as a row of stars."""
        end = self.text.find("\n", start)
        position = end + 1 if 0 <= end < following.span.start else following.span.start
        for line in self.text[position : following.span.start].split("\n"):
            span = Span(position, position + len(line))
            position = span.end + 1
            # The heading row of a table is printed with the table.
            if line.strip() and not any(span.holds(part) for part in following.context):
                yield Block("ornament", tail=line.replace("\t", " "))
