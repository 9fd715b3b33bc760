"""The other half of the evidence: the notes that a sentence calls, the sentence of a note."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.models import Document, Footnote, Passage, PassageKind, Span
from indexer.text.segment import split_sentences


@dataclass(frozen=True, slots=True)
class Linked:
    """A linked text: a note's body (`footnote`) or the sentence that calls a note (`anchor`).

    `span` lies in the document's text, `passage` is the passage it belongs to.
    """

    relation: str
    passage: Passage
    number: int
    label: str
    span: Span


def find_passage(document: Document, passage_id: str) -> Passage | None:
    """Return the passage with this id, None when the document has none."""
    # Passages are numbered in their order; the look through all is for documents that differ.
    number = passage_id.rpartition(":p")[2]
    at = int(number) - 1 if number.isdecimal() else -1
    if 0 <= at < len(document.passages) and document.passages[at].id == passage_id:
        return document.passages[at]
    return next((passage for passage in document.passages if passage.id == passage_id), None)


def linked(document: Document, passage: Passage) -> tuple[Linked, ...]:
    """Return what belongs to a passage: notes for a sentence, the sentence for a note."""
    if passage.kind is PassageKind.FOOTNOTE:
        return anchors(document, passage)
    if not passage.footnotes:
        # Most passages: the look-up below is made from the whole report.
        return ()
    notes = {note.number: note for note in document.footnotes}
    bodies = {
        other.footnote: other for other in document.passages if other.kind is PassageKind.FOOTNOTE
    }
    return tuple(
        Linked("footnote", bodies[number], number, notes[number].label, bodies[number].span)
        for number in passage.footnotes
        if number in bodies
    )


def anchors(document: Document, passage: Passage) -> tuple[Linked, ...]:
    """Return the sentences that call the note whose body this passage is."""
    note = next(note for note in document.footnotes if note.number == passage.footnote)
    return tuple(
        Linked("anchor", caller, note.number, note.label, anchor_sentence(document, caller, mark))
        for caller, mark in _callers(document, note)
    )


def _callers(document: Document, note: Footnote) -> list[tuple[Passage, Span]]:
    callers = []
    for mark in note.marks:
        for passage in document.passages:
            inside = passage.span.start <= mark.start <= passage.span.end
            if inside and note.number in passage.footnotes:
                callers.append((passage, mark))
                break
    return callers


def anchor_sentence(document: Document, passage: Passage, mark: Span) -> Span:
    """Return the sentence of a passage in which a mark stands; after its full stop counts too."""
    text = passage.span.of(document.text)
    place = mark.start - passage.span.start
    for sentence in split_sentences(text):
        if place <= sentence.end:
            return sentence.shift(passage.span.start)
    return passage.span
