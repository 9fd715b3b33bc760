"""The rows of a comparison: for each place and term where it started, aimed and arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.models import Fact, FactKind
from search_app.comparing.inconsistencies import Placed
from search_app.comparing.reaching import Stated, Verdict, by_numbers, by_words, combined
from search_app.comparing.terms import last_year
from search_app.facts import CitedFact
from search_app.languages import lazy_gettext as _l

# How far behind a value its judgement may stand.
_ADDED = 60
_GROWTH = ("tốc độ", "nhịp độ", "mức tăng", "mức giảm", "tăng trưởng")
_NO_RESULT = _l("chưa có kết quả trong các báo cáo đã đọc")
_NO_TARGET = _l("chưa có chỉ tiêu trong các báo cáo đã đọc")
_NOT_FINAL = _l("kết quả đã nêu chưa phải của năm cuối nhiệm kỳ")
_OTHER_TIME = _l("kết quả của một năm, chỉ tiêu có thể tính cho cả nhiệm kỳ")


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One place over one term. Every cell holds all that reports state, never a choice of it.

    `part` names a part of the whole ("phường"); empty for the whole. `missing` says which side
    no report states.
    """

    place: str
    term: str
    part: str
    baseline: tuple[CitedFact, ...]
    target: tuple[CitedFact, ...]
    result: tuple[CitedFact, ...]
    share_of_target: tuple[CitedFact, ...]
    verdict: Verdict
    missing: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is compared: the name of the indicator and which direction is better."""

    name: str
    better: str = ""

    @property
    def is_growth(self) -> bool:
        """Say whether its values are rises, so that "tăng 9%" is a level of it."""
        return self.name.casefold().startswith(_GROWTH)


def comparison_rows(placed: Iterable[Placed], measure: Measure) -> tuple[ComparisonRow, ...]:
    """Return the rows, by place, then term, the whole before its parts."""
    groups: dict[tuple[str, str, str], list[Placed]] = defaultdict(list)
    for one in placed:
        if one.fact.kind is not FactKind.CHANGE or measure.is_growth:
            part = _part_name(one) if one.scope else ""
            groups[one.fact.place, one.term, part].append(one)
    return tuple(_row(key, groups[key], measure) for key in sorted(groups))


def distinct_values(facts: Sequence[CitedFact]) -> tuple[tuple[CitedFact, ...], ...]:
    """Return the facts of a cell, those together that state the same value."""
    same: dict[object, list[CitedFact]] = defaultdict(list)
    for cited in facts:
        quantity = cited.fact.quantity
        bound = (quantity.qualifier.casefold(), cited.fact.direction)
        same[quantity.value, quantity.other, quantity.unit, bound].append(cited)
    return tuple(tuple(group) for group in same.values())


def _row(key: tuple[str, str, str], group: Sequence[Placed], measure: Measure) -> ComparisonRow:
    place, term, part = key
    results = _of_kind(group, FactKind.RESULT, FactKind.CHANGE)
    targets = _of_kind(group, FactKind.TARGET)
    shares = _of_kind(group, FactKind.SHARE_OF_TARGET)
    missing = "; ".join(
        str(words) for words, found in ((_NO_RESULT, results), (_NO_TARGET, targets)) if not found
    )
    return ComparisonRow(
        place=place,
        term=term,
        part=part,
        baseline=_cited(_of_kind(group, FactKind.BASELINE)),
        target=_cited(targets),
        result=_cited(results),
        share_of_target=_cited(shares),
        verdict=_verdict(results, targets, shares, measure),
        missing="" if part else missing,
    )


def _verdict(
    results: Sequence[Placed], targets: Sequence[Placed], shares: Sequence[Placed], measure: Measure
) -> Verdict:
    words = by_words(
        [_stated(one, measure) for one in results], [_stated(one, measure) for one in shares]
    )
    return combined(words, _numbers(results, targets, measure))


def _numbers(results: Sequence[Placed], targets: Sequence[Placed], measure: Measure) -> Verdict:
    if not results or not targets:
        return Verdict(None, "")
    final = [one for one in results if _is_due(one)]
    if not final:
        return Verdict(None, str(_NOT_FINAL))
    aims = [one for one in targets if _is_due(one)]
    timely = [one for one in final if _fits_any(one, aims)]
    if not timely:
        return Verdict(None, str(_OTHER_TIME))
    verdict = by_numbers(
        [_stated(one, measure) for one in timely],
        [_stated(one, measure) for one in aims],
        measure.better,
    )
    # One year may be less than a sum over the term that the target means.
    yearly = all(_is_one_year(one) and not _is_rate(one.fact) for one in timely)
    return Verdict(None, str(_OTHER_TIME)) if verdict.reached is False and yearly else verdict


def _fits_any(result: Placed, targets: Sequence[Placed]) -> bool:
    """Say whether a target may be for the same time: not one year against the whole term."""
    if _is_rate(result.fact) or not _is_one_year(result):
        return True
    return any(_is_one_year(target) for target in targets)


def _is_rate(fact: Fact) -> bool:
    quantity = fact.quantity
    return quantity.unit in ("%", "‰") or "người" in quantity.per or "đầu người" in fact.name


def _is_one_year(one: Placed) -> bool:
    period = one.fact.period
    return period.explicit and period.start[:4] == period.end[:4]


def _is_due(one: Placed) -> bool:
    """Say whether a value stands for the end of its term, or for the term as a whole."""
    period = one.fact.period
    year = last_year(one.term)
    return not period.explicit or not period.end or period.end[:4] == str(year)


def _stated(one: Placed, measure: Measure) -> Stated:
    text, passage = one.cited.document.text, one.cited.citation.passage
    fact = _as_level(one.fact) if measure.is_growth else one.fact
    # A table's clause is the cell of the number; the verdict stands in a cell beside it.
    cells = tuple(cell.of(text) for cell in passage.cells)
    clause = "" if cells else _words_after(one)
    return Stated(fact, clause, cells)


def _as_level(fact: Fact) -> Fact:
    """Return a rise as a value of its own: a rate of growth is per year, said or not."""
    per = "" if fact.quantity.per == "năm" else fact.quantity.per
    return replace(fact, direction="", quantity=replace(fact.quantity, per=per))


def _words_after(one: Placed) -> str:
    """Return what the sentence adds to the value, up to the next semicolon."""
    text, fact = one.cited.document.text, one.fact
    rest = text[fact.quantity.span.end : fact.quote.end].partition(";")[0]
    return rest[:_ADDED]


def _of_kind(group: Sequence[Placed], *kinds: FactKind) -> list[Placed]:
    found = [one for one in group if one.fact.kind in kinds]
    return sorted(found, key=lambda one: one.fact.period.end)


def _cited(placed: Sequence[Placed]) -> tuple[CitedFact, ...]:
    return tuple(one.cited for one in placed)


def _part_name(one: Placed) -> str:
    fact = one.fact
    return f"{fact.parent}: {fact.name}" if fact.parent else fact.name
