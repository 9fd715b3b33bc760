"""Which values of a sentence are the parts of another: after `trong đó`, in brackets, in lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.facts.clause_marks import Enumeration
from indexer.facts.clauses import Clause
from indexer.facts.measures import is_measure
from indexer.models import FactKind, Period, Quantity, Span

_OPENS_PARTS = re.compile(r"\W*(?:trong đó|trong số đó|bao gồm|gồm|cụ thể(?! h[oó])|riêng)\b", re.I)
_CONDITION = re.compile(r"\W*(?:nếu|không tính|chưa tính|kể cả|tính cả)\b", re.I)


@dataclass(frozen=True, slots=True)
class Statement:
    """A value of a sentence; its spans lie in the sentence. `period` is None when not written.

    `elliptic`: its name is that of an earlier value. `whole` is the parent when the value is a
    part of it, and not only mentioned with it.
    """

    quantity: Quantity
    clause: Span
    name: str
    parent: str
    kind: FactKind
    direction: str
    period: Period | None
    elliptic: bool = False
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """The words for what a value measures; see `Statement`.

    `start` is where words stand that the clause takes its name from, None for its own words.
    `described` says that the value only tells which of the things counted before are meant.
    """

    words: str
    parent: str = ""
    whole: str = ""
    elliptic: bool = False
    start: int | None = None
    described: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    depth: int
    host: Statement
    enumeration: Enumeration
    group: int
    unit: str


class Enumerations:
    """The enumerations that are open at a place of a sentence.

    `words` is the sentence with blanks for times, `before` the value stated before it.
    """

    def __init__(self, words: str, before: Statement | None) -> None:
        self.words = words
        self.before = before
        self.frames: list[_Frame] = []
        self.depth = 0

    @property
    def host(self) -> Statement | None:
        """The value that is told in parts here, if any."""
        return self.frames[-1].host if self.frames else None

    def enter(self, clause: Clause, done: Sequence[Statement]) -> None:
        """Open and close the enumerations that a clause stands in or after."""
        self.frames = [frame for frame in self.frames if frame.depth <= clause.depth]
        last = self.frames[-1] if self.frames else None
        if last and last.depth == clause.depth == 0 and last.group != clause.group:
            open_ended = last.enumeration is Enumeration.LIST or last.unit == clause.quantity.unit
            if not open_ended:
                self.frames.pop()
        host = self._host(clause, done)
        opens = clause.depth > self.depth or clause.enumeration is not Enumeration.NONE
        if not done:
            opens = bool(_OPENS_PARTS.match(self.words))
        if host is not None and opens:
            self.frames = [frame for frame in self.frames if frame.depth < clause.depth]
            kind = clause.enumeration if done else Enumeration.LIST
            unit = clause.quantity.unit
            self.frames.append(_Frame(clause.depth, host, kind, clause.group, unit))
        self.depth = clause.depth

    def _host(self, clause: Clause, done: Sequence[Statement]) -> Statement | None:
        """Return the value whose parts follow, or which is told again under a condition."""
        if not done:
            return self.before
        if self.frames and _CONDITION.match(clause.lead.of(self.words)):
            return self.frames[0].host
        if clause.depth > self.depth:
            alike = [one for one in done if one.quantity.unit == clause.quantity.unit]
            same = [one for one in alike if one.clause.start >= self.group_start(clause)]
            return same[-1] if same and not is_measure(clause.quantity.unit) else done[-1]
        return done[-1]

    def sibling_unit(self, clause: Clause, done: Sequence[Statement]) -> str:
        """Return the unit of what a number without one is a part of, or of the one before."""
        lead = clause.lead.of(self.words).lower()
        hosts = [self.frames[-1].host] if self.frames else []
        for other in (*hosts, *done[-1:]):
            unit = other.quantity.unit
            if unit and not is_measure(unit) and (other in hosts or unit in lead):
                return unit
        return ""

    def group_start(self, clause: Clause) -> int:
        """Return where the words begin since the semicolon before a clause."""
        return self.words.rfind(";", 0, clause.span.start) + 1
