"""Answering: a question in, short cited answers out, or a plain statement that there is none.

search → passages and their notes → candidates (values, dates, names, documents, sentences) → those
that hold enough of the question → answers whose every number stands in the quotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from indexer.catalogue import DocumentSummary
from indexer.models import FactKind, Period, Span
from search_app.answering.candidates import Candidate
from search_app.answering.coverage import Unit, units_of, word_at
from search_app.answering.evidence import Evidence, gather
from search_app.answering.figures import Asked, distinct, fact_candidates
from search_app.answering.front import front_candidates
from search_app.answering.grounding import is_grounded
from search_app.answering.names import Name, named_indicators, read_names, weigh_names
from search_app.answering.statement import printed, state
from search_app.answering.wants import AnswerType, Slot, Wants, read_wants
from search_app.answering.words import word_candidates
from search_app.cite import Citation, cite_quote
from search_app.query import Request
from search_app.search import Library, Result
from search_app.understand import Understanding

# How many hits are read for answers, beyond those that are shown.
DEPTH = 24
MOST_ANSWERS = 6
# Below these scores nothing is answered; from the golden questions: docs/quality.md.
_ENOUGH = {
    AnswerType.WHEN: 0.45,
    AnswerType.CAUSE: 0.33,
    AnswerType.SHORTCOMING: 0.33,
    AnswerType.SOLUTION: 0.33,
    AnswerType.LESSON: 0.33,
}
_ENOUGH_FIGURE = 0.52
_ENOUGH_KEY_FIGURE = 0.7
_ENOUGH_WORDS = 0.52
# A sentence in place of the figure that was probably meant.
_ENOUGH_INSTEAD = 0.65
# A further answer must be nearly as good as the best one.
_NEARLY = 0.93
_OTHER_PLACE = 0.8


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `text` as printed, said in one sentence, with its citation.

    `value` is the answer inside the quotation (in the document's text); `kind` is empty for an
    answer in words. `certainty` is between 0 and 1 and compares only within one reply.
    """

    text: str
    statement: str
    citation: Citation
    value: Span
    place: str
    period: Period | None
    kind: FactKind | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a question. Without answers, `message` says what was searched."""

    wants: Wants
    result: Result
    answers: tuple[Answer, ...]
    message: str = ""

    @property
    def answered(self) -> bool:
        """Say whether there is an answer."""
        return bool(self.answers)


def ask(library: Library, request: Request) -> Reply:
    """Return the cited answers to a question, and the passages that search finds for it.

    Raises what `Library.search` raises.
    """
    result = library.search(replace(request, depth=DEPTH))
    named = named_indicators(result.meaning, library.indicators)
    wants = read_wants(result.meaning, _latest(result.reports), indicator=bool(named))
    evidences = gather(library, result.found.hits[:DEPTH], named)
    units = units_of(result.meaning, library.language, wants.times)
    counted = word_at(result.meaning, wants.noun_at)
    noun = " ".join(result.meaning.form(index) for index in sorted(counted))
    wants = replace(wants, noun=noun if wants.noun else "")
    needs = _Needs(units, wants, named, library.listed, counted, result.meaning.text)
    answers = _grounded(_choose(evidences, needs, result.meaning))
    return Reply(wants, result, answers, "" if answers else _nothing(result))


@dataclass(frozen=True, slots=True)
class _Needs:
    """What every candidate is held against; `named`: the indicators that the question names."""

    units: tuple[Unit, ...]
    wants: Wants
    named: Mapping[str, frozenset[int]]
    listed: frozenset[str]
    counted: frozenset[int]
    text: str


def _choose(
    evidences: Sequence[Evidence], needs: _Needs, meaning: Understanding
) -> list[Candidate]:
    """Return the candidates that answer, best first; empty when none is certain enough."""
    names = read_names(meaning, [e.document for e in evidences])
    found = _answering(evidences, needs, meaning.places, names)
    if not found and needs.wants.vague:
        sentences = replace(needs, wants=replace(needs.wants, type=AnswerType.STATEMENT, slots=()))
        found = [
            candidate
            for candidate in _answering(evidences, sentences, meaning.places, names)
            if candidate.score >= _ENOUGH_INSTEAD
        ]
    return found


def _answering(
    evidences: Sequence[Evidence], needs: _Needs, places: Sequence[str], names: Sequence[Name]
) -> list[Candidate]:
    rows = []
    for row in _rows(evidences, needs, places):
        held = [weigh_names(candidate, names) for candidate in row]
        rows.append(_enough(sorted(held, key=lambda c: -c.score), needs.wants))
    return _merge(rows)


def _rows(
    evidences: Sequence[Evidence], needs: _Needs, places: Sequence[str]
) -> Iterator[tuple[Candidate, ...]]:
    """Yield the candidates for each place and each slot of the question."""
    for place in places if len(places) > 1 else ("",):
        own = [e for e in evidences if not place or e.document.metadata.place == place]
        if needs.wants.numeric or len(needs.wants.slots) > 1:
            for slot in needs.wants.slots:
                yield distinct(_figures(own, needs, slot))
        elif needs.wants.type is AnswerType.KEYWORDS:
            figures = _figures(own, needs, needs.wants.slots[0])
            yield distinct([c for c in figures if c.score >= _ENOUGH_KEY_FIGURE])
            yield distinct(word_candidates(own, needs.units, needs.wants))
        else:
            documents = {e.document.id: e.document for e in own}.values()
            front = front_candidates(documents, needs.units, needs.wants, needs.text)
            yield distinct([*front, *word_candidates(own, needs.units, needs.wants)])


def _figures(evidences: Sequence[Evidence], needs: _Needs, slot: Slot) -> tuple[Candidate, ...]:
    asked = Asked(needs.units, needs.wants, slot, needs.named, needs.listed, needs.counted)
    return fact_candidates(evidences, asked)


def _enough(row: Sequence[Candidate], wants: Wants) -> list[Candidate]:
    if not row:
        return []
    least = _ENOUGH.get(wants.type, _ENOUGH_FIGURE if wants.numeric else _ENOUGH_WORDS)
    nearly = _NEARLY * row[0].score
    best: dict[str, float] = {}
    kept = []
    for candidate in row:
        own = best.setdefault(candidate.place, candidate.score)
        other_place = candidate.score == own and candidate.score >= _OTHER_PLACE * row[0].score
        if candidate.score >= least and (candidate.score >= nearly or other_place):
            kept.append(candidate)
    return kept


def _merge(rows: Sequence[list[Candidate]]) -> list[Candidate]:
    """Return the first of every row, then the second of every row, and so on."""
    turns = [candidate for turn in zip_longest(*rows) for candidate in turn if candidate]
    return list(distinct(turns))[:MOST_ANSWERS]


def _grounded(candidates: Sequence[Candidate]) -> tuple[Answer, ...]:
    """Return the answers whose every number stands in the quotation or in its caller."""
    answers = (_answer(candidate) for candidate in candidates)
    return tuple(answer for answer in answers if answer is not None)


def _answer(candidate: Candidate) -> Answer | None:
    evidence, fact = candidate.evidence, candidate.fact
    citation = cite_quote(evidence.document, evidence.passage, candidate.quote)
    text = printed(candidate)
    if not is_grounded(text, citation):
        return None
    statement = state(candidate)
    return Answer(
        text=text,
        statement=statement if is_grounded(statement, citation) else citation.quote,
        citation=citation,
        value=candidate.value,
        place=candidate.place,
        period=fact.period if fact else None,
        kind=fact.kind if fact else None,
        certainty=round(min(1.0, candidate.score), 3),
    )


def _latest(reports: Sequence[DocumentSummary]) -> str:
    """Return the year of the newest report; without a date that in which its term begins."""
    known = (report.metadata for report in reports)
    return max((about.date[:4] or about.term[:4] for about in known), default="")


def _nothing(result: Result) -> str:
    return (
        f"Không tìm thấy: {len(result.reports)} báo cáo đã tìm không trả lời câu hỏi "
        f"“{result.question.text}”. "
        "Dưới đây chỉ là những đoạn gần nhất; hãy thử từ khác, địa phương hay nhiệm kỳ khác."
    )
