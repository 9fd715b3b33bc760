"""The notes of the reading page: beside the line that calls them, and all at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.models import Document, Footnote, Passage
from search_app.page import Piece, note_marks, pieces
from search_app.page_hits import HitPlace, Marked, first_calls
from search_app.page_places import PassagePlace, passage_place

_LONG_NOTE = 400


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note. `calls` are the fragments where it is called, `beside` says it stands there too.

    Of one that `is_long` the margin shows the beginning until it is asked for. `place` is that
    of its text, if it has any.
    """

    footnote: Footnote
    place: PassagePlace | None
    body: list[Piece]
    calls: tuple[str, ...]
    beside: bool
    is_long: bool
    nested: tuple[NoteView, ...] = ()
    hit: HitPlace | None = None


class NoteViews:
    """Makes the notes of one report, each with the notes that it calls."""

    def __init__(self, document: Document, marked: Marked, hits: Mapping[str, HitPlace]) -> None:
        self._document = document
        self._marked = marked
        self._hits = hits
        self._bodies = {p.footnote: p for p in document.passages if p.footnote is not None}
        self._called = first_calls(document)
        self._inside: dict[int | None, list[Footnote]] = {}
        for note in document.footnotes:
            self._inside.setdefault(note.parent, []).append(note)

    def all(self) -> tuple[NoteView, ...]:
        """Return the notes in order; those that another note calls stand in it."""
        return tuple(self._view(note, frozenset()) for note in self._inside.get(None, []))

    def _view(self, note: Footnote, outer: frozenset[int]) -> NoteView:
        body = self._bodies.get(note.number)
        # A damaged file may hold notes that call each other in a ring.
        above = outer | {note.number}
        inner = [n for n in self._inside.get(note.number, []) if n.number not in above]
        return NoteView(
            footnote=note,
            place=passage_place(self._document, body) if body else None,
            body=_pieces(self._document, body, self._marked) if body else [],
            calls=_calls(note),
            beside=body is not None and note.number in self._called,
            is_long=body is not None and _is_long(body, self._marked),
            nested=tuple(self._view(n, above) for n in inner),
            hit=self._hits.get(body.id) if body else None,
        )


def every_note(notes: Iterable[NoteView]) -> Iterator[NoteView]:
    """Yield the notes and those that stand in them."""
    for note in notes:
        yield note
        yield from every_note(note.nested)


def _calls(note: Footnote) -> tuple[str, ...]:
    first = f"goi-{note.number}"
    return tuple(first if at == 1 else f"{first}-{at}" for at, _ in enumerate(note.marks, start=1))


def _pieces(document: Document, body: Passage, marked: Marked) -> list[Piece]:
    text = body.span.of(document.text)
    return pieces(text, marked.of(body), note_marks(document, body))


def _is_long(body: Passage, marked: Marked) -> bool:
    # Words that were asked for must not be folded away.
    return body.span.end - body.span.start > _LONG_NOTE and not marked.of(body)
