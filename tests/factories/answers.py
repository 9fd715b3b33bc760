"""Replies with answers chosen by hand, on the small documents."""

from __future__ import annotations

from indexer.models import Document, FactKind, Filters, Hits, Period, Span
from search_app.answer import Answer, Reply
from search_app.answering.wants import AnswerType, Wants
from search_app.cite import cite_quote
from search_app.found import show
from search_app.query import Request, build_query, read_question
from search_app.search import Result
from search_app.understand import Knowledge, understand

END_OF_2020 = Period("cuối năm 2020", "2020-12-31", "2020-12-31", explicit=True)
MESSAGE = "Không tìm thấy: 1 báo cáo đã tìm không trả lời câu hỏi."


def make_answer(
    document: Document,
    quote: str,
    value: str,
    *,
    kind: FactKind | None = FactKind.RESULT,
    period: Period | None = END_OF_2020,
    statement: str = "",
) -> Answer:
    """Return an answer whose `value` stands in `quote`, a piece of one passage of the document."""
    start = document.text.index(quote)
    span = Span(start, start + len(quote))
    passage = next(p for p in document.passages if p.span.holds(span) and not p.heading)
    at = start + quote.index(value)
    return Answer(
        text=" ".join(value.split()),
        statement=statement or quote,
        citation=cite_quote(document, passage, span),
        value=Span(at, at + len(value)),
        place=document.metadata.place,
        period=period,
        kind=kind,
        certainty=0.9,
    )


def make_reply(
    document: Document, *answers: Answer, text: str = "Tỷ lệ hộ nghèo là bao nhiêu?"
) -> Reply:
    """Return a reply that found every passage of the document."""
    question = read_question(text, 1000)
    meaning = understand(question.free, Knowledge())
    query = build_query(question, meaning, Filters(), 10, 0)
    passages = [passage for passage in document.passages if not passage.heading]
    found = Hits((), len(passages), len(passages), ())
    hits = tuple(show(document, passage) for passage in passages)
    result = Result(Request(text), question, meaning, query, found, hits)
    wants = Wants(AnswerType.AMOUNT, periods=(END_OF_2020,))
    return Reply(wants, result, answers, "" if answers else MESSAGE)
