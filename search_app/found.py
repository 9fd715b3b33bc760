"""Passages that were found, ready to be shown: with path, evidence, highlights and citation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from indexer.evidence import Linked, linked
from indexer.models import Document, Hit, Passage, Section, Span
from indexer.sections import section_path
from search_app.cite import cite
from search_app.highlight import Highlighter
from search_app.repeats import are_repeats
from search_app.tell_apart import tell_apart


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A linked text with the words of the question in it; spans count in the linked text."""

    link: Linked
    text: str
    highlights: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A hit ready to be shown. `highlights` count in `text`; `complete`: has every word.

    `similar` are the ids of passages of other drafts of the same place that say the same.
    """

    document: Document
    passage: Passage
    path: tuple[Section, ...]
    text: str
    highlights: tuple[Span, ...]
    score: float
    complete: bool
    citation: str
    linked: tuple[FoundLink, ...]
    similar: tuple[str, ...] = ()


def show(
    document: Document,
    passage: Passage,
    highlighter: Highlighter | None = None,
    hit: Hit | None = None,
) -> FoundPassage:
    """Return a passage with its path, evidence and citation; marked when there is a question."""
    text = passage.span.of(document.text)
    return FoundPassage(
        document=document,
        passage=passage,
        path=section_path(document.sections, passage.section_id),
        text=text,
        highlights=highlighter.spans(text) if highlighter else (),
        score=hit.score if hit else 0.0,
        complete=hit.complete if hit else False,
        citation=cite(document, passage),
        linked=tuple(
            _found_link(document, link, highlighter) for link in linked(document, passage)
        ),
    )


def apart(found: Sequence[FoundPassage]) -> tuple[FoundPassage, ...]:
    """Return the passages, documents that would be cited the same told apart."""
    marks = tell_apart(passage.document for passage in found)
    return tuple(
        replace(one, citation=cite(one.document, one.passage, marks[one.document.id]))
        if one.document.id in marks
        else one
        for one in found
    )


def fold(
    found: Sequence[FoundPassage], versions: Collection[frozenset[str]]
) -> tuple[FoundPassage, ...]:
    """Return the passages without those that another draft repeats; the first knows the others."""
    kept: list[FoundPassage] = []
    for passage in found:
        same = next(
            (at for at, first in enumerate(kept) if _repeats(first, passage, versions)), None
        )
        if same is None:
            kept.append(passage)
        else:
            others = (*kept[same].similar, passage.passage.id)
            kept[same] = replace(kept[same], similar=others)
    return tuple(kept)


def _repeats(
    first: FoundPassage, other: FoundPassage, versions: Collection[frozenset[str]]
) -> bool:
    """Say whether another report of the same place says the same; another place never does.

    A version whose place is not known is of the same place.
    """
    one, two = first.document, other.document
    places = one.metadata.place, two.metadata.place
    is_version = frozenset((one.id, two.id)) in versions
    if one.id == two.id or (places[0] != places[1] and (all(places) or not is_version)):
        return False
    return are_repeats(first.text, other.text)


def _found_link(document: Document, link: Linked, highlighter: Highlighter | None) -> FoundLink:
    text = link.span.of(document.text)
    return FoundLink(link, text, highlighter.spans(text) if highlighter else ())
