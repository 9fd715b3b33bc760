"""How well answers are right, cited, grounded, and withheld where the reports are silent.

An answer is right when one of the first three of its report has an accepted form, cited when its
quotation (or the sentence that calls the note) also holds the evidence. Refusal counts questions
that cannot be answered and got none; grounded are answers whose numbers stand in their quotations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search_app.answer import Answer, Reply, ask
from search_app.answering.grounding import is_grounded
from search_app.cite import Citation
from search_app.evaluate import Evidence, Golden, Wanted, fold, holds, is_of
from search_app.query import Request
from search_app.search import Library

FIRST = 3
# The share of the evidence's words that a citation must hold, in order.
_ENOUGH_WORDS = 0.6


@dataclass(slots=True)
class AnswerScores:
    """The marks of all questions so far, by measure and by type of question."""

    sums: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    by_type: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    misses: list[str] = field(default_factory=list)

    def add(self, record: Golden, reply: Reply) -> None:
        """Mark one reply."""
        self.sums["grounded"] += [is_grounded(a.text, a.citation) for a in reply.answers]
        if not record.answerable:
            self._mark("refused when it should", record, right=not reply.answered)
            return
        self._mark("answered when it should", record, right=reply.answered)
        if record.answers:
            right, cited = judge(record, reply.answers)
            self.sums["answer"].append(right)
            self.by_type[record.type].append(cited)
            self._mark("cited", record, right=cited)

    def _mark(self, measure: str, record: Golden, *, right: bool) -> None:
        self.sums[measure].append(right)
        if not right:
            self.misses.append(f"{record.id} không đạt “{measure}”: {record.query}")

    def figures(self) -> dict[str, float]:
        """Return the share of each measure; one without questions is left out."""
        return {name: round(sum(v) / len(v), 3) for name, v in sorted(self.sums.items()) if v}


def evaluate_answers(records: Iterable[Golden], library: Library) -> AnswerScores:
    """Ask every question and mark its answers."""
    scores = AnswerScores()
    for record in records:
        scores.add(record, ask(library, Request(record.query)))
    return scores


def judge(record: Golden, answers: Sequence[Answer]) -> tuple[bool, bool]:
    """Return whether the answers are right, and whether they are cited as well."""
    marks = [_judge_one(wanted, record.evidence, answers) for wanted in record.answers]
    together = all if record.need_all else any
    return together(right for right, _ in marks), together(cited for _, cited in marks)


def _judge_one(
    wanted: Wanted, evidence: Iterable[Evidence], answers: Sequence[Answer]
) -> tuple[bool, bool]:
    right = cited = False
    for answer in answers[:FIRST]:
        accepted = any(re.search(p, fold(answer.text), re.I) for p in wanted.accept)
        own = [e for e in evidence if is_of(answer.citation.document, e.document)]
        if accepted and own:
            right = True
            cited = cited or any(_cites(answer.citation, e.quote) for e in own)
    return right, cited


def _cites(citation: Citation, quote: str) -> bool:
    text = citation.document.text
    held = [citation.quote, *(anchor.span.of(text) for anchor in citation.anchors)]
    held_text = fold("\n".join(held))
    return holds(held_text, quote) or _share(held_text, fold(quote)) >= _ENOUGH_WORDS


def _share(text: str, quote: str) -> float:
    """Return how many of the words of a quotation stand in a text in their order."""
    words = quote.split()
    at = found = 0
    for word in words:
        place = text.find(word, at)
        if place >= 0:
            at, found = place + len(word), found + 1
    return found / max(1, len(words))
