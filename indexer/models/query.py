"""What is indexed of a passage, what a question wants and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from indexer.models.document import PassageKind
from indexer.models.span import Span


@dataclass(frozen=True, slots=True)
class Term:
    """One unit of matching: its form in the index, its position and the text it came from."""

    form: str
    position: int
    span: Span


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text as the index sees it: three views on the same syllable positions.

    Syllables are numbered from 0, with a gap of 10 at every sentence end, so that no phrase and
    no pair crosses it; a word and a pair carry the position of their first syllable.
    """

    syllables: tuple[Term, ...]
    words: tuple[Term, ...]
    pairs: tuple[Term, ...]


class Field(StrEnum):
    """The searchable fields of a passage."""

    SYLLABLES = "syllables"
    WORDS = "words"
    PAIRS = "pairs"
    HEADING = "heading"
    LINKED = "linked"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a backend stores of one passage: keys to filter by and forms to match.

    `heading` are the syllables of the heading path (for a table row: of its title and column
    headings too), `linked` those of the notes it calls or of the sentence that calls it.
    `section` is the heading that facets show, `year` the four digits of the date; `traits` say
    what kind of statement the passage makes (see `traits`).
    """

    passage_id: str
    document_id: str
    kind: PassageKind
    place: str
    term: str
    year: str
    section: str
    analysis: Analysis
    heading: tuple[Term, ...]
    linked: tuple[Term, ...] = ()
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A run of forms that must stand side by side in a field, and what finding it is worth.

    With a `slop` each may stand so many places farther behind the one before it.
    """

    field: Field
    forms: tuple[str, ...]
    weight: float = 1.0
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """One thing that a question wants, in any of several spellings."""

    alternatives: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Preference:
    """A trait that a question prefers: the score of passages with it is multiplied."""

    trait: str
    factor: float


@dataclass(frozen=True, slots=True)
class Filters:
    """Values that a hit must have; an empty tuple does not filter. `sections` are form runs."""

    places: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[PassageKind, ...] = ()
    documents: tuple[str, ...] = ()
    sections: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question in the backend's terms, without any engine's syntax.

    Found are passages with at least `minimum` groups; those with every group come first when
    `complete_first`. `boosts` only add to the score, `preferences` multiply it, `required` must
    all be there, `excluded` must not. The share of the groups that a passage has, weighted by
    how rare they are, is raised to the power `coverage` and multiplies its score. Facets are
    counted when `facets` says so.
    """

    groups: tuple[Group, ...]
    minimum: int = 1
    boosts: tuple[Match, ...] = ()
    required: tuple[Group, ...] = ()
    excluded: tuple[Group, ...] = ()
    preferences: tuple[Preference, ...] = ()
    complete_first: bool = True
    coverage: float = 0.0
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0
    facets: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; `complete`: every group stands in it or its headings."""

    passage_id: str
    score: float
    complete: bool


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many of the found passages have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one key (place, term, year, kind, section), most frequent first."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found; `total` counts all of it, `complete` those with every group."""

    hits: tuple[Hit, ...]
    total: int
    complete: int
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class IndexMeta:
    """The rules an index was built with; questions must be asked with the same."""

    schema: int
    analysis: int
    segmenter: str
