"""The page of what differs between two versions of a report, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.models import Document, Span
from indexer.sections import section_path
from search_app.cite import document_name
from search_app.differences import Difference, Differences, Side, find_differences
from search_app.found import FoundPassage
from search_app.languages import language
from search_app.page_outline import title_of
from search_app.related import Related, find_version
from search_app.search import Library

PAGE_SIZE = 50
# So many letters of what did not change are shown around what did.
_AROUND = 140
_MOST_LETTERS = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a paragraph: it `changed`, or stands around; empty where words are left out."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class SideView:
    """A paragraph of one report; `address` is its place in the reading page."""

    document_id: str
    address: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place that differs, as a row of the page."""

    place: Difference
    left: SideView | None
    right: SideView | None


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One page of the places that differ; `names` and documents are the older one's first."""

    found: Differences
    names: tuple[str, str]
    share: str
    places: tuple[PlaceView, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class VersionLink:
    """Another version of a report, as a link."""

    document_id: str
    name: str
    share: str


def version_page(library: Library, document_id: str, other_id: str, page: int) -> VersionPage:
    """Return what differs between two versions, one page of it. Raises NotFound."""
    version = find_version(library, document_id, other_id)
    left, right = library.document(version.document_id), library.document(version.other_id)
    found = find_differences(left, right)
    pages = max(1, -(-len(found.places) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = found.figures_first[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return VersionPage(
        found=found,
        names=distinct_names(left, right),
        share=percent(version.comparison.share),
        places=tuple(
            PlaceView(place, _side(left, place.left), _side(right, place.right)) for place in shown
        ),
        page=page,
        pages=pages,
    )


def version_links(document: Document, found: Related) -> tuple[VersionLink, ...]:
    """Return the versions of a report as links, nearest first."""
    return tuple(
        VersionLink(
            each.document.id,
            distinct_names(document, each.document)[1],
            percent(each.version.comparison.share),
        )
        for each in found.versions
    )


def also_in(library: Library, found: FoundPassage) -> tuple[tuple[str, str], ...]:
    """Return the passages that say the same in other versions: id and name of their report."""
    links: dict[str, tuple[str, str]] = {}
    for passage_id in found.similar:
        document_id = passage_id.partition(":")[0]
        other = library.document(document_id)
        links.setdefault(document_id, (passage_id, distinct_names(found.document, other)[1]))
    return tuple(links.values())


def distinct_names(one: Document, other: Document) -> tuple[str, str]:
    """Return the names of two reports, with those of their files when they are called alike."""
    names = document_name(one), document_name(other)
    if names[0] != names[1]:
        return names
    return (_with_file(one, names[0]), _with_file(other, names[1]))


def _with_file(document: Document, name: str) -> str:
    return name if document.source in name else f"{name} ({document.source})"


def percent(share: float) -> str:
    """Return a share as readers write it, rounded down: 100 % only when nothing differs.

    >>> percent(0.98765), percent(1.0)
    ('98,7 %', '100 %')
    """
    tenths = int(share * 1000)
    if language() == "en":
        return "100%" if tenths >= 1000 else f"{tenths // 10}.{tenths % 10}%"
    return "100 %" if tenths >= 1000 else f"{tenths // 10},{tenths % 10} %"


def _side(document: Document, side: Side | None) -> SideView | None:
    if side is None:
        return None
    path = section_path(document.sections, side.passage.section_id)
    return SideView(
        document_id=document.id,
        address=side.passage.id.partition(":")[2],
        heading=title_of(path[-1]) if path else "",
        parts=tuple(_parts(side.text, side.changed)),
    )


def _parts(text: str, changed: Sequence[Span]) -> Iterator[Part]:
    """Yield a paragraph with what changed in it, long stretches between left out."""
    if not changed:
        yield Part(text[:_MOST_LETTERS])
        if len(text) > _MOST_LETTERS:
            yield Part("")
        return
    at = 0
    for span in changed:
        yield from _around(text[at : span.start], is_first=at == 0)
        yield Part(text[span.start : span.end][:_MOST_LETTERS], changed=True)
        at = span.end
    yield from _around(text[at:], is_last=True)


def _around(text: str, *, is_first: bool = False, is_last: bool = False) -> Iterator[Part]:
    most = _AROUND if is_first or is_last else 2 * _AROUND
    if len(text) <= most:
        if text:
            yield Part(text)
        return
    if not is_first:
        yield Part(text[:_AROUND].rpartition(" ")[0] or text[:_AROUND])
    yield Part("")
    if not is_last:
        yield Part(text[-_AROUND:].partition(" ")[2] or text[-_AROUND:])
