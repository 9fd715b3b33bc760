"""From postings to a page of hits: which passages are found, in which order, how many.

score(passage) = sum over all alternatives of all groups, and all boosts, that are found in it:
    match weight x field weight x BM25
    BM25 = idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average length))
    idf  = 1 + ln(passages / (passages with the form + 1))

That sum is multiplied by the factor of every preferred trait, and by the share of the groups that
the passage has, weighted by their idf, to the power that the query asks for.

Of a run of forms, tf counts the run itself and idf is the sum over its forms. Only passages that
can be found now count, so that an index grown by additions scores like one built afresh.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from heapq import nsmallest
from typing import Protocol

from indexer.backends.schema import COMPLETING, FACETS, SCORING
from indexer.models import Facet, FacetValue, Field, Filters, Group, Hit, Hits, Match, Query

Frequencies = Mapping[int, int]


class Source(Protocol):
    """The postings of one commit. Passages are numbered; the numbers hold for this commit only."""

    @property
    def live(self) -> Set[int]:
        """Return the numbers of the passages that can be found."""

    def postings(self, field: Field, form: str) -> Frequencies:
        """Return how often a form stands in each passage that has it."""

    def places(self, field: Field, form: str, passages: Sequence[int]) -> Mapping[int, Set[int]]:
        """Return where a form stands in `passages`: ascending, and all of them have it."""

    def lengths(self, field: Field) -> Sequence[int]:
        """Return the length of a field for every number."""

    def average_length(self, field: Field) -> float:
        """Return the mean length of a field over the passages that can be found; never 0."""

    def column(self, key: str) -> Sequence[str]:
        """Return the value of a key for every number."""


def find(query: Query, source: Source) -> Hits:
    """Return the page of hits that `query` asks for, and the counts over all hits."""
    return _Search(query, source).hits()


class _Search:
    def __init__(self, query: Query, source: Source) -> None:
        self._query = query
        self._source = source
        self._postings: dict[tuple[Field, str], Frequencies] = {}
        self._runs: dict[tuple[Field, tuple[str, ...]], Frequencies] = {}

    def hits(self) -> Hits:
        query = self._query
        if not self._source.live:
            return Hits((), 0, 0, tuple(Facet(name, ()) for name in FACETS))
        groups: Counter[int] = Counter()
        own: Counter[int] = Counter()
        for group in query.groups:
            groups.update(self._having(group.alternatives))
            own.update(self._having(m for m in group.alternatives if m.field in COMPLETING))
        found = self._found(groups)
        complete = {number for number in found if own[number] == len(query.groups)}
        return Hits(
            hits=self._page(found, complete) if query.limit else (),
            total=len(found),
            complete=len(complete),
            facets=tuple(self._facet(name, found) for name in FACETS),
        )

    def _found(self, groups: Counter[int]) -> set[int]:
        query = self._query
        needed = min(query.minimum, len(query.groups))
        if needed > 0:
            found = {number for number, count in groups.items() if count >= needed}
        else:
            found = set(self._source.live)
        for group in query.required:
            found &= self._having(group.alternatives)
        for group in query.excluded:
            found -= self._having(group.alternatives)
        return self._passing(found, query.filters)

    def _passing(self, found: set[int], filters: Filters) -> set[int]:
        wanted: dict[str, Collection[str]] = {
            "place": filters.places,
            "term": filters.terms,
            "year": filters.years,
            "kind": filters.kinds,
            "document_id": filters.documents,
        }
        for key, values in wanted.items():
            if values:
                column, allowed = self._source.column(key), frozenset(values)
                found = {number for number in found if column[number] in allowed}
        if filters.sections:
            headings = (self._run(Field.HEADING, run).keys() for run in filters.sections)
            found &= set().union(*headings)
        return found

    def _page(self, found: set[int], complete: set[int]) -> tuple[Hit, ...]:
        scores, ids = self._scores(found), self._source.column("passage_id")
        ranked = nsmallest(
            self._query.offset + self._query.limit,
            found,
            key=lambda number: (
                self._query.complete_first and number not in complete,
                -scores[number],
                ids[number],
            ),
        )
        return tuple(
            Hit(ids[number], scores[number], complete=number in complete)
            for number in ranked[self._query.offset :]
        )

    def _scores(self, found: set[int]) -> dict[int, float]:
        scores = dict.fromkeys(found, 0.0)
        alternatives = (match for group in self._query.groups for match in group.alternatives)
        for match in (*alternatives, *self._query.boosts):
            for number, score in self._scored(match, found):
                scores[number] += score
        self._prefer(scores)
        self._cover(scores)
        return scores

    def _prefer(self, scores: dict[int, float]) -> None:
        factors = {item.trait: item.factor for item in self._query.preferences}
        if factors:
            column = self._source.column("traits")
            for number in scores:
                for trait in column[number].split():
                    scores[number] *= factors.get(trait, 1.0)

    def _cover(self, scores: dict[int, float]) -> None:
        """Lower the score of passages that lack groups, the more the rarer what they lack."""
        if not self._query.coverage or not self._query.groups:
            return
        covered = dict.fromkeys(scores, 0.0)
        total = 0.0
        for group in self._query.groups:
            shares = self._shares(group)
            idf = 1 + math.log(len(self._source.live) / (len(shares) + 1))
            total += idf
            for number, share in shares.items():
                if number in covered:
                    covered[number] += idf * share
        for number, part in covered.items():
            scores[number] *= (part / total) ** self._query.coverage

    def _shares(self, group: Group) -> dict[int, float]:
        """Return for each passage that has a group how far it counts as having it."""
        shares: dict[int, float] = {}
        for match in sorted(group.alternatives, key=lambda match: SCORING[match.field].coverage):
            shares |= dict.fromkeys(
                self._run(match.field, match.forms), SCORING[match.field].coverage
            )
        return shares

    def _scored(self, match: Match, found: set[int]) -> Iterable[tuple[int, float]]:
        frequencies = self._run(match.field, match.forms)
        if not frequencies:
            return
        rules, lengths = SCORING[match.field], self._source.lengths(match.field)
        factor = match.weight * rules.weight * self._idf(match) * (rules.k1 + 1)
        fixed = rules.k1 * (1 - rules.b)
        per_length = rules.k1 * rules.b / self._source.average_length(match.field)
        for number, tf in frequencies.items():
            if number in found:
                yield number, factor * tf / (tf + fixed + per_length * lengths[number])

    def _idf(self, match: Match) -> float:
        passages = len(self._source.live)
        return sum(
            1 + math.log(passages / (len(self._form(match.field, form)) + 1))
            for form in match.forms
        )

    def _having(self, matches: Iterable[Match]) -> set[int]:
        found: set[int] = set()
        for match in matches:
            found.update(self._run(match.field, match.forms))
        return found

    def _form(self, field: Field, form: str) -> Frequencies:
        if (field, form) not in self._postings:
            self._postings[field, form] = self._source.postings(field, form)
        return self._postings[field, form]

    def _run(self, field: Field, forms: tuple[str, ...]) -> Frequencies:
        if not forms:
            return {}
        if len(forms) == 1:
            return self._form(field, forms[0])
        if (field, forms) not in self._runs:
            self._runs[field, forms] = self._count_run(field, forms)
        return self._runs[field, forms]

    def _count_run(self, field: Field, forms: tuple[str, ...]) -> Frequencies:
        rarest, *others = sorted((self._form(field, form) for form in set(forms)), key=len)
        shared = sorted(set(rarest).intersection(*others))
        if not shared:
            return {}
        places = {form: self._source.places(field, form, shared) for form in set(forms)}
        counts = {}
        for number in shared:
            starts = set(places[forms[0]][number])
            for offset, form in enumerate(forms[1:], start=1):
                starts &= {place - offset for place in places[form][number]}
            if starts:
                counts[number] = len(starts)
        return counts

    def _facet(self, name: str, found: set[int]) -> Facet:
        column = self._source.column(name)
        counts = Counter(column[number] for number in found)
        counts.pop("", None)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return Facet(name, tuple(FacetValue(value, count) for value, count in ranked))
