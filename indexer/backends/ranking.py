"""From postings to a page of hits: which passages are found, in which order, how many.

score(passage) = sum over all alternatives of all groups, and all boosts, that are found in it:
    match weight x field weight x BM25
    BM25 = idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average length))
    idf  = 1 + ln(passages / (passages with the form + 1))

That sum is multiplied by the factor of every preferred trait, and by the share of the groups that
the passage has, weighted by their idf, to the power that the query asks for.

Of a run of forms, tf counts the run itself and idf is the sum over its forms. Only passages that
can be found now count, so that an index grown by additions scores like one built afresh.

All of it is done with whole arrays of passage numbers. Where many passages are found there is a
number for every passage there is (dense), where few are they are looked up in the postings.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.backends.array_file import Array
from indexer.backends.runs import is_in
from indexer.backends.schema import COMPLETING, FACETS, SCORING
from indexer.backends.snapshot import Snapshot, marked
from indexer.models import Facet, FacetValue, Field, Filters, Group, Hit, Hits, Match, Query

# What more than every so manieth passage has is found through an array of all passages.
_DENSE = 16
# So many scores are looked at together when the best are picked.
_BLOCK = 128


def find(query: Query, snapshot: Snapshot) -> Hits:
    """Return the page of hits that `query` asks for, and the counts over all hits."""
    if not snapshot.count:
        return Hits((), 0, 0, tuple(Facet(name, ()) for name in FACETS if query.facets))
    return _Search(query, snapshot).hits()


def tally(query: Query, snapshot: Snapshot) -> dict[tuple[str, str], tuple[int, int]]:
    """Return, by document and kind, how many passages are found, and how many of them whole."""
    return _Search(query, snapshot).tally() if snapshot.count else {}


class _Search:
    """One query on one commit; `found` are the numbers of the passages found, ascending."""

    def __init__(self, query: Query, snapshot: Snapshot) -> None:
        self._query = query
        self._snapshot = snapshot

    def hits(self) -> Hits:
        query = self._query
        found = self._found()
        complete = self._complete(found)
        return Hits(
            hits=self._page(found, complete) if query.limit else (),
            total=len(found),
            complete=len(complete),
            facets=tuple(self._facet(name, found) for name in FACETS if query.facets),
        )

    def tally(self) -> dict[tuple[str, str], tuple[int, int]]:
        found = self._found()
        documents, kinds = (self._snapshot.column(key) for key in ("document_id", "kind"))
        width = len(kinds.values)

        def counts(numbers: Array) -> Array:
            codes = documents.codes[numbers].astype(np.intp) * width + kinds.codes[numbers]
            return np.bincount(codes, minlength=len(documents.values) * width)

        every, whole = counts(found), counts(self._complete(found))
        return {
            (documents.values[at // width], kinds.values[at % width]): (
                int(every[at]),
                int(whole[at]),
            )
            for at in np.flatnonzero(every).tolist()
        }

    # --- what is found

    def _found(self) -> Array:
        query = self._query
        needed = min(query.minimum, len(query.groups))
        if needed == len(query.groups):
            found = self._having_all([group.alternatives for group in query.groups])
        elif needed > 0:
            found = self._having_some(needed)
        else:
            found = self._snapshot.live
        for group in query.required:
            found = found[self._having(found, group.alternatives)]
        for group in query.excluded:
            found = found[~self._having(found, group.alternatives)]
        return self._passing(found, query.filters)

    def _having_all(self, groups: Sequence[tuple[Match, ...]]) -> Array:
        if not groups:
            return self._snapshot.live
        # The rarest first: what it leaves is looked up in the others.
        rarest, *others = sorted(groups, key=lambda matches: len(self._snapshot.union(matches)))
        found = self._snapshot.union(rarest).docs.astype(np.intp)
        for matches in others:
            found = found[self._having(found, matches)]
        return found

    def _having_some(self, needed: int) -> Array:
        groups = self._query.groups
        if needed == 1:
            return np.flatnonzero(self._having_any(groups))
        counts = np.zeros(self._snapshot.size, np.uint32)
        for group in groups:
            having = self._snapshot.union(group.alternatives)
            if having.mask is None:
                counts[having.docs] += 1
            else:
                counts += having.mask
        return np.flatnonzero(counts >= needed)

    def _having_any(self, groups: Sequence[Group]) -> Array:
        marks = np.zeros(self._snapshot.size, bool)
        for group in groups:
            having = self._snapshot.union(group.alternatives)
            if having.mask is None:
                marks[having.docs] = True
            else:
                marks |= having.mask
        return marks

    def _passing(self, found: Array, filters: Filters) -> Array:
        wanted = {
            "place": filters.places,
            "term": filters.terms,
            "year": filters.years,
            "kind": filters.kinds,
            "document_id": filters.documents,
        }
        for key, values in wanted.items():
            if values:
                column = self._snapshot.column(key)
                found = found[column.having(frozenset(values))[column.codes[found]]]
        if filters.sections:
            headings = tuple(Match(Field.HEADING, run) for run in filters.sections)
            found = found[self._having(found, headings)]
        return found

    def _complete(self, found: Array) -> Array:
        """Return those of the found passages that have every group in a completing field."""
        groups = [group.alternatives for group in self._query.groups]
        own = [tuple(m for m in matches if m.field in COMPLETING) for matches in groups]
        if not groups or (own == groups and self._query.minimum >= len(groups)):
            return found
        complete = self._having_all(own)
        return complete[self._among(complete, found)]

    def _having(self, found: Array, matches: tuple[Match, ...]) -> Array:
        """Return which of the found passages have any of the matches."""
        having = self._snapshot.union(matches)
        if having.mask is None:
            return self._among(found, having.docs)
        return having.mask.take(found)

    def _among(self, numbers: Array, others: Array) -> Array:
        """Return which of the ascending numbers are among the ascending others."""
        if self._are_many(numbers):
            return marked(others, self._snapshot.size).take(numbers)
        return is_in(numbers, others)

    def _are_many(self, found: Array) -> bool:
        return len(found) * _DENSE > self._snapshot.size

    # --- the order

    def _page(self, found: Array, complete: Array) -> tuple[Hit, ...]:
        query = self._query
        if query.offset >= len(found):
            return ()
        scores, most = self._scores(found), query.offset + query.limit
        if not query.complete_first or len(complete) in (0, len(found)):
            best = self._best(found, scores, most)
        else:
            first = self._among(found, complete)
            best = self._best(complete, scores[first], most)
            if len(best) < most:
                best += self._best(found[~first], scores[~first], most - len(best))
        page = best[query.offset :]
        whole = is_in(np.array([number for number, _, _ in page], np.intp), complete).tolist()
        return tuple(
            Hit(passage_id, score, complete=is_whole)
            for (_, score, passage_id), is_whole in zip(page, whole, strict=True)
        )

    def _best(self, found: Array, scores: Array, most: int) -> list[tuple[int, float, str]]:
        """Return the best numbers with their scores and ids; of equal ones the first ids."""
        tied: list[tuple[int, float, str]] = []
        if len(found) > most:
            last = _nth_best(scores, most)
            better = np.flatnonzero(scores > last)
            first = self._snapshot.first_ids(found[scores == last], most - len(better))
            tied = [(number, float(last), passage_id) for passage_id, number in first]
            found, scores = found[better], scores[better]
        ranked = [
            (number, score, self._snapshot.passage_id(number))
            for number, score in zip(found.tolist(), scores.tolist(), strict=True)
        ]
        return sorted(ranked, key=lambda each: (-each[1], each[2])) + tied

    def _scores(self, found: Array) -> Array:
        alternatives = (match for group in self._query.groups for match in group.alternatives)
        matches = [*alternatives, *self._query.boosts]
        scores = self._summed(found, matches)
        self._prefer(found, scores)
        self._cover(found, scores)
        return scores

    def _summed(self, found: Array, matches: list[Match]) -> Array:
        if self._are_many(found):
            sums = np.zeros(self._snapshot.size, np.float32)
            for match in matches:
                self._add_dense(sums, match)
            return sums.take(found)
        scores = np.zeros(len(found), np.float32)
        for match in matches:
            self._add(scores, found, match)
        return scores

    def _add_dense(self, sums: Array, match: Match) -> None:
        postings = self._snapshot.postings(match)
        factor = np.float32(_weight(match) * postings.idf)
        if postings.dense is None:
            sums[postings.docs] += postings.impacts * factor
        else:
            sums += postings.dense * factor

    def _add(self, scores: Array, found: Array, match: Match) -> None:
        postings = self._snapshot.postings(match)
        docs, factor = postings.docs, np.float32(_weight(match) * postings.idf)
        if postings.dense is not None:
            scores += postings.dense.take(found) * factor
        elif len(docs) < len(found):
            at, having = _places(found, docs)
            scores[at] += postings.impacts[having] * factor
        elif len(found):
            at, having = _places(docs, found)
            scores[having] += postings.impacts[at] * factor

    def _prefer(self, found: Array, scores: Array) -> None:
        if not self._query.preferences:
            return
        column = self._snapshot.column("traits")
        factors = np.ones(len(column.values))
        for trait, factor in {item.trait: item.factor for item in self._query.preferences}.items():
            if trait in column.words:
                factors[column.words[trait]] *= factor
        scores *= factors[column.codes[found]]

    def _cover(self, found: Array, scores: Array) -> None:
        """Lower the score of passages that lack groups, the more the rarer what they lack."""
        if not self._query.coverage or not self._query.groups:
            return
        covered, total = np.zeros(len(found)), 0.0
        for group in self._query.groups:
            idf = self._snapshot.rarity(len(self._snapshot.union(group.alternatives)))
            total += idf
            covered += idf * self._shares(found, group)
        scores *= (covered / total) ** self._query.coverage

    def _shares(self, found: Array, group: Group) -> Array:
        """Return how far each of the found passages counts as having a group."""
        shares = np.zeros(len(found))
        by_worth: dict[float, tuple[Match, ...]] = {}
        for match in group.alternatives:
            worth = SCORING[match.field].coverage
            by_worth[worth] = (*by_worth.get(worth, ()), match)
        for worth, matches in sorted(by_worth.items()):
            shares[self._having(found, matches)] = worth
        return shares

    # --- the counts

    def _facet(self, name: str, found: Array) -> Facet:
        column = self._snapshot.column(name)
        counts = np.bincount(column.codes[found], minlength=len(column.values))
        used = np.flatnonzero(counts)
        values = [
            FacetValue(column.values[at], count)
            for at, count in zip(used.tolist(), counts[used].tolist(), strict=True)
            if column.values[at]
        ]
        return Facet(name, tuple(sorted(values, key=lambda value: (-value.count, value.value))))


def _weight(match: Match) -> float:
    return match.weight * SCORING[match.field].weight


def _places(docs: Array, wanted: Array) -> tuple[Array, Array]:
    """Return where in `docs` those of the `wanted` stand that do, and which of them do."""
    at = np.searchsorted(docs, wanted)
    at[at == len(docs)] = 0
    having = docs[at] == wanted
    return at[having], having


def _nth_best(scores: Array, nth: int) -> float:
    """Return the score that `nth` passages reach or exceed."""
    if len(scores) > nth * _BLOCK:
        # As many blocks have a passage of at least this score, so what is below it is not wanted.
        rest = len(scores) % _BLOCK
        blocks = scores[rest:].reshape(-1, _BLOCK).max(axis=1)
        if len(blocks) > nth:
            scores = scores[scores >= np.partition(blocks, len(blocks) - nth)[len(blocks) - nth]]
    return float(np.partition(scores, len(scores) - nth)[len(scores) - nth])
