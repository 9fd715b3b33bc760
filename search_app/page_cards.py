"""Evidence cards: what the search page shows of one passage, ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.evidence import Linked
from indexer.models import Document, Passage, PassageKind, Span
from indexer.sections import heading_line
from indexer.text.analysis import forms
from search_app.cite import cite_quote, document_name, ocr_note
from search_app.citing.records import Record, record
from search_app.found import FoundLink, FoundPassage
from search_app.languages import gettext as _
from search_app.page import NoteMark, Piece, clipped, excerpt, note_marks, pieces, shifted, teaser
from search_app.page_outline import title_of

_APPENDIX = ("phụ", "lục")


@dataclass(frozen=True, slots=True)
class Extract:
    """A text as shown: its windows, and the whole of it when the windows leave something out.

    `before` and `after` say whether something is left out at the beginning and at the end.
    """

    windows: tuple[list[Piece], ...]
    whole: list[Piece] | None = None
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class CardNote:
    """A note under its sentence: open when it has words of the question and is not above."""

    number: int
    label: str
    teaser: str
    is_open: bool
    body: list[Piece]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `columns` is its width."""

    pieces: list[Piece]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table row with what is needed to read it alone: title, groups and column headings."""

    title: str
    above: tuple[str, ...]
    headings: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One hit. `anchors` are the sentences that call the note which was found.

    `why` says why it was found, `above` the number of the hit that shows all of it already, `also`
    are the passages of other versions that say the same: id, name of the report. `appendix` says
    whether it stands in an appendix.
    """

    number: int
    found: FoundPassage
    kind: str
    name: str
    path: tuple[str, ...]
    extract: Extract
    anchors: tuple[list[Piece], ...]
    notes: tuple[CardNote, ...]
    table: TableRow | None
    note_label: str
    fragment: str
    appendix: bool = False
    why: tuple[str, ...] = ()
    above: int | None = None
    also: tuple[tuple[str, str], ...] = ()

    @property
    def record(self) -> Record:
        """Return what is taken away of the passage."""
        passage = self.found.passage
        return record(cite_quote(self.found.document, passage, passage.span))

    @property
    def ocr(self) -> str:
        """Return how the passage was recognised from an image, empty when it was not."""
        page = self.found.document.ocr_page(self.found.passage.page)
        return ocr_note(page) if page else ""


def kind_name(kind: str) -> str:
    """Return what a kind of passage is called.

    >>> kind_name("footnote")
    'Chú thích'
    """
    return {"body": _("Thân bài"), "footnote": _("Chú thích"), "table": _("Bảng")}[kind]


def card(found: FoundPassage, number: int, above: frozenset[str] = frozenset()) -> Card:
    """Return the card of a hit; `number` counts the hits of the whole result from 1.

    Notes whose passages are shown `above` stay folded.
    """
    passage = found.passage
    anchors = [link for link in found.linked if link.link.relation == "anchor"]
    notes = [link for link in found.linked if link.link.relation == "footnote"]
    # Stable: notes without words of the question keep the order of the text.
    notes.sort(key=lambda link: not link.highlights)
    return Card(
        number=number,
        found=found,
        kind=kind_name(passage.kind.value),
        name=document_name(found.document),
        path=tuple(title_of(section) for section in found.path),
        extract=_extract(found),
        anchors=tuple(_anchor(found.document, link) for link in anchors),
        notes=tuple(_note(found.document, link, above) for link in notes),
        table=_table_row(found) if passage.cells else None,
        note_label=_note_label(found),
        fragment=fragment(
            passage,
            has_place=any(a.link.passage.kind is not PassageKind.FOOTNOTE for a in anchors),
        ),
        appendix=in_appendix(found),
    )


def in_appendix(found: FoundPassage) -> bool:
    """Say whether a passage stands under a heading that begins with "Phụ lục"."""
    text = found.document.text
    lines = [heading_line(section) for section in found.path]
    lines += [span.of(text) for span in found.passage.context]
    return any(forms(line)[:2] == _APPENDIX for line in lines)


def fragment(passage: Passage, *, has_place: bool) -> str:
    """Return the place in the reading page: for a note the one beside the sentence calling it."""
    if passage.footnote is not None and has_place:
        return f"ct-{passage.footnote}"
    return passage.id.partition(":")[2]


def _extract(found: FoundPassage) -> Extract:
    marks = note_marks(found.document, found.passage)
    windows = excerpt(found.text, found.highlights)
    shown = tuple(pieces(found.text, found.highlights, marks, window) for window in windows)
    before, after = windows[0].start > 0, windows[-1].end < len(found.text)
    if len(windows) == 1 and not before and not after:
        return Extract(shown)
    return Extract(shown, pieces(found.text, found.highlights, marks), before, after)


def _anchor(document: Document, link: FoundLink) -> list[Piece]:
    return pieces(link.text, link.highlights, _marks_in(document, link.link))


def _marks_in(document: Document, link: Linked) -> tuple[NoteMark, ...]:
    offset = link.passage.span.start
    return shifted(note_marks(document, link.passage), link.span.shift(-offset))


def _note(document: Document, link: FoundLink, above: frozenset[str]) -> CardNote:
    return CardNote(
        number=link.link.number,
        label=link.link.label,
        teaser=teaser(link.text),
        is_open=bool(link.highlights) and link.link.passage.id not in above,
        body=pieces(link.text, link.highlights, _marks_in(document, link.link)),
    )


def _note_label(found: FoundPassage) -> str:
    if found.passage.kind is not PassageKind.FOOTNOTE:
        return ""
    number = found.passage.footnote
    return next(n.label for n in found.document.footnotes if n.number == number)


def _table_row(found: FoundPassage) -> TableRow:
    text, passage = found.document.text, found.passage
    table = next(t for t in found.document.tables if t.number == passage.table)
    title = table.title.of(text) if table.title else ""
    if " ".join(title.split()) in [heading_line(section) for section in found.path]:
        title = ""  # the path above says it already
    known = {table.title, *passage.cells}
    named = {part for heading in table.headings for part in heading.split(" / ")}
    above = tuple(
        span.of(text)
        for span in passage.context
        if span not in known and span.of(text) not in named and span.of(text).strip()
    )
    headings = table.headings if len(table.headings) == len(passage.cells) else ()
    return TableRow(title, above, *_without_empty_columns(headings, _cells(found)))


def _cells(found: FoundPassage) -> tuple[Cell, ...]:
    """Return the cells; neighbours that are one wide cell are one."""
    text, passage = found.document.text, found.passage
    marks = note_marks(found.document, passage)
    cells: list[Cell] = []
    before: Span | None = None
    for span in passage.cells:
        if span == before:
            cells[-1] = Cell(cells[-1].pieces, cells[-1].columns + 1)
            continue
        inside = span.shift(-passage.span.start)
        highlights = clipped(found.highlights, inside)
        cells.append(Cell(pieces(span.of(text), highlights, shifted(marks, inside))))
        before = span
    return tuple(cells)


def _without_empty_columns(
    headings: tuple[str, ...], cells: tuple[Cell, ...]
) -> tuple[tuple[str, ...], tuple[Cell, ...]]:
    """Leave out columns that have neither heading nor text in this row."""
    if len(headings) != len(cells):
        return headings, cells
    kept = [at for at, cell in enumerate(cells) if headings[at].strip() or cell.pieces]
    return tuple(headings[at] for at in kept), tuple(cells[at] for at in kept)
