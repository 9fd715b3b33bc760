"""Places where a document is named, and where they tell different things of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.models import Document, Passage, PassageKind, Reference, Span
from indexer.text.segment import split_sentences
from search_app.cite import Citation, author_and_year, cite_quote, document_name


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a document is named."""

    document: Document
    reference: Reference

    @property
    def text(self) -> str:
        """Return the mention as the report writes it."""
        return self.reference.span.of(self.document.text)

    @property
    def citation(self) -> Citation:
        """Return the sentence that holds the mention, and where it stands."""
        passages = self.document.passages
        passage = next(p for p in passages if p.id == self.reference.passage_id)
        sentence = _sentence(self.document, passage, self.reference.span)
        return cite_quote(self.document, passage, sentence)

    @property
    def place(self) -> str:
        """Return where it stands in few words: whose report, and the place in it."""
        whose = author_and_year(self.document.metadata) or document_name(self.document)
        return ", ".join(part for part in (whose, self.citation.place) if part)


@dataclass(frozen=True, slots=True)
class Version:
    """What some of the mentions tell, and which."""

    value: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values of one field (`date` or `issuer`) that cannot all be right, most often told first."""

    field: str
    versions: tuple[Version, ...]


def dates_told(mentions: Iterable[Mention]) -> tuple[Version, ...]:
    """Return the dates that mentions tell, most often told first.

    A year goes with every day of it, so it is a date of its own only when nobody tells the day.
    """
    return _versions((mention.reference.date, mention) for mention in mentions)


def conflicts_of(mentions: Iterable[Mention]) -> tuple[Conflict, ...]:
    """Return in what the mentions of one document disagree: its date, its issuer."""
    mentions = tuple(mentions)
    found = (
        Conflict("date", dates_told(mentions)),
        Conflict("issuer", _versions((one.reference.issuer, one) for one in mentions)),
    )
    return tuple(conflict for conflict in found if len(conflict.versions) > 1)


def _versions(told: Iterable[tuple[str, Mention]]) -> tuple[Version, ...]:
    groups: dict[str, list[Mention]] = {}
    for value, mention in told:
        if value:
            groups.setdefault(value, []).append(mention)
    # A part of another value (the year of a day, a body and its standing part) tells less of the
    # same thing.
    whole = [value for value in groups if not any(_tells_more(other, value) for other in groups)]
    votes = {
        value: sum(len(groups[one]) for one in groups if one == value or _tells_more(value, one))
        for value in whole
    }
    whole.sort(key=lambda value: -votes[value])
    return tuple(Version(value, tuple(groups[value])) for value in whole)


def _tells_more(value: str, other: str) -> bool:
    return value != other and other.lower() in value.lower()


def _sentence(document: Document, passage: Passage, span: Span) -> Span:
    """Return the sentences of a passage that a mention stands in; the row of a table as a whole."""
    if passage.kind is PassageKind.TABLE:
        return passage.span
    start = passage.span.start
    sentences = [one.shift(start) for one in split_sentences(passage.span.of(document.text))]
    held = [one for one in sentences if one.start < span.end and span.start < one.end]
    if not held:
        return passage.span
    return Span(held[0].start, max(held[-1].end, span.end))
