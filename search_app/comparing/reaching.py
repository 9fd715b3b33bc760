"""Whether a target was reached: by the report's own words, or by numbers that leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.models import Fact, Quantity
from search_app.comparing.agreement import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    OVER,
    UNDER,
    Bounds,
    bounds_of,
    is_range,
    is_within,
    same_measure,
)
from search_app.languages import gettext as _

_WHOLE = Decimal(100)
_PLAN = r"(?:nghị quyết|NQ|chỉ tiêu|kế hoạch|mục tiêu)"
# The verb is next to the plan: "đạt 80% … theo nghị quyết" says nothing of the kind.
_SAID = re.compile(
    rf"(?P<no>\b(?:không|chưa) )?\b(?:đạt(?: và vượt)?|vượt) (?:so với |mức |các )?{_PLAN}\b", re.I
)
_IN_CELL = re.compile(
    r"(?P<no>không |chưa )?(?:đạt(?: và vượt)?|vượt)(?: (?:NQ|nghị quyết))?", re.I
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact with the words in which its report judges it: its clause, the cells of its row."""

    fact: Fact
    clause: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a target was reached, None when that cannot be said, and why."""

    reached: bool | None
    reason: str


def said_of(stated: Stated) -> bool | None:
    """Return what a report says itself about a result; None when it says nothing clear.

    >>> from indexer.models import FactKind, Period, Span
    >>> at = Span(0, 0)
    >>> fact = Fact("d:p1", Quantity(at, at, Decimal(8)), at, at, "x", "x",
    ...             FactKind.RESULT, Period())
    >>> said_of(Stated(fact, cells=("Số cầu mới", "9", "8", "Không đạt")))
    False
    """
    found = {not match["no"] for match in _SAID.finditer(stated.clause)}
    found |= {not match["no"] for cell in stated.cells if (match := _verdict_of(cell))}
    return found.pop() if len(found) == 1 else None


def by_words(results: Iterable[Stated], shares: Iterable[Stated]) -> Verdict | None:
    """Return how the reports judge a result themselves; None when they do not.

    `shares` are the values "đạt 109% nghị quyết".
    """
    said = {said_of(one) for one in results} | {_share(one.fact.quantity) for one in shares}
    said.discard(None)
    if len(said) > 1:
        return Verdict(None, _("các báo cáo tự đánh giá khác nhau"))
    return Verdict(said.pop(), _("theo đánh giá của chính báo cáo")) if said else None


def by_numbers(results: Sequence[Stated], targets: Sequence[Stated], better: str) -> Verdict:
    """Return whether every result meets every target of the same measure.

    `better` is `higher`, `lower` or empty. Nothing is said when one pair leaves a doubt.
    """
    verdicts = [
        _meets(result.fact.quantity, target.fact.quantity, better)
        for result in results
        for target in targets
        if same_measure(result.fact, target.fact)
    ]
    if not verdicts:
        return Verdict(None, _("kết quả và chỉ tiêu khác đơn vị hoặc cách tính"))
    for verdict in verdicts:
        if verdict.reached is None:
            return verdict
    if len({verdict.reached for verdict in verdicts}) > 1:
        return Verdict(None, _("các con số được nêu cho kết luận khác nhau"))
    return verdicts[0]


def combined(words: Verdict | None, numbers: Verdict) -> Verdict:
    """Return the report's own words unless the numbers say otherwise; then nothing is certain.

    >>> combined(Verdict(True, "lời"), Verdict(False, "số")).reached is None
    True
    """
    if words is None:
        return numbers
    if None not in (words.reached, numbers.reached) and words.reached != numbers.reached:
        return Verdict(None, _("lời đánh giá của báo cáo không khớp với các con số"))
    return words


def _meets(result: Quantity, target: Quantity, better: str) -> Verdict:
    word = target.qualifier.lower()
    up, down = word in OVER | AT_LEAST, word in (UNDER - ABOUT) | AT_MOST
    if (up and better == "lower") or (down and better == "higher"):
        doubt = _("chưa rõ “%(word)s” ở chỉ tiêu này là mức cần vượt", word=target.qualifier)
        return Verdict(None, doubt)
    if not up and not down:
        if not better:
            return Verdict(None, _("chưa rõ với chỉ tiêu này cao hay thấp hơn là tốt"))
        up = better == "higher"
    reached = _holds(bounds_of(result), target, up=up)
    is_strict = word in OVER | UNDER
    if reached is not None and (is_strict or word in ABOUT) and result.value == target.value:
        reached = None
    if reached is False and word in ABOUT:
        reached = None
    if reached is None:
        return Verdict(None, _("hai con số được viết chưa đủ rõ để kết luận"))
    bar = _written(_bar(target, up=up))
    if is_strict:
        wanted = f"{word} {bar}"
    else:
        wanted = _("từ %(bar)s trở lên", bar=bar) if up else _("không quá %(bar)s", bar=bar)
    return Verdict(reached, _("so hai con số: chỉ tiêu cần %(wanted)s", wanted=wanted))


def _holds(result: Bounds, target: Quantity, *, up: bool) -> bool | None:
    bar = _bar(target, up=up)
    if up:
        return is_within(result, bar)
    # At most b is at least -b, seen from the other side.
    turned = Bounds(_minus(result.high), _minus(result.low), result.open)
    return is_within(turned, -bar)


def _bar(target: Quantity, *, up: bool) -> Decimal:
    if is_range(target) and not up and target.other is not None:
        return target.other
    return target.value


def _minus(number: Decimal | None) -> Decimal | None:
    return None if number is None else -number


def _share(quantity: Quantity) -> bool | None:
    """Return whether a share of the target is all of it; "gần 100%" is not clear enough."""
    return is_within(bounds_of(quantity), _WHOLE)


def _verdict_of(cell: str) -> re.Match[str] | None:
    return _IN_CELL.fullmatch(" ".join(cell.split()).strip(" .:"))


def _written(number: Decimal) -> str:
    """Return a number as Vietnamese writes it: 1.234,5."""
    return f"{number:,f}".replace(",", " ").replace(".", ",").replace(" ", ".")
