"""Answers about a report itself: when it was written and who signed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.facts.periods import find_periods
from indexer.models import Document, Passage, PassageKind, Span
from search_app.answering.candidates import Candidate
from search_app.answering.coverage import Unit, coverage, zone_of
from search_app.answering.evidence import CLAUSE, Evidence
from search_app.answering.given import is_document
from search_app.answering.period_fit import period_fit
from search_app.answering.wants import AnswerType, Wants

_REPORT = re.compile(r"\b(?:báo cáo|dự thảo|văn kiện|bản (?:này|báo)|nghị quyết này)\b", re.I)
_WRITTEN = re.compile(r"\b(?:đề ngày|ký|ban hành|lập|viết|ghi ngày|đề|trình|hoàn thành)\b", re.I)
_SIGNED = re.compile(r"\b(?:ký|thay mặt)\b", re.I)
_ROLES = re.compile(r"\b(?:phó )?(?:bí thư|chủ tịch|chánh văn phòng|trưởng ban|giám đốc)\b", re.I)
# How many lines above a signature may name the role of who signs.
_LINES_ABOVE = 3
_SURE = 0.72
_OTHER_TERM = 0.5


def asks_of_reports(wants: Wants, question: str) -> bool:
    """Say whether an answer may be the date or the signature of a report."""
    return wants.people or _asks_date(wants, question)


def _asks_date(wants: Wants, question: str) -> bool:
    of_report = _REPORT.search(question) and _WRITTEN.search(question)
    return wants.type is AnswerType.WHEN and of_report is not None


def front_candidates(
    documents: Iterable[Document], units: Sequence[Unit], wants: Wants, question: str
) -> Iterator[Candidate]:
    """Yield the date or the signature of the reports, when the question asks for it.

    The documents have to be whole.
    """
    for document in documents:
        found = None
        if wants.numbers and not is_document(document, wants.numbers):
            continue
        if _asks_date(wants, question):
            found = _date_line(document)
        elif wants.people and document.metadata.signer:
            found = _signature(document, question)
        if found is not None:
            passage, quote, value = found
            evidence = Evidence(document, passage, 0)
            yield Candidate(evidence, quote, value, 1.0, _score(document, units, wants))


def _score(document: Document, units: Sequence[Unit], wants: Wants) -> float:
    """Return how well a report is the one that is meant: by its title, term and date."""
    known = document.metadata
    named = zone_of(f"{known.title}. {known.congress}. {known.draft}. {known.term}. {known.place}")
    times = find_periods(_spelt(known.date))
    fit = 1.0
    if wants.periods and times:
        asked = wants.periods[-1]
        term = f"{asked.start[:4]}-{asked.end[:4]}"
        if asked.start[:4] != asked.end[:4] and known.term:
            fit = 1.0 if term == known.term else _OTHER_TERM
        else:
            fit = period_fit(times[0].period, asked, document)
    return (_SURE + 0.28 * coverage(units, ((named, CLAUSE),))) * fit


def _spelt(date: str) -> str:
    parts = date.split("-")
    return f"ngày {'/'.join(reversed(parts))}" if len(parts) == 3 else f"năm {date[:4]}"


def _date_line(document: Document) -> tuple[Passage, Span, Span] | None:
    """Return the line of the report that says its date."""
    for passage in document.passages:
        line = passage.span.of(document.text)
        for found in find_periods(line):
            if found.period.start == found.period.end == document.metadata.date:
                return passage, passage.span, found.span.shift(passage.span.start)
    return None


def _signature(document: Document, question: str) -> tuple[Passage, Span, Span] | None:
    """Return the name under the report, with the line above it that says the role."""
    signer = document.metadata.signer
    for at in range(len(document.passages) - 1, -1, -1):
        passage = document.passages[at]
        start = passage.span.of(document.text).find(signer)
        if start < 0:
            continue
        quote = Span(_role_line(document, at), passage.span.end)
        asked = {role.lower() for role in _ROLES.findall(question)}
        held = {role.lower() for role in _ROLES.findall(quote.of(document.text))}
        if not _SIGNED.search(question) and not (asked and asked <= held):
            return None
        value = Span(0, len(signer)).shift(passage.span.start + start)
        return passage, quote, value
    return None


def _role_line(document: Document, at: int) -> int:
    """Return where the role of who signs begins: in one of the lines above, else at the name."""
    for above in range(at - 1, max(-1, at - 1 - _LINES_ABOVE), -1):
        passage = document.passages[above]
        if passage.kind is not PassageKind.BODY:
            break
        if _ROLES.search(passage.span.of(document.text)):
            return passage.span.start
    return document.passages[at].span.start
