"""What one sentence states: its values with their names, kinds and times.

A clause often leaves out what the one before has said: its subject, its unit, its year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.facts.clauses import Clause, split_clauses
from indexer.facts.enumerations import Name, Statement
from indexer.facts.kinds import Outlook, Verdict, judge
from indexer.facts.naming import blank, tidied
from indexer.facts.places import places_in
from indexer.facts.shares import share_name
from indexer.facts.subjects import Subjects
from indexer.facts.timing import Calendar, clause_periods, times_of
from indexer.models import FactKind, Period, Quantity, Span

_TWIN = re.compile(r"tương đương|tương ứng", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
# A place right at the start of a statement says where, not what.
_OPENED = re.compile(r"(?:^|[;:])[\s+*-]*$")
_LEAD_IN = 16


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a sentence from where it stands.

    `goal` is the time that its headings set, `topic` the subject of the sentence that calls a note,
    `before` the value stated last before the sentence, or before the mark of the note.
    """

    planned: bool
    calendar: Calendar
    goal: Period | None = None
    topic: str = ""
    before: Statement | None = None


def find_statements(
    sentence: str, quantities: Sequence[Quantity], setting: Setting
) -> tuple[Statement, ...]:
    """Return what a sentence states with the quantities in it, in order."""
    return tuple(_Reader(sentence, quantities, setting).read())


class _Reader:
    def __init__(self, sentence: str, quantities: Sequence[Quantity], setting: Setting) -> None:
        self.sentence = sentence
        self.setting = setting
        self.clauses = split_clauses(sentence, quantities)
        times = times_of(sentence, setting.calendar, planned=setting.planned)
        self.periods = clause_periods(sentence, self.clauses, times)
        opening = [
            span for span, _ in places_in(sentence) if _OPENED.search(sentence[: span.start])
        ]
        words = blank(sentence, [*times.all_spans, *opening]).replace("\ufffd", " ")
        self.subjects = Subjects(words, setting.before, setting.topic)
        self.done: list[Statement] = []

    def read(self) -> list[Statement]:
        for at in range(len(self.clauses)):
            statement = self._statement(at)
            if statement is not None:
                self.done.append(statement)
        return self._paired()

    def _statement(self, at: int) -> Statement | None:
        clause, period = self.clauses[at], self.periods[at]
        verdict = judge(self.sentence, self.clauses, at, self._outlook(clause, period))
        if verdict is None:
            return None
        self.subjects.enumerations.enter(clause, self.done)
        if not clause.quantity.unit:
            unit = self.subjects.enumerations.sibling_unit(clause, self.done)
            clause = replace(clause, quantity=replace(clause.quantity, unit=unit))
        name = self.subjects.name(clause, verdict, self.done)
        named = share_name(self.subjects.words, clause, name) or tidied(name.words)
        if not named:
            return None
        verdict, period = self._of_earlier(verdict, period, name)
        start = clause.span.start if name.start is None else name.start
        return Statement(
            quantity=clause.quantity,
            clause=self._from(start, clause.span),
            name=named,
            parent=name.parent if name.parent not in (name.words, named) else "",
            kind=verdict.kind,
            direction=verdict.direction,
            period=period,
            elliptic=name.elliptic,
            whole=name.whole if name.whole != name.words else "",
        )

    def _from(self, start: int, span: Span) -> Span:
        """Return the span from an earlier start on, with the end of a bracket opened there."""
        if start >= span.start:
            return span
        words = self.sentence[start : span.end]
        closes = words.count("(") > words.count(")") and self.sentence[span.end :][:1] == ")"
        return Span(start, span.end + closes)

    def _outlook(self, clause: Clause, period: Period | None) -> Outlook:
        planned = self.setting.planned
        if period is None or not period.start or not _YEAR.search(period.text):
            return Outlook(planned)
        future = self.setting.calendar.is_future(period)
        start = self.sentence[: clause.quantity.span.start].lower().lstrip("-+* ")
        opens = start.startswith((period.text.lower(), f"đến {period.text.lower()}"))
        return Outlook(planned, past_time=not future, future_time=future and opens)

    def _of_earlier(
        self, verdict: Verdict, period: Period | None, name: Name
    ) -> tuple[Verdict, Period | None]:
        """Give a value what it shares with the one before: a twin its kind, a name its time."""
        host = self.setting.before
        if period is None and host is not None and host.name == name.whole:
            period = host.period
        if not self.done:
            return verdict, period
        before = self.done[-1]
        if name.described:
            verdict = replace(verdict, kind=before.kind, direction="")
        if verdict.twin:
            verdict = _twin_of(before, verdict)
            period = period or before.period
        if period is None and name.elliptic:
            same = [
                one.period
                for one in self.done
                if one.name == name.words and one.period and one.kind is not FactKind.BASELINE
            ]
            period = same[-1] if same else None
        return verdict, period

    def _paired(self) -> list[Statement]:
        """Give a value the time that only its twin behind it names."""
        found = list(self.done)
        for at, later in enumerate(found[1:]):
            lead = self.sentence[max(later.clause.start - _LEAD_IN, 0) : later.quantity.span.start]
            if found[at].period is None and later.period and _TWIN.search(lead):
                found[at] = replace(found[at], period=later.period)
        return found


def _twin_of(before: Statement, verdict: Verdict) -> Verdict:
    """Return what a value is that says the one before in another unit.

    What is so many times as much is a change, but what it comes to is not.
    """
    if before.quantity.unit != "lần":
        return replace(verdict, kind=before.kind, direction=before.direction)
    kind = FactKind.RESULT if before.kind is FactKind.CHANGE else before.kind
    return replace(verdict, kind=kind)
