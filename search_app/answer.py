"""Answering: a question in, short cited answers out, or a plain statement that there is none.

search → passages and their notes → candidates (values, dates, names, documents, sentences) → those
that hold enough of the question → answers whose every number stands in the quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.catalogue import DocumentSummary
from indexer.indicators_cache import indicators_in_force
from indexer.models import FactKind, Period, Span
from search_app.answering.candidates import Candidate
from search_app.answering.choosing import Needs, choose
from search_app.answering.coverage import units_of, word_at
from search_app.answering.evidence import gather
from search_app.answering.front import asks_of_reports
from search_app.answering.given import keep_given
from search_app.answering.grounding import is_grounded
from search_app.answering.names import named_indicators, named_provinces, read_names, strict_spans
from search_app.answering.statement import printed, state
from search_app.answering.table_places import with_places
from search_app.answering.wants import AnswerType, Wants, read_wants
from search_app.answering.words import trait_of
from search_app.cite import Citation, cite, cite_quote
from search_app.query import Request
from search_app.search import Library, Result
from search_app.tell_apart import tell_apart
from search_app.understand import ANYWHERE

# How many hits are read for answers, beyond those that are shown.
DEPTH = 24
# A unit of this weight is a word of content.
_HEAVY = 2.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `text` as printed, said in one sentence, with its citation.

    `value` is the answer inside the quotation (in the document's text); `kind` is empty for an
    answer in words. `certainty` is between 0 and 1 and compares only within one reply.
    `indicator` is the key of what was measured, empty when that has none.
    """

    text: str
    statement: str
    citation: Citation
    value: Span
    place: str
    period: Period | None
    kind: FactKind | None
    certainty: float
    indicator: str = ""


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
    reply = _ask(library, request)
    meaning = reply.result.meaning
    if reply.answered or request.places or not (meaning.places or meaning.places_without):
        return reply
    # Documents of no known place, or of another, may speak of this one by its name.
    of = meaning.places or meaning.places_without
    wider = _ask(library, replace(request, skip=(*request.skip, ANYWHERE)), of)
    return wider if wider.answered else reply


def _ask(library: Library, request: Request, of: tuple[str, ...] = ()) -> Reply:
    """Return the reply to a question as it is understood, `of` places wherever they are told of."""
    result = library.search(replace(request, depth=DEPTH))
    indicators = indicators_in_force(library.settings.indicators)
    named = named_indicators(result.meaning, indicators)
    wants = read_wants(result.meaning, _latest(result.reports), indicator=bool(named))
    whole = asks_of_reports(wants, result.meaning.text)
    hits = result.found.hits[:DEPTH]
    evidences = gather(library, hits, named, trait_of(wants.type), whole=whole)
    evidences = with_places(evidences, read_names(result.meaning, ()), indicators)
    evidences = keep_given(evidences, wants, result.meaning)
    provinces = {report.metadata.province for report in result.reports}
    read = (*wants.times, *wants.cues, *named_provinces(result.meaning, provinces))
    read = (*read, *strict_spans(result.meaning))
    units = units_of(result.meaning, library.language, read)
    counted = word_at(result.meaning, wants.noun_at)
    noun = " ".join(result.meaning.form(index) for index in sorted(counted))
    wants = replace(wants, noun=noun if wants.noun else "")
    if wants.type is AnswerType.COUNT and all(
        counted.issuperset(unit.indexes) for unit in units if unit.weight >= _HEAVY
    ):
        # "Có bao nhiêu đảng viên?" asks for all of them.
        wants = replace(wants, total=True)
    # Words that name a place without asking for it look elsewhere, too; an answer must be of it.
    of = of or (() if request.places else result.meaning.near)
    listed = frozenset(indicator.slug for indicator in indicators)
    needs = Needs(units, wants, named, listed, counted, result.meaning.text, of)
    # Where the reports of the place say nothing, those of another place are no answer.
    elsewhere = bool(result.meaning.places_without)
    answers = () if elsewhere else _apart(_grounded(choose(evidences, needs, result.meaning)))
    return Reply(wants, result, answers, "" if answers else _nothing(result))


def _apart(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return the answers, documents that would be cited the same told apart."""
    marks = tell_apart(answer.citation.document for answer in answers)
    return tuple(
        replace(answer, citation=_marked(answer.citation, marks[answer.citation.document.id]))
        if answer.citation.document.id in marks
        else answer
        for answer in answers
    )


def _marked(citation: Citation, mark: str) -> Citation:
    return replace(citation, text=cite(citation.document, citation.passage, mark))


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
        indicator=fact.indicator if fact else "",
    )


def _latest(reports: Sequence[DocumentSummary]) -> str:
    """Return the year of the newest report; without a date that in which its term begins."""
    known = (report.metadata for report in reports)
    return max((about.date[:4] or about.term[:4] for about in known), default="")


def _nothing(result: Result) -> str:
    places = ", ".join(result.meaning.places_without)
    where = f"báo cáo của {places}" if places else f"{len(result.reports)} báo cáo đã tìm"
    return (
        f"Không tìm thấy: {where} không trả lời câu hỏi “{result.question.text}”. "
        "Dưới đây chỉ là những đoạn gần nhất; hãy thử từ khác, địa phương hay nhiệm kỳ khác."
    )
