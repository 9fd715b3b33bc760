"""From a `Query` to what OpenSearch is asked, and from its answer to `Hits`.

The order is that of `ranking`: the sum of BM25 over all matches, times the factors of preferred
traits, times the share of groups to the power of `coverage`. How rare forms and groups are is asked
for first and comes with the question. The engine can only multiply a score with a sum of weights,
so with coverage c it computes (sum ^ (1/c) * share) ^ c.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from indexer.backends.opensearch_mapping import GAP, lines, original, stored
from indexer.backends.schema import COMPLETING, FACETS, SCORING
from indexer.errors import QueryTooBroad
from indexer.models import Facet, FacetValue, Field, Filters, Group, Hit, Hits, Match, Query

Clause = dict[str, Any]
Matches = tuple[Match, ...]
# What finding a match is worth in any passage.
Worth = Callable[[Match], float]

# All passages with every group come before the others: scores keep all their digits when they are
# multiplied with a power of two.
_FIRST = 2.0**60
_COMPLETE = "complete"
# More values than that of one facet are not told of.
_MOST_VALUES = 10_000
# Near words are found as all runs of their distances; more of them are too many.
_MOST_RUNS = 400
_ZERO: Clause = {"source": "0"}
_NOTHING: Clause = {"match_none": {}}
_EVERYTHING: Clause = {"match_all": {}}


def everything() -> Clause:
    """Return the clause of all passages."""
    return _EVERYTHING


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many passages there are, and how many of them have any of some matches."""

    passages: int
    having: Mapping[Matches, int]

    def rarity(self, matches: Matches) -> float:
        """Return the idf of what any of the matches finds (see `ranking`)."""
        having = self.having[matches]
        # Counted while a commit reaches the nodes, some may be more than there were passages.
        return 1 + math.log(max(self.passages, having, 1) / (having + 1))

    def run_rarity(self, match: Match) -> float:
        """Return the idf of a run of forms: the sum over its forms."""
        return sum(self.rarity(_alone(match.field, form)) for form in match.forms)


def counted(query: Query) -> list[Matches]:
    """Return of what the statistics are needed to order what a query finds."""
    alternatives = (match for group in query.groups for match in group.alternatives)
    matches = (*alternatives, *query.boosts)
    forms = [_alone(match.field, form) for match in matches for form in match.forms]
    groups = [group.alternatives for group in query.groups if query.coverage]
    return list(dict.fromkeys((*forms, *groups)))


def _alone(field: Field, form: str) -> Matches:
    return (Match(field, (form,)),)


def statistics_body(wanted: Sequence[Matches]) -> Clause:
    """Return the request for how many passages there are, and how many have each of these."""
    filters = [_having(matches) for matches in wanted]
    counts = {"counts": {"filters": {"filters": filters}}} if filters else {}
    return {"query": _EVERYTHING, "size": 0, "track_total_hits": True, "aggs": counts}


def statistics_of(answer: Mapping[str, Any]) -> tuple[int, list[int]]:
    """Return how many passages there are, and how many have each of what was asked for."""
    buckets = answer.get("aggregations", {"counts": {"buckets": []}})["counts"]["buckets"]
    return answer["hits"]["total"]["value"], [bucket["doc_count"] for bucket in buckets]


def search_body(query: Query, statistics: Statistics) -> Clause:
    """Return the request for a page of hits."""
    body: Clause = {
        "query": _ordered(query, statistics) if query.limit else _found(query, _worth_nothing),
        "size": query.limit,
        "track_total_hits": True,
        # All of a hit is in what it is sorted by; reading more of it takes five times as long.
        "stored_fields": "_none_",
        "sort": ["_score", {"passage_id": "asc"}],
        "aggs": {_COMPLETE: {"filter": _complete(query)}},
    }
    if query.facets:
        body["aggs"] |= {name: {"terms": _values(name)} for name in FACETS}
    return body


def _values(name: str) -> Clause:
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {"field": name, "size": _MOST_VALUES, "order": order}


def tally_body(query: Query, most: int, after: Clause | None) -> Clause:
    """Return the request for up to so many counts by document and kind, from a key on."""
    sources = [{key: {"terms": {"field": key}}} for key in ("document_id", "kind")]
    pages: Clause = {"size": most, "sources": sources}
    return {
        "query": _found(query, _worth_nothing),
        "size": 0,
        "aggs": {
            "pages": {
                "composite": pages | ({"after": after} if after else {}),
                "aggs": {_COMPLETE: {"filter": _complete(query)}},
            }
        },
    }


def hits_of(query: Query, answer: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Hits:
    """Return the hits that an answer tells: its counts, and `rows` as the page."""
    counts = answer.get("aggregations", {})
    return Hits(
        hits=tuple(_hit(query, row) for row in rows),
        total=answer["hits"]["total"]["value"],
        complete=counts[_COMPLETE]["doc_count"],
        facets=tuple(_facet(name, counts[name]) for name in FACETS if query.facets),
    )


def _hit(query: Query, row: Mapping[str, Any]) -> Hit:
    score, passage_id = row["sort"]
    complete = _COMPLETE in row.get("matched_queries", ())
    if complete and _tells_apart(query):
        score /= _FIRST
    return Hit(original(passage_id), score, complete=complete)


def tally_of(answer: Mapping[str, Any]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return by document and kind how many passages an answer counts, and how many whole."""
    return {
        (original(bucket["key"]["document_id"]), original(bucket["key"]["kind"])): (
            bucket["doc_count"],
            bucket[_COMPLETE]["doc_count"],
        )
        for bucket in answer["aggregations"]["pages"]["buckets"]
    }


def _facet(name: str, answer: Mapping[str, Any]) -> Facet:
    values = [
        FacetValue(original(bucket["key"]), bucket["doc_count"]) for bucket in answer["buckets"]
    ]
    return Facet(name, tuple(value for value in values if value.value))


# --- what is found


def _worth_nothing(_: Match) -> float:
    return 0.0


def _found(query: Query, worth: Worth) -> Clause:
    """Return the clause of what is found, whose score is the sum over all that matches."""
    groups = [_any(group.alternatives, worth) for group in query.groups]
    boosts = [_scored(match, worth(match)) for match in query.boosts]
    needed = min(query.minimum, len(groups))
    clause: Clause = {
        "must": [_of(groups, needed)] if needed > 0 else [],
        "should": [*(groups if needed <= 0 else ()), *boosts],
        "filter": [
            *(_having(group.alternatives) for group in query.required),
            *_filters(query.filters),
        ],
        "must_not": [_having(group.alternatives) for group in query.excluded],
        "minimum_should_match": 0,
    }
    if not (clause["must"] or clause["filter"]):
        clause["filter"] = [_EVERYTHING]
    return {"bool": clause}


def _of(clauses: Sequence[Clause], needed: int) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": needed}}


def _any(matches: Iterable[Match], worth: Worth) -> Clause:
    clauses = [_scored(match, worth(match)) for match in matches]
    return _of(clauses, 1) if clauses else _NOTHING


def _having(matches: Iterable[Match]) -> Clause:
    """Return the clause of the passages that have any of the matches, whatever it is worth."""
    forms: dict[Field, list[str]] = {}
    runs = []
    for match in matches:
        if len(match.forms) == 1:
            forms.setdefault(match.field, []).append(stored(match.forms[0]))
        else:
            runs.append(_scored(match, 0))
    # However many forms there are, to the engine this is one clause.
    clauses = [*({"terms": {field: found}} for field, found in forms.items()), *runs]
    return _of(clauses, 1) if clauses else _NOTHING


def _filters(filters: Filters) -> list[Clause]:
    wanted = {
        "place": filters.places,
        "term": filters.terms,
        "year": filters.years,
        "kind": filters.kinds,
        "document_id": filters.documents,
    }
    clauses: list[Clause] = [
        {"terms": {key: [stored(value) for value in values]}}
        for key, values in wanted.items()
        if values
    ]
    if filters.sections:
        clauses.append(_having(Match(Field.HEADING, run) for run in filters.sections))
    return clauses


def _complete(query: Query) -> Clause:
    """Return the clause of the found passages that have every group in a completing field."""
    groups = [
        _having(match for match in group.alternatives if match.field in COMPLETING)
        for group in query.groups
    ]
    return _of(groups, len(groups)) if groups else _EVERYTHING


def _scored(match: Match, worth: float) -> Clause:
    """Return the clause of a run of forms, worth so much times what depends on the passage."""
    forms = [stored(form) for form in match.forms]
    if not forms:
        return _NOTHING
    if len(forms) == 1:
        return {"term": {match.field: {"value": forms[0], "boost": worth}}}
    if not match.slop:
        return _run(match.field, forms, worth)
    return {"dis_max": {"queries": [_run(match.field, run, worth) for run in _runs(forms, match)]}}


def _run(field: Field, forms: Sequence[str], worth: float) -> Clause:
    # The engine adds up what each form of a run is worth.
    boost = worth / sum(form != GAP for form in forms)
    return {"match_phrase": {field: {"query": lines(forms), "boost": boost}}}


def _runs(forms: Sequence[str], match: Match) -> list[list[str]]:
    """Return the forms at every distance that a slop allows; the nearest first.

    The engine's own nearness counts from the first form to the last one, and in any order.
    """
    if (match.slop + 1) ** (len(forms) - 1) > _MOST_RUNS:
        raise QueryTooBroad(
            f"{len(forms)} tiếng cách nhau tới {match.slop} tiếng là quá nhiều cách đứng.",
            "Hãy giảm số sau dấu ~, hoặc để ít tiếng hơn trong ngoặc kép.",
        )
    gaps = product(range(match.slop + 1), repeat=len(forms) - 1)
    first, *others = forms
    return [
        [first, *(x for gap, form in zip(each, others, strict=True) for x in (*[GAP] * gap, form))]
        for each in sorted(gaps, key=sum)
    ]


# --- the order


def _ordered(query: Query, statistics: Statistics) -> Clause:
    def worth(match: Match) -> float:
        return match.weight * SCORING[match.field].weight * statistics.run_rarity(match)

    clause = _named(_found(query, worth), _complete(query))
    if query.coverage and query.groups:
        clause = _covered(clause, query, statistics)
    if query.preferences:
        factors = {item.trait: item.factor for item in query.preferences}
        functions = [
            {"filter": {"term": {"traits": trait}}, "weight": factor}
            for trait, factor in factors.items()
        ]
        clause = _times(clause, functions, "multiply")
    if _tells_apart(query):
        clause = _times(clause, [{"filter": _complete(query), "weight": _FIRST}], "multiply")
    return clause


def _tells_apart(query: Query) -> bool:
    return query.complete_first and bool(query.groups)


def _named(found: Clause, complete: Clause) -> Clause:
    """Return a clause that also tells of every passage whether it is complete."""
    named = {"constant_score": {"filter": complete, "boost": 0, "_name": _COMPLETE}}
    return {"bool": {"must": [found], "should": [named]}}


def _covered(clause: Clause, query: Query, statistics: Statistics) -> Clause:
    # To the engine a sum of no weights, or of zeros, is one: here is a zero that is no weight.
    functions: list[Clause] = [{"filter": _EVERYTHING, "script_score": {"script": _ZERO}}]
    rarities = [statistics.rarity(group.alternatives) for group in query.groups]
    for group, rarity in zip(query.groups, rarities, strict=True):
        functions += _steps(group, rarity / sum(rarities))
    raised = _to_the_power(clause, 1 / query.coverage)
    return _to_the_power(_times(raised, functions, "sum"), query.coverage)


def _steps(group: Group, weight: float) -> list[Clause]:
    """Return functions whose sum is the weight times the best coverage of the fields found in."""
    steps, below = [], 0.0
    for worth in sorted({SCORING[match.field].coverage for match in group.alternatives}):
        matches = [m for m in group.alternatives if SCORING[m.field].coverage >= worth]
        steps.append({"filter": _having(matches), "weight": weight * (worth - below)})
        below = worth
    return steps


def _times(clause: Clause, functions: Sequence[Clause], mode: str) -> Clause:
    return {
        "function_score": {
            "query": clause,
            "functions": list(functions),
            "score_mode": mode,
            "boost_mode": "multiply",
        }
    }


def _to_the_power(clause: Clause, power: float) -> Clause:
    if power == 1:
        return clause
    script = {"source": "Math.pow(_score, params.power)", "params": {"power": power}}
    return {"script_score": {"query": clause, "script": script}}
