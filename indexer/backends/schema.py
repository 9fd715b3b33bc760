"""What every engine stores of a passage and how it weighs it. No engine is known here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from indexer.models import Analysis, Entry, Field, Term
from indexer.text.normalise import strip_accents

SCHEMA_VERSION = 3

# In the order in which results show them.
FACETS = ("place", "term", "year", "kind", "section")

KEYS = ("passage_id", "document_id", *FACETS, "traits")


@dataclass(frozen=True, slots=True)
class FieldScoring:
    """How much a find in a field counts, and the two free parameters of BM25 for it."""

    weight: float
    b: float
    k1: float
    # How far finding a group in this field counts as having it (see Query.coverage).
    coverage: float


SCORING: Mapping[Field, FieldScoring] = MappingProxyType(
    {
        Field.SYLLABLES: FieldScoring(weight=1.0, b=0.75, k1=1.2, coverage=1.0),
        # A segmented word is the surer sign, but segmentation changes with its neighbours, so a
        # missing word must not cost more than its syllables can win back.
        Field.WORDS: FieldScoring(weight=0.4, b=0.75, k1=1.2, coverage=1.0),
        Field.PAIRS: FieldScoring(weight=1.0, b=0.75, k1=1.2, coverage=1.0),
        # A heading path is long because the section lies deep, not because it says more.
        Field.HEADING: FieldScoring(weight=0.3, b=0.3, k1=1.2, coverage=0.5),
        Field.LINKED: FieldScoring(weight=0.3, b=0.75, k1=1.2, coverage=0.5),
        # Without accents many words fall together: enough to be found, not to be found first.
        Field.FOLDED: FieldScoring(weight=0.3, b=0.75, k1=1.2, coverage=0.3),
    }
)

# Where a word must stand for a passage to be complete: what it links to is shown beside it, and a
# word without its accents may be another word.
COMPLETING = frozenset({Field.SYLLABLES, Field.WORDS, Field.PAIRS, Field.HEADING})

# The fields whose words can be asked for by their beginning (see `Backend.forms`).
BEGUN = (Field.SYLLABLES, Field.FOLDED)

Places = Sequence[tuple[str, int]]


def keys_of(entry: Entry) -> dict[str, str]:
    """Return the values that a passage is filtered, counted and identified by."""
    keys = {name: str(getattr(entry, name)) for name in KEYS if name != "traits"}
    return keys | {"traits": " ".join(entry.traits)}


def places_of(entry: Entry) -> dict[Field, Places]:
    """Return each field's forms with the places that decide what stands side by side."""
    return {
        Field.SYLLABLES: _positions(entry.analysis.syllables),
        Field.WORDS: _word_places(entry.analysis),
        Field.PAIRS: _positions(entry.analysis.pairs),
        Field.HEADING: _positions(entry.heading),
        Field.LINKED: _positions(entry.linked),
        Field.FOLDED: [
            (strip_accents(term.form), term.position) for term in entry.analysis.syllables
        ],
    }


def _positions(terms: Sequence[Term]) -> Places:
    return [(term.form, term.position) for term in terms]


def _word_places(analysis: Analysis) -> Places:
    # A word's position is that of its first syllable, so the next word stands as many positions
    # further as the word has syllables. Counting words instead puts neighbours one apart; a
    # place is left free where a syllable belongs to no word.
    starts = [syllable.span.start for syllable in analysis.syllables]
    places: list[tuple[str, int]] = []
    place, expected = -1, 0
    for word in analysis.words:
        place += 1 if word.position == expected else 2
        places.append((word.form, place))
        expected = bisect_left(starts, word.span.end)
    return places
