"""The figures that two reports both state: one indicator, kind, measure and part, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indexer.catalogue_facts import FactRecord
from indexer.models import Document, Fact, FactKind, Shape
from search_app.compare import placed_facts
from search_app.comparing.agreement import same_measure
from search_app.comparing.inconsistencies import Placed
from search_app.comparing.rows import distinct_values
from search_app.comparing.terms import last_year, years_of
from search_app.facts import CitedFact
from search_app.search import Library

# "hộ", "dự án": what was counted, but not of what.
_LEAST_WORDS = 4
_POINTS = ("%", "‰")
_ORDER = tuple(FactKind)


class Times(StrEnum):
    """Whether the two sides speak of one time; of two terms they never do, and need not say so."""

    SAME = "same"
    OTHER = "other"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Gap:
    """By how much the right value is more than the left: in the unit, and in per cent of it.

    `percent` is None where the values are shares themselves, so that `amount` counts points.
    """

    amount: Decimal
    unit: str
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class FigurePair:
    """What two reports state of one thing. Each side holds all values, never a choice of them.

    `part` names a part of the whole, `terms` are those of which the sides speak. `gap` is None
    where the values cannot be subtracted: there are several, one is a bound, or only one side
    says of what time it is.
    """

    indicator: str
    name: str
    kind: FactKind
    part: str
    left: tuple[CitedFact, ...]
    right: tuple[CitedFact, ...]
    gap: Gap | None
    terms: tuple[str, str]
    times: Times

    @property
    def differs(self) -> bool:
        """Say whether the reports state other values."""
        return _stated(self.left) != _stated(self.right)


def shared_figures(library: Library, left: Document, right: Document) -> tuple[FigurePair, ...]:
    """Return the figures of which both reports state values, by indicator and kind.

    Only values of the whole that a report is about: not those of single communes in it. Values
    of the last term and of the next are kept apart.
    """
    records = [
        [
            record
            for record in library.catalogue.facts(documents=(document.id,))
            if record.fact.place == document.metadata.place
        ]
        for document in (left, right)
    ]
    both = frozenset.intersection(*(frozenset(r.fact.indicator for r in side) for side in records))
    ours, theirs = (_told(library, side, both) for side in records)
    return pair_figures(ours, theirs)


def pair_figures(left: Iterable[Placed], right: Iterable[Placed]) -> tuple[FigurePair, ...]:
    """Return the pairs of the values of two reports."""
    groups: dict[object, tuple[list[Placed], list[Placed]]] = defaultdict(lambda: ([], []))
    for at, side in enumerate((left, right)):
        for placed in side:
            groups[_subject(placed)][at].append(placed)
    found = []
    for ours, theirs in groups.values():
        for one, other in _by_measure(ours, theirs):
            found += [_pair(*sides) for sides in _by_period(one, other)]
    return tuple(sorted(found, key=lambda pair: (pair.name, _ORDER.index(pair.kind), pair.part)))


def _told(
    library: Library, records: Sequence[FactRecord], indicators: frozenset[str]
) -> list[Placed]:
    wanted = [record for record in records if record.fact.indicator in indicators]
    return [
        placed
        for placed in placed_facts(library, wanted)
        if placed.known_as or len(placed.fact.name.split()) >= _LEAST_WORDS
    ]


def _subject(placed: Placed) -> tuple[object, ...]:
    fact = placed.fact
    return fact.indicator, fact.kind, placed.scope, _ahead(placed)


def _ahead(placed: Placed) -> object:
    """Return how many years a value's term begins after that of its report: less than 0 is past."""
    own, report = years_of(placed.term), years_of(placed.cited.document.metadata.term)
    return own[0] - report[0] if own and report else placed.term


def _by_measure(
    left: Sequence[Placed], right: Sequence[Placed]
) -> Iterable[tuple[list[Placed], list[Placed]]]:
    """Yield the values of both sides that count the same in the same way."""
    rest = list(left)
    while rest:
        first = rest[0]
        same = [one for one in rest if same_measure(first.fact, one.fact)]
        rest = [one for one in rest if one not in same]
        others = [one for one in right if same_measure(first.fact, one.fact)]
        if others:
            yield same, others


def _by_period(
    left: Sequence[Placed], right: Sequence[Placed]
) -> Iterable[tuple[list[Placed], list[Placed]]]:
    """Yield the values of times that both name, each time on its own, then what is left."""
    times = {_time(one) for one in left} & {_time(one) for one in right} - {None}
    for time in sorted(filter(None, times)):
        yield [p for p in left if _time(p) == time], [p for p in right if _time(p) == time]
    ours = [one for one in left if _time(one) not in times]
    theirs = [one for one in right if _time(one) not in times]
    if ours and theirs:
        yield ours, theirs


def _time(placed: Placed) -> tuple[str, str] | None:
    period = placed.fact.period
    return (period.start, period.end) if period.explicit else None


def _pair(left: Sequence[Placed], right: Sequence[Placed]) -> FigurePair:
    first = left[0]
    ours, theirs = (tuple(one.cited for one in side) for side in (left, right))
    times = _times(first, right[0])
    parts = (one.fact.name for one in (*left, *right) if one.scope)
    return FigurePair(
        indicator=first.fact.indicator,
        name=first.known_as or first.fact.name,
        kind=first.fact.kind,
        part=next(parts, ""),
        left=ours,
        right=theirs,
        # Of what one side gives no time, nobody knows whether it is the time of the other.
        gap=None if times is Times.UNSAID else _gap(ours, theirs),
        terms=(first.term, right[0].term),
        times=times,
    )


def _times(one: Placed, other: Placed) -> Times:
    stated = [placed for placed in (one, other) if _time(placed)]
    if _time(one) == _time(other):
        return Times.SAME
    if one.term != other.term and (len(stated) == 2 or _is_end_of_term(stated[0])):
        return Times.SAME
    return Times.OTHER if len(stated) == 2 else Times.UNSAID


def _is_end_of_term(placed: Placed) -> bool:
    """Say whether a value is of the end of its term, of which one without a time is, too."""
    return placed.cited.fact.period.end[:4] == str(last_year(placed.term))


def _gap(left: Sequence[CitedFact], right: Sequence[CitedFact]) -> Gap | None:
    values = [distinct_values(side) for side in (left, right)]
    if any(len(side) != 1 for side in values):
        return None
    one, other = (side[0][0].fact for side in values)
    if not (_is_plain(one) and _is_plain(other)):
        return None
    before, after = one.quantity.value, other.quantity.value
    unit = one.quantity.unit
    share = None
    if unit not in _POINTS and before > 0:
        share = (after - before) / before * 100
    return Gap(after - before, unit, share)


def _is_plain(fact: Fact) -> bool:
    """Say whether a value is one number, not a bound, a range or a part of a whole."""
    quantity = fact.quantity
    return quantity.shape is Shape.SINGLE and not quantity.qualifier


def _stated(facts: Sequence[CitedFact]) -> set[object]:
    quantities = [one.fact.quantity for one in facts]
    return {(q.value, q.other, q.qualifier.casefold()) for q in quantities}
