"""The page of the documents that reports name: a list that can be filtered, with every place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search_app.cite import Citation
from search_app.languages import gettext as _
from search_app.page import Piece, clipped, pieces
from search_app.page_facets import Choice, FacetView
from search_app.page_links import Address
from search_app.reference_mentions import Conflict, Mention, citations_of
from search_app.references import CONFLICT_WORDS, CitedDocument, References, value_words
from search_app.serialise import passage_url

PAGE_SIZE = 25
_SHOWN_KINDS = 8
# Places that one page can show while a reader waits; when there are more, each document shows a
# few and leads to a page of its own.
_MOST_PLACES, _FEW = 200, 5
# Places that are named for each value that reports tell differently.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that names a document: the words, the mention marked, and where it stands."""

    pieces: Sequence[Piece]
    citation: Citation
    url: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What mentions tell differently: each value with the places (words and address) telling it.

    The last part of a value counts the places that are not named.
    """

    words: str
    values: tuple[tuple[str, tuple[tuple[str, str], ...], int], ...]


@dataclass(frozen=True, slots=True)
class CitedCard:
    """A document that is named; `is_open` says whether its places are shown at once.

    `more` counts the places that only the page of this document shows.
    """

    cited: CitedDocument
    places: tuple[Place, ...]
    is_open: bool
    more: int = 0
    disagreements: tuple[Disagreement, ...] = ()


def only(references: References, key: str) -> References:
    """Return the one document of this key; all when there is none or no key."""
    cited = tuple(one for one in references.cited if one.key == key)
    return replace(references, cited=cited) if cited else references


def cited_cards(references: References, page: int) -> tuple[CitedCard, ...]:
    """Return one page of the documents; those that were asked for by a text stand open."""
    first = (page - 1) * PAGE_SIZE
    shown = references.cited[first : first + PAGE_SIZE]
    few = len(shown) > 1 and sum(len(cited.mentions) for cited in shown) > _MOST_PLACES
    is_open = references.total == 1 or bool(references.text)
    return tuple(_card(cited, _FEW if few else _MOST_PLACES, is_open=is_open) for cited in shown)


def _card(cited: CitedDocument, most: int, *, is_open: bool) -> CitedCard:
    shown = cited.mentions[:most]
    return CitedCard(
        cited,
        tuple(map(_place, shown, citations_of(shown))),
        is_open,
        len(cited.mentions) - len(shown),
        tuple(map(_disagreement, cited.conflicts)),
    )


def _place(mention: Mention, citation: Citation) -> Place:
    marked = clipped([mention.reference.span], citation.span)
    return Place(pieces(citation.quote, marked), citation, passage_url(citation.passage.id))


def _disagreement(conflict: Conflict) -> Disagreement:
    values = (
        (
            value_words(conflict, version.value),
            tuple(
                (one.place, passage_url(one.reference.passage_id))
                for one in version.mentions[:_TELLING]
            ),
            len(version.mentions[_TELLING:]),
        )
        for version in conflict.versions
    )
    return Disagreement(str(CONFLICT_WORDS[conflict.field]), tuple(values))


def kind_facet(address: Address, references: References) -> FacetView:
    """Return the kinds of documents to choose from, the most frequent first.

    The link of a chosen kind takes it back.
    """
    typed = address.of("kind")
    choices = tuple(
        Choice(
            kind,
            count,
            address.without("kind", [kind]) if kind in typed else address.adding("kind", kind),
            kind in typed,
        )
        for kind, count in references.kinds
    )
    return FacetView(_("Loại văn bản"), choices[:_SHOWN_KINDS], choices[_SHOWN_KINDS:])
