"""Where a permanent link leads today: to the same text, or to what is nearest to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.catalogue_past import PastDocument
from indexer.errors import NotFound
from indexer.evidence import find_passage
from indexer.fingerprint import fingerprint
from indexer.models import Document, Passage
from search_app.cite import Citation, cite_quote, name_of
from search_app.citing.permalinks import Permalink
from search_app.citing.records import part_of
from search_app.query import Request
from search_app.search import Library

_OFFERED = 3
# Jaccard's coefficient of the words: below it two passages speak of different things.
_NEAR = 0.2
_SEARCHED_WORDS = 25
_WORD = re.compile(r"\w+")


class State(StrEnum):
    """What became of a passage: the same, another text, gone with its report, never known."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads.

    `citation` is what it names, when that is the same; else `report` and `text` say what it was
    made for, as far as known, `offers` are the nearest passages, `exact` says that they are of
    the same text, and `replaced_by` is what the file of the report holds now.
    """

    state: State
    citation: Citation | None = None
    report: str = ""
    text: str = ""
    headings: tuple[str, ...] = ()
    offers: tuple[Citation, ...] = ()
    exact: bool = False
    replaced_by: Document | None = None


def look_up(library: Library, link: Permalink) -> Target:
    """Return where a link leads. Raises StorageError when the catalogue cannot be read."""
    document = _document(library, link.document_id)
    passage = find_passage(document, link.passage_id) if document else None
    if document and passage and link.version in ("", _version(document, passage)):
        found = cite_quote(document, passage, passage.span)
        span = part_of(found, link.part)
        return Target(State.SAME, cite_quote(document, passage, span))
    past = library.catalogue.past_document(link.document_id)
    if document is None and past is None:
        return Target(State.UNKNOWN)
    return _moved(library, link, document, past)


def _moved(
    library: Library, link: Permalink, document: Document | None, past: PastDocument | None
) -> Target:
    was = library.catalogue.past_passage(past, link.passage_id, link.version) if past else None
    now = document or (_at_path(library, past.path) if past else None)
    known = document or past
    text = was.text if was else ""
    exact = _of_version(now, link.version) if now else ()
    return Target(
        state=State.CHANGED if document else State.GONE,
        report=name_of(known.metadata, known.source) if known else "",
        text=text,
        headings=was.headings if was else (),
        offers=exact or tuple(_nearest(library, now, link, text))[:_OFFERED],
        exact=bool(exact),
        replaced_by=None if document else now,
    )


def _document(library: Library, document_id: str) -> Document | None:
    try:
        return library.document(document_id)
    except NotFound:
        return None


def _at_path(library: Library, path: str) -> Document | None:
    sources = {source.path: source.document_id for source in library.catalogue.sources()}
    document_id = sources.get(path)
    return _document(library, document_id) if document_id else None


def _version(document: Document, passage: Passage) -> str:
    return fingerprint(passage.span.of(document.text))


def _of_version(document: Document, version: str) -> tuple[Citation, ...]:
    """Return the passages with exactly the text of a link: they only moved."""
    same = (p for p in document.passages if version and _version(document, p) == version)
    return tuple(cite_quote(document, p, p.span) for p in same)[:_OFFERED]


def _nearest(
    library: Library, now: Document | None, link: Permalink, text: str
) -> Iterator[Citation]:
    if now is not None and text:
        yield from _alike(now, text)
    elif now is not None and now.id == link.document_id:
        # Of the former text nothing is known: what stands in its place is offered.
        passage = find_passage(now, link.passage_id)
        if passage is not None:
            yield cite_quote(now, passage, passage.span)
    elif text:
        yield from _elsewhere(library, text)


def _alike(document: Document, text: str) -> list[Citation]:
    wanted = _words(text)
    scores = [(_overlap(wanted, _words(p.span.of(document.text))), p) for p in document.passages]
    scores.sort(key=lambda one: -one[0])
    return [cite_quote(document, p, p.span) for score, p in scores[:_OFFERED] if score >= _NEAR]


def _elsewhere(library: Library, text: str) -> list[Citation]:
    """Return passages of other reports that a search for the words finds."""
    words = _WORD.findall(text)[:_SEARCHED_WORDS]
    asked = " ".join(words)[: library.settings.max_query_chars]
    if not any(letter.isalnum() for letter in asked):
        return []
    hits = library.search(Request(text=asked, limit=_OFFERED)).hits
    near = [hit for hit in hits if _overlap(_words(text), _words(hit.text)) >= _NEAR]
    return [cite_quote(hit.document, hit.passage, hit.passage.span) for hit in near]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def states(library: Library, links: Sequence[Permalink]) -> tuple[State, ...]:
    """Return what became of each of many passages, without looking for what is near."""
    return tuple(_state(library, link) for link in links)


def _state(library: Library, link: Permalink) -> State:
    document = _document(library, link.document_id)
    if document is None:
        return State.GONE
    passage = find_passage(document, link.passage_id)
    same = passage is not None and link.version in ("", _version(document, passage))
    return State.SAME if same else State.CHANGED
