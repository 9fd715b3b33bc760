"""What a chart of a comparison shows: for each place and year the result beside its target.

Only what is certain is drawn: values in the common unit, and for a year with several values only
when they agree. The table beside the chart holds the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from indexer.models import Fact, FactKind, Quantity, Shape
from search_app.compare import Comparison, unit_of
from search_app.comparing.agreement import contradict
from search_app.comparing.terms import last_year
from search_app.facts import CitedFact

MOST_BARS = 24

_Values = Mapping[tuple[str, int], Sequence[CitedFact]]


@dataclass(frozen=True, slots=True)
class Point:
    """A value, with the word that bounds it ("dưới"), and the fact that states it."""

    value: Decimal
    bound: str
    cited: CitedFact | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """Result and target of a place at the end of a year, or where its term started.

    What is missing is None. `when` says when a start was, as its report writes it.
    """

    place: str
    year: int
    result: Point | None
    target: Point | None
    start: Point | None = None
    when: str = ""

    @property
    def date(self) -> str:
        """Return the time of the values in words."""
        return self.when or str(self.year)

    @property
    def points(self) -> tuple[Point, ...]:
        """Return the values there are."""
        return tuple(filter(None, (self.start, self.target, self.result)))


def chart_pairs(comparison: Comparison) -> tuple[Pair, ...]:
    """Return what a chart shows, by place and year; empty when a chart would show one value."""
    results, targets, starts = _values(comparison)
    pairs = list(_start_pairs(starts, results))
    for place, year in sorted({*results, *targets}):
        key = place, year
        pair = Pair(place, year, _point(results.get(key, ())), _point(targets.get(key, ())))
        if pair.points:
            pairs.append(pair)
    pairs.sort(key=lambda pair: (pair.place, pair.year, pair.start is not None))
    shown = sum(len(pair.points) for pair in pairs)
    return tuple(pairs[:MOST_BARS]) if shown > 1 else ()


def _start_pairs(starts: _Values, results: _Values) -> Iterator[Pair]:
    """Yield where terms started, unless it is the very result of that year."""
    for (place, year), facts in starts.items():
        point = _point(facts)
        if point is None or point == _point(results.get((place, year), ())):
            continue
        periods = (cited.fact.period for cited in facts)
        written = next((period.text for period in periods if period.explicit), "")
        words = " ".join(written.split()).lower()
        yield Pair(place, year, None, None, point, words or f"đầu kỳ {year}")


def _values(comparison: Comparison) -> tuple[_Values, _Values, _Values]:
    results: dict[tuple[str, int], list[CitedFact]] = defaultdict(list)
    targets: dict[tuple[str, int], list[CitedFact]] = defaultdict(list)
    starts: dict[tuple[str, int], list[CitedFact]] = defaultdict(list)
    for row in comparison.rows:
        if row.part:
            continue
        for values, cited in ((results, row.result), (targets, row.target), (starts, row.baseline)):
            for one, year in _dated(cited, row.term, comparison.unit):
                values[row.place, year].append(one)
    return results, targets, starts


def _dated(cited: Iterable[CitedFact], term: str, unit: str) -> Iterator[tuple[CitedFact, int]]:
    """Yield the facts that can be drawn in this unit, with the year at whose end they stand."""
    for one in cited:
        fact = one.fact
        is_rise = fact.direction and fact.kind is FactKind.TARGET
        year = _year(fact, term)
        single = fact.quantity.shape is Shape.SINGLE
        if single and unit_of(fact) == unit and not is_rise and year is not None:
            yield one, year


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


def _point(cited: Sequence[CitedFact]) -> Point | None:
    """Return what all values of a year say, None when two contradict each other."""
    pairs = combinations([one.fact for one in cited], 2)
    if not cited or any(contradict(first, other) for first, other in pairs):
        return None
    exact = max(cited, key=lambda one: _exactness(one.fact.quantity))
    return Point(exact.fact.quantity.value, exact.fact.quantity.qualifier, exact)


def _exactness(quantity: Quantity) -> tuple[bool, int]:
    exponent = quantity.value.as_tuple().exponent
    return not quantity.qualifier, -exponent if isinstance(exponent, int) else 0
