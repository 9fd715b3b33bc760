"""The reading page: a whole report as blocks, with its notes beside the text and at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.front import TITLE_START
from indexer.labels import ITEM_RANK, parse_label
from indexer.models import Document, Footnote, Passage, PassageKind, Span
from search_app.page import Piece, clipped, lines, note_marks, pieces, shifted
from search_app.page_cards import fragment
from search_app.page_tables import GridRow, table_rows

_LONG_NOTE = 400


@dataclass(frozen=True, slots=True)
class HitPlace:
    """Which hit of the page a passage is, and where the ones before and after it are."""

    number: int
    total: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note. `calls` are the fragments where it is called, `beside` says it stands there too.

    Of one that `is_long` the margin shows the beginning until it is asked for.
    """

    footnote: Footnote
    name: str
    body: list[Piece]
    calls: tuple[str, ...]
    beside: bool
    is_long: bool
    nested: tuple[NoteView, ...] = ()
    hit: HitPlace | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A passage in its paragraph; `lead` is the heading that it begins with."""

    name: str
    lead: list[Piece]
    pieces: list[Piece]
    gap: str = ""
    hit: HitPlace | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table or set of lines; `notes` are those first called in it."""

    kind: str
    level: int = 0
    runs: tuple[Run, ...] = ()
    tail: str = ""
    lines: tuple[tuple[list[Piece], ...], ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[GridRow, ...] = ()
    notes: tuple[NoteView, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """What a question found in a report: highlights by passage and, of these, those to visit."""

    highlights: Mapping[str, tuple[Span, ...]]
    visited: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A report ready to be printed; `first_hit` is the fragment of the first hit, or empty."""

    blocks: tuple[Block, ...]
    notes: tuple[NoteView, ...]
    hits: int
    first_hit: str


def reading(document: Document, marked: Marked | None = None) -> Reading:
    """Return a report as blocks and notes, with the words of a question marked in it."""
    return _Reader(document, marked).read()


class _Reader:
    def __init__(self, document: Document, marked: Marked | None) -> None:
        self.document = document
        self.text = document.text
        self.marked = marked
        self.body = [p for p in document.passages if p.kind is not PassageKind.FOOTNOTE]
        self.bodies = {p.footnote: p for p in document.passages if p.footnote is not None}
        self.called = {number for p in self.body for number in p.footnotes}
        self.leads = {s.heading.start: s.heading for s in document.sections}
        self.levels = {s.id: s.level for s in document.sections}
        self.hits = self._hit_places()
        self.notes = {n.number: self._note(n) for n in document.footnotes}
        self.shown: set[int] = set()

    def read(self) -> Reading:
        blocks: list[Block] = []
        position = 0
        for group in self._groups():
            blocks += self._ornaments(position, group[0])
            blocks.append(self._block(group))
            position = group[-1].span.end
        first = next(iter(self.hits.values()), None)
        notes = [self.notes[n.number] for n in self.document.footnotes if n.parent is None]
        start = self._fragment(next(iter(self.hits))) if first else ""
        return Reading(tuple(blocks), tuple(notes), len(self.hits), start)

    # --- hits

    def _hit_places(self) -> dict[str, HitPlace]:
        """Return the hits by passage, in reading order: a note stands where it is called."""
        if self.marked is None:
            return {}
        visited = [p for p in self.document.passages if p.id in self.marked.visited]
        visited.sort(key=self._place)
        names = [self._fragment(p.id) for p in visited]
        total = len(names)
        return {
            p.id: HitPlace(
                at + 1, total, names[at - 1] if at else "", names[at + 1] if at + 1 < total else ""
            )
            for at, p in enumerate(visited)
        }

    def _place(self, passage: Passage) -> tuple[int, int]:
        if passage.footnote is not None and passage.footnote in self.called:
            note = next(n for n in self.document.footnotes if n.number == passage.footnote)
            return (note.marks[0].start, 1)
        return (passage.span.start, 0)

    def _fragment(self, passage_id: str) -> str:
        passage = next(p for p in self.document.passages if p.id == passage_id)
        return fragment(passage, has_place=passage.footnote in self.called)

    def _highlights(self, passage: Passage) -> tuple[Span, ...]:
        return self.marked.highlights.get(passage.id, ()) if self.marked else ()

    # --- notes

    def _note(self, note: Footnote) -> NoteView:
        body = self.bodies.get(note.number)
        calls = [f"goi-{note.number}"] if note.marks else []
        calls += [f"goi-{note.number}-{order}" for order in range(2, len(note.marks) + 1)]
        return NoteView(
            footnote=note,
            name=_name(body) if body else "",
            body=self._pieces(body) if body else [],
            calls=tuple(calls),
            beside=body is not None and note.number in self.called,
            is_long=body is not None and self._is_long(body),
            nested=tuple(self._note(n) for n in self.document.footnotes if n.parent == note.number),
            hit=self.hits.get(body.id) if body else None,
        )

    def _is_long(self, body: Passage) -> bool:
        # Words that were asked for must not be folded away.
        length = body.span.end - body.span.start
        return length > _LONG_NOTE and not self._highlights(body)

    def _notes_of(self, passages: Sequence[Passage]) -> tuple[NoteView, ...]:
        numbers = [n for p in passages for n in p.footnotes if n not in self.shown]
        self.shown.update(numbers)
        found = [self.notes[number] for number in dict.fromkeys(numbers)]
        return tuple(note for note in found if note.beside)

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
            headings, rows = table_rows(self.document, first.table, self._highlights, self.hits)
            return Block("table", headings=headings, rows=rows, notes=notes)
        kind = self._kind(first)
        if kind in ("letterhead", "closing"):
            return Block(
                kind, runs=self._runs(group), lines=self._lines(first), tail=tail, notes=notes
            )
        level = self._level(first)
        return Block(kind, level, self._runs(group), tail, notes=notes)

    def _kind(self, passage: Passage) -> str:
        text = passage.span.of(self.text)
        if passage.heading:
            return "heading"
        if passage.section_id is None and TITLE_START.match(text) and "\n" in text:
            return "title"
        if passage.section_id is None and "\n" in text:
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
                    name=_name(passage),
                    lead=self._pieces(passage, Span(0, lead)) if lead else [],
                    pieces=self._pieces(passage, Span(lead, len(passage.span.of(self.text)))),
                    gap=self.text[end : passage.span.start],
                    hit=self.hits.get(passage.id),
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
        found = pieces(text, self._highlights(passage), note_marks(self.document, passage), window)
        if window is not None and window.start == 0 and window.end < len(text):
            # A mark on the border belongs to what follows; it must not be printed twice.
            while found and found[-1].mark is not None and found[-1].mark.span.end == window.end:
                found.pop()
        return found

    def _lines(self, passage: Passage) -> tuple[tuple[list[Piece], ...], ...]:
        text = passage.span.of(self.text)
        marks = note_marks(self.document, passage)
        highlights = self._highlights(passage)
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


def _name(passage: Passage) -> str:
    return passage.id.partition(":")[2]
