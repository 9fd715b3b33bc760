"""The notes of the reading page."""

from __future__ import annotations

from dataclasses import replace

from search_app.page_hits import Marked
from search_app.page_notes import NoteViews, every_note
from tests.factories.documents import make_document


def test_every_note_stands_once_and_inner_ones_in_the_note_that_calls_them():
    document = make_document()
    notes = NoteViews(document, Marked(), {}).all()
    numbers = [note.footnote.number for note in every_note(notes)]
    assert sorted(numbers) == sorted(note.number for note in document.footnotes)
    assert [inner.footnote.number for inner in notes[0].nested] == [2]


def test_a_note_has_its_calls_and_stands_beside_the_text_when_it_is_called_there():
    notes = {n.footnote.number: n for n in NoteViews(make_document(), Marked(), {}).all()}
    assert notes[1].calls == ("goi-1",)
    assert notes[1].beside
    assert not notes[4].beside
    assert notes[1].place is not None and "chú thích 1" in notes[1].place.words


def test_notes_that_call_each_other_in_a_ring_do_not_end_the_page():
    document = make_document()
    first, second, *others = document.footnotes
    ring = (replace(first, parent=None), replace(second, number=1, parent=1), *others)
    notes = NoteViews(replace(document, footnotes=ring), Marked(), {}).all()
    assert notes[0].nested == ()
