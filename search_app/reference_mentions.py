"""Places where a document is named, and where they tell different things of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.errors import NotFound
from indexer.evidence import find_passage
from indexer.models import Document, Metadata, Passage, PassageKind, Reference, Span
from indexer.text.segment import split_sentences
from search_app.cite import Citation, author_and_year, cite_quote, document_name
from search_app.languages import gettext as _


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a document is named.

    `text` is the mention as the report writes it, `subject` what it says the document is about.
    The report itself is asked of `load` only when its words are wanted: it returns by id the
    reports of passages, with these passages.
    """

    document_id: str
    metadata: Metadata
    reference: Reference
    text: str
    subject: str
    load: Callable[[Collection[str]], Mapping[str, Document]] = field(compare=False, repr=False)

    @property
    def citation(self) -> Citation:
        """Return the sentence that holds the mention, and where it stands.

        Raises NotFound when the report was removed or read anew since it was listed.
        """
        return citations_of([self])[0]

    @property
    def place(self) -> str:
        """Return where it stands in few words: whose report, and the place in it."""
        citation = self.citation
        whose = author_and_year(self.metadata) or document_name(citation.document)
        return ", ".join(part for part in (whose, citation.place) if part)


def citations_of(mentions: Sequence[Mention]) -> tuple[Citation, ...]:
    """Return the citations of mentions; their reports are read together.

    Raises NotFound when one was removed or read anew since it was listed.
    """
    wanted: dict[Callable[[Collection[str]], Mapping[str, Document]], list[str]] = {}
    for one in mentions:
        wanted.setdefault(one.load, []).append(one.reference.passage_id)
    found: dict[str, Document] = {}
    for load, ids in wanted.items():
        found |= load(ids)
    return tuple(_citation(one, found.get(one.document_id)) for one in mentions)


def _citation(mention: Mention, document: Document | None) -> Citation:
    passage = find_passage(document, mention.reference.passage_id) if document else None
    if document is None or passage is None:
        raise NotFound(_("Báo cáo vừa được đọc lại."), _("Hãy mở lại trang này."))
    return cite_quote(document, passage, _sentence(document, passage, mention.reference.span))


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


def mentions_in(document: Document) -> Iterable[Mention]:
    """Yield the mentions of a report that is at hand."""

    def load(_ids: Collection[str]) -> Mapping[str, Document]:
        return {document.id: document}

    for one in document.references:
        subject = one.subject.of(document.text) if one.subject else ""
        text = one.span.of(document.text)
        yield Mention(document.id, document.metadata, one, text, subject, load)


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
