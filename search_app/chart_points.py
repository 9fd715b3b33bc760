"""What a chart of a comparison shows: for each place and year the result beside its target.

Only what is certain is drawn: values in the common unit, and for a year with several values only
when they agree. The table beside the chart holds the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from indexer.models import Fact, FactKind, Quantity, Shape
from search_app.compare import Comparison, unit_of
from search_app.comparing.agreement import contradict
from search_app.comparing.terms import last_year
from search_app.facts import CitedFact

MOST_BARS = 24

_Values = Mapping[tuple[str, int], Sequence[Fact]]


@dataclass(frozen=True, slots=True)
class Point:
    """A value, with the word that bounds it ("dưới")."""

    value: Decimal
    bound: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Result and target of a place at the end of a year; one of them may be missing."""

    place: str
    year: int
    result: Point | None
    target: Point | None


def chart_pairs(comparison: Comparison) -> tuple[Pair, ...]:
    """Return what a chart shows, by place and year; empty when a chart would show one value."""
    results, targets = _values(comparison)
    pairs = []
    for place, year in sorted({*results, *targets}):
        key = place, year
        pair = Pair(place, year, _point(results.get(key, ())), _point(targets.get(key, ())))
        if pair.result or pair.target:
            pairs.append(pair)
    shown = sum((pair.result is not None) + (pair.target is not None) for pair in pairs)
    return tuple(pairs[:MOST_BARS]) if shown > 1 else ()


def _values(comparison: Comparison) -> tuple[_Values, _Values]:
    results: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    targets: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    starts: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    for row in comparison.rows:
        if row.part:
            continue
        for values, cited in ((results, row.result), (targets, row.target), (starts, row.baseline)):
            for fact, year in _dated(cited, row.term, comparison.unit):
                values[row.place, year].append(fact)
    # Where a term starts is often counted anew: the result of that year comes first.
    return starts | results, targets


def _dated(cited: Iterable[CitedFact], term: str, unit: str) -> Iterator[tuple[Fact, int]]:
    """Yield the facts that can be drawn in this unit, with the year at whose end they stand."""
    for one in cited:
        fact = one.fact
        is_rise = fact.direction and fact.kind is FactKind.TARGET
        year = _year(fact, term)
        single = fact.quantity.shape is Shape.SINGLE
        if single and unit_of(fact) == unit and not is_rise and year is not None:
            yield fact, year


def _year(fact: Fact, term: str) -> int | None:
    """Return the year at whose end a value stands; one of a 1 January ends the year before."""
    period = fact.period
    if not period.explicit or not period.end:
        first = term.partition("-")[0]
        starts = fact.kind is FactKind.BASELINE and first.isdigit()
        return int(first) if starts else last_year(term)
    if period.start == period.end and period.end.endswith("-01-01"):
        return int(period.end[:4]) - 1
    return int(period.end[:4])


def _point(facts: Sequence[Fact]) -> Point | None:
    """Return what all values of a year say, None when two contradict each other."""
    if not facts or any(contradict(first, other) for first, other in combinations(facts, 2)):
        return None
    exact = max((fact.quantity for fact in facts), key=_exactness)
    return Point(exact.value, exact.qualifier)


def _exactness(quantity: Quantity) -> tuple[bool, int]:
    exponent = quantity.value.as_tuple().exponent
    return not quantity.qualifier, -exponent if isinstance(exponent, int) else 0
