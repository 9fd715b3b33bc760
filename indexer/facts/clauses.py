"""Cutting a sentence into the pieces that speak of one value each.

Reports chain: "mở 12 lớp cho 300 học viên, trong đó 40 người có việc làm (NQ 35 người); …". A piece
reaches from the words that lead to its value to the words that still belong to what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.facts.clause_leads import Lead, are_peers, find_lead, opens_statement
from indexer.facts.clause_marks import (
    Enumeration,
    Mark,
    depth_of,
    enumeration_of,
    find_marks,
    group_of,
    headers_of,
    without_asides,
)
from indexer.models import Quantity, Span
from indexer.text.segment import split_syllables

_SHARED_TAIL = re.compile(
    r"\s*(?:đạt (?:chuẩn|danh hiệu|tiêu chí|loại)|được|hoàn thành|vững mạnh|trực thuộc|tham gia"
    r"|có)\b",
    re.I,
)
_WITH = ("với", "cùng với")
_LONGEST_TAIL = 8


@dataclass(frozen=True, slots=True)
class Clause:
    """What a sentence says of one value; all spans lie in the sentence.

    `lead` are the words before the value, `tail` those behind it (or behind the next, when both
    share them). `group` counts the semicolons before it, `depth` the brackets around it. `opener`
    is what it begins after (a separator, a joining word, or empty at the start); `headers` are
    the words before the colons that it stands under, innermost first, those without a value.
    """

    quantity: Quantity
    span: Span
    lead: Span
    tail: Span
    group: int
    depth: int
    opener: str = ""
    headers: tuple[Span, ...] = ()
    enumeration: Enumeration = Enumeration.NONE


def split_clauses(sentence: str, quantities: Sequence[Quantity]) -> tuple[Clause, ...]:
    """Return one clause for each quantity; their spans lie in the sentence, in order.

    >>> from decimal import Decimal
    >>> sentence = "Mở 12 lớp, trong đó 3 lớp may."
    >>> numbers = [Quantity(Span(3, 9), Span(3, 5), Decimal(12)),
    ...     Quantity(Span(20, 25), Span(20, 21), Decimal(3))]
    >>> [clause.span.of(sentence) for clause in split_clauses(sentence, numbers)]
    ['Mở 12 lớp', '3 lớp may']
    """
    if not quantities:
        return ()
    text = without_asides(sentence, quantities)
    marks = find_marks(text, quantities)
    leads = [find_lead(text, marks, quantities, at) for at in range(len(quantities))]
    headers = headers_of(text, marks, quantities)
    clauses = []
    for at, quantity in enumerate(quantities):
        following = leads[at + 1] if at + 1 < len(leads) else Lead(len(sentence))
        end = _tail_end(text, marks, quantity.span.end, following)
        span = _trimmed(sentence, leads[at].start, end, quantity)
        before = [mark for mark in marks if mark.span.end <= quantity.span.start]
        floor = quantities[at - 1].span.end if at else 0
        clause = _placed(quantity, span, before, floor)
        clauses.append(replace(clause, opener=leads[at].opener, headers=headers[at]))
    return tuple(_with_shared_tails(sentence, clauses))


def _placed(quantity: Quantity, span: Span, before: Sequence[Mark], floor: int) -> Clause:
    """Return a clause with what the marks before its value tell of its place."""
    return Clause(
        quantity=quantity,
        span=span,
        lead=Span(span.start, quantity.span.start),
        tail=Span(quantity.span.end, span.end),
        group=group_of(before),
        depth=depth_of(before),
        enumeration=enumeration_of(before, floor),
    )


def _with_shared_tails(sentence: str, clauses: Sequence[Clause]) -> list[Clause]:
    """Give `2/3 xã và 4/5 phường đạt chuẩn` the same tail twice."""
    found = list(clauses)
    for at in range(len(found) - 2, -1, -1):
        here, later = found[at], found[at + 1]
        joined = later.opener == "và" and here.span.end == here.quantity.span.end
        alike = here.quantity.unit != "%" and not later.lead.of(sentence).strip()
        if joined and alike and _SHARED_TAIL.match(later.tail.of(sentence)):
            found[at] = replace(here, tail=later.tail)
    return found


def _tail_end(text: str, marks: Sequence[Mark], start: int, following: Lead) -> int:
    """Return where the words end that still say what is counted."""
    limit = following.start
    end = next(
        (
            mark.span.start
            for mark in marks
            if start <= mark.span.start < limit and _ends_tail(text, mark, start, limit)
        ),
        limit,
    )
    rest = text[end:limit]
    short = ";" not in rest and len(split_syllables(rest)) <= _LONGEST_TAIL
    if following.opener in _WITH and short:
        # What stands before `với 12 người` is still about the value before.
        return text.lower().rfind(following.opener, 0, limit)
    return end


def _ends_tail(text: str, mark: Mark, start: int, limit: int) -> bool:
    if mark.kind == "with" or are_peers(text, start, mark, limit):
        return False
    after = text[mark.span.end : limit].strip()
    is_list = mark.kind == "and" and after and not opens_statement(after)
    return not is_list


def _trimmed(sentence: str, start: int, end: int, quantity: Quantity) -> Span:
    while start < quantity.span.start and sentence[start] in " \t,;:.)-–+*•":
        start += 1
    end = max(end, quantity.span.end)
    while end > quantity.span.end and sentence[end - 1] in " \t,;:.([-–":
        end -= 1
    return Span(start, end)
