"""Values of one thing that cannot both be right: in body, note and table, or in two reports.

Only what is surely the same thing is compared: one indicator, place, time, kind, unit and part.
A missed contradiction costs little, a false one makes people distrust the reports.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from indexer.models import Fact, FactKind, PassageKind
from search_app.comparing.agreement import contradict, same_measure
from search_app.comparing.terms import last_year
from search_app.facts import CitedFact

# Words after a value that measure it against the plan, and words that name the whole term.
_AGAINST_PLAN = re.compile(r"[^.;]{0,40}?\b(?:NQ|nghị quyết|kế hoạch|chỉ tiêu)\b", re.I)
_OF_TERM = re.compile(r"\b(?:(?:5|năm) năm|nhiệm kỳ)\b", re.I)
_LEAST_WORDS = 3

# A rise is measured against something, which is seldom said twice in the same words.
_COMPARED = (FactKind.RESULT, FactKind.TARGET, FactKind.BASELINE, FactKind.SHARE_OF_TARGET)


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact, the term of which it speaks, and the part of the whole (see `scope`).

    `known_as` is the name of its indicator; empty when that is no listed one but only a key made
    of the words of the report.
    """

    cited: CitedFact
    term: str
    scope: frozenset[str] = frozenset()
    known_as: str = ""

    @property
    def fact(self) -> Fact:
        """Return the fact itself."""
        return self.cited.fact


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Two or more values of the same thing that contradict each other, in reading order."""

    indicator: str
    name: str
    place: str
    term: str
    kind: FactKind
    facts: tuple[CitedFact, ...]


def find_inconsistencies(placed: Iterable[Placed]) -> tuple[Inconsistency, ...]:
    """Return what contradicts itself, one entry for each thing, in the order of the facts."""
    groups: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for one in placed:
        if one.fact.kind in _COMPARED:
            groups[_key(one)].append(one)
    found = (_of_group(group) for group in groups.values())
    return tuple(one for one in found if one is not None)


def _key(one: Placed) -> tuple[object, ...]:
    fact = one.fact
    return fact.indicator, fact.place.casefold(), one.term, fact.kind, one.scope


def _of_group(group: Sequence[Placed]) -> Inconsistency | None:
    against: list[Placed] = []
    for first, other in _pairs(group):
        against += [one for one in (first, other) if one not in against]
    if not against:
        return None
    against.sort(key=group.index)
    first = against[0]
    return Inconsistency(
        indicator=first.fact.indicator,
        name=first.known_as or first.fact.name,
        place=first.fact.place,
        term=first.term,
        kind=first.fact.kind,
        facts=tuple(one.cited for one in against),
    )


def _pairs(group: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    for first, other in combinations(group, 2):
        # What one paragraph says in two numbers is two things.
        if first.fact.passage_id == other.fact.passage_id:
            continue
        if (
            same_measure(first.fact, other.fact)
            and _same_time(first, other)
            and _bear_weight(first, other)
            and contradict(first.fact, other.fact)
        ):
            yield first, other


def _same_time(first: Placed, other: Placed) -> bool:
    """Say whether two values of one term speak of the same time."""
    one, two = first.fact.period, other.fact.period
    if (one.start, one.end) == (two.start, two.end):
        return True
    if first.fact.kind is FactKind.TARGET:
        # Targets of a term are due at its end, whether or not that is said.
        return _is_last(first) and _is_last(other)
    if one.explicit == two.explicit:
        return False
    # What has no time of its own looks back on the term. A level is then that of its last year;
    # an amount may be the sum of all years.
    said = first if one.explicit else other
    return _is_level(first.fact) and _is_last(said)


def _bear_weight(first: Placed, other: Placed) -> bool:
    """Say whether both surely state the indicator of the place and not something beside it.

    An amount may be that of one project or of some of the people; it counts when it has a time
    of its own, is measured against the plan or stands in a table.
    """
    bearing = [_bears_weight(first), _bears_weight(other)]
    if not first.known_as:
        # Such a name may be any noun that was counted twice.
        tables = [one.cited.citation.passage.kind is PassageKind.TABLE for one in (first, other)]
        return all(bearing) and any(tables) and len(first.fact.name.split()) >= _LEAST_WORDS
    is_result = first.fact.kind is FactKind.RESULT
    return any(bearing) if is_result and _is_level(first.fact) else all(bearing)


def _bears_weight(one: Placed) -> bool:
    fact, cited = one.fact, one.cited
    if fact.period.explicit or cited.citation.passage.kind is PassageKind.TABLE:
        return True
    text = cited.document.text
    after = _AGAINST_PLAN.match(text, fact.quantity.span.end, fact.quote.end)
    return after is not None or _OF_TERM.search(fact.clause.of(text)) is not None


def _is_last(one: Placed) -> bool:
    year = last_year(one.term)
    return year is not None and one.fact.period.end[:4] == str(year)


def _is_level(fact: Fact) -> bool:
    growth = ("tốc độ", "mức tăng", "mức giảm", "tăng", "giảm")
    return fact.quantity.unit == "%" and not fact.name.casefold().startswith(growth)
