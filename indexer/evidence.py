"""The other half of the evidence: the notes that a sentence calls, the sentence of a note."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

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


class Links:
    """Which notes and sentences of one report belong together.

    Made once where many passages are asked for, because it is made from the whole report.
    """

    def __init__(self, document: Document) -> None:
        """Look through the passages and notes of a report."""
        self.notes = {note.number: note for note in document.footnotes}
        self._document = document
        self._bodies: dict[int, Passage] = {}
        self._calling: dict[int, list[Passage]] = {}
        for passage in document.passages:
            if passage.kind is PassageKind.FOOTNOTE and passage.footnote is not None:
                self._bodies[passage.footnote] = passage
            for number in passage.footnotes:
                self._calling.setdefault(number, []).append(passage)

    def of(self, passage: Passage) -> tuple[Linked, ...]:
        """Return what belongs to a passage: notes for a sentence, the sentence for a note."""
        if passage.kind is PassageKind.FOOTNOTE:
            return self.anchors(passage)
        bodies = [self._bodies[number] for number in passage.footnotes if number in self._bodies]
        return tuple(
            Linked("footnote", body, number, self.notes[number].label, body.span)
            for body in bodies
            if (number := body.footnote) is not None
        )

    def anchors(self, passage: Passage) -> tuple[Linked, ...]:
        """Return the sentences that call the note whose body this passage is."""
        assert passage.footnote is not None
        note = self.notes[passage.footnote]
        sentence = partial(anchor_sentence, self._document)
        return tuple(
            Linked("anchor", caller, note.number, note.label, sentence(caller, mark))
            for mark in note.marks
            if (caller := self._caller(note, mark)) is not None
        )

    def _caller(self, note: Footnote, mark: Span) -> Passage | None:
        calling = self._calling.get(note.number, ())
        around = (one for one in calling if one.span.start <= mark.start <= one.span.end)
        return next(around, None)


def linked(document: Document, passage: Passage) -> tuple[Linked, ...]:
    """Return what belongs to a passage: notes for a sentence, the sentence for a note."""
    if not passage.footnotes and passage.kind is not PassageKind.FOOTNOTE:
        # Most passages: what the others need is made from the whole report.
        return ()
    return Links(document).of(passage)


def anchors(document: Document, passage: Passage) -> tuple[Linked, ...]:
    """Return the sentences that call the note whose body this passage is."""
    return Links(document).anchors(passage)


def anchor_sentence(document: Document, passage: Passage, mark: Span) -> Span:
    """Return the sentence of a passage in which a mark stands; after its full stop counts too."""
    text = passage.span.of(document.text)
    place = mark.start - passage.span.start
    for sentence in split_sentences(text):
        if place <= sentence.end:
            return sentence.shift(passage.span.start)
    return passage.span
