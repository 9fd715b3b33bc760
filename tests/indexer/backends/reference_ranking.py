"""What `indexer.backends.ranking` must compute, said again as plainly as Python can.

One passage after the other, one form after the other, no arrays: slow, and short enough to be
compared with the formulas by eye.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product

from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.backends.schema import COMPLETING, FACETS, SCORING, Places, keys_of, places_of
from indexer.models import Entry, Facet, FacetValue, Field, Filters, Group, Hit, Hits, Match, Query


class Passage:
    """A passage with what is looked up in it."""

    def __init__(self, entry: Entry) -> None:
        self.keys = keys_of(entry)
        self.places = places_of(entry)
        self._counts: dict[Match, int] = {}

    def length(self, field: Field) -> int:
        """Return the length as Whoosh rounds it."""
        return int(byte_to_length(length_to_byte(len(self.places[field]))))

    def count(self, match: Match) -> int:
        """Return how many places a run ends at."""
        if match not in self._counts:
            self._counts[match] = len(run_ends(self.places[match.field], match.forms, match.slop))
        return self._counts[match]

    def has(self, group: Group) -> bool:
        return any(self.count(match) for match in group.alternatives)


def run_ends(places: Places, forms: Sequence[str], slop: int) -> set[int]:
    """Return where a run of forms ends: every choice of places is looked at."""
    if not forms:
        return set()
    choices = [[place for form, place in places if form == wanted] for wanted in forms]
    return {run[-1] for run in product(*choices) if _is_run(run, slop)}


def _is_run(places: Sequence[int], slop: int) -> bool:
    return all(1 <= after - before <= 1 + slop for before, after in pairwise(places))


def find(
    query: Query, entries: Iterable[Entry], lengths: Mapping[Field, float] | None = None
) -> Hits:
    """Return what a search for `query` in an index of `entries` has to return.

    A passage is as long as usual where it has the mean length of its field, or that of `lengths`.
    """
    return _Reference(query, [Passage(entry) for entry in entries], lengths).hits()


class _Reference:
    def __init__(
        self, query: Query, passages: list[Passage], lengths: Mapping[Field, float] | None
    ) -> None:
        self._query = query
        self._passages = passages
        self._usual_lengths = lengths or {
            field: sum(each.length(field) for each in passages) / max(len(passages), 1)
            for field in Field
        }
        alternatives = [match for group in query.groups for match in group.alternatives]
        self._matches = (*alternatives, *query.boosts)
        forms = {Match(match.field, (form,)) for match in self._matches for form in match.forms}
        self._rarities = {
            each: self._rarity(sum(passage.count(each) > 0 for passage in passages))
            for each in forms
        }
        self._group_rarities = [
            self._rarity(sum(passage.has(group) for passage in passages)) for group in query.groups
        ]

    def hits(self) -> Hits:
        query = self._query
        found = [each for each in self._passages if self._is_found(each)]
        hits = [
            Hit(each.keys["passage_id"], self._score(each), complete=self._is_complete(each))
            for each in found
        ]
        hits.sort(
            key=lambda hit: (
                query.complete_first and not hit.complete,
                -hit.score,
                hit.passage_id,
            )
        )
        return Hits(
            hits=tuple(hits[query.offset : query.offset + query.limit]) if query.limit else (),
            total=len(hits),
            complete=sum(hit.complete for hit in hits),
            facets=tuple(_facet(name, found) for name in FACETS) if query.facets else (),
        )

    def _is_found(self, passage: Passage) -> bool:
        query = self._query
        return (
            sum(map(passage.has, query.groups)) >= min(query.minimum, len(query.groups))
            and all(map(passage.has, query.required))
            and not any(map(passage.has, query.excluded))
            and _passes(passage, query.filters)
        )

    def _is_complete(self, passage: Passage) -> bool:
        return all(
            any(passage.count(match) for match in group.alternatives if match.field in COMPLETING)
            for group in self._query.groups
        )

    def _score(self, passage: Passage) -> float:
        query = self._query
        score = sum(self._worth(match, passage) for match in self._matches)
        for preference in query.preferences:
            if preference.trait in passage.keys["traits"].split():
                score *= preference.factor
        if query.coverage and query.groups:
            score *= self._covered(passage) ** query.coverage
        return score

    def _worth(self, match: Match, passage: Passage) -> float:
        """Return weight x field weight x BM25."""
        rules, tf = SCORING[match.field], passage.count(match)
        if not tf:
            return 0.0
        relative = passage.length(match.field) / self._usual_lengths[match.field]
        idf = sum(self._rarities[Match(match.field, (form,))] for form in match.forms)
        bm25 = idf * tf * (rules.k1 + 1) / (tf + rules.k1 * (1 - rules.b + rules.b * relative))
        return match.weight * rules.weight * bm25

    def _rarity(self, having: int) -> float:
        """Return the idf of what so many passages have."""
        return 1 + math.log(max(len(self._passages), 1) / (having + 1))

    def _covered(self, passage: Passage) -> float:
        """Return the share of the groups that the passage has; rare ones are more of it."""
        rarities = self._group_rarities
        shares = [_share(group, passage) for group in self._query.groups]
        return sum(r * s for r, s in zip(rarities, shares, strict=True)) / sum(rarities)


def _share(group: Group, passage: Passage) -> float:
    found = [match.field for match in group.alternatives if passage.count(match)]
    return max((SCORING[field].coverage for field in found), default=0.0)


def _passes(passage: Passage, filters: Filters) -> bool:
    wanted = {
        "place": filters.places,
        "term": filters.terms,
        "year": filters.years,
        "kind": filters.kinds,
        "document_id": filters.documents,
    }
    return all(passage.keys[key] in values for key, values in wanted.items() if values) and (
        not filters.sections
        or any(passage.count(Match(Field.HEADING, run)) for run in filters.sections)
    )


def _facet(name: str, found: Iterable[Passage]) -> Facet:
    counts = Counter(each.keys[name] for each in found if each.keys[name])
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Facet(name, tuple(FacetValue(value, count) for value, count in ranked))
