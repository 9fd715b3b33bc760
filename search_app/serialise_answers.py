"""JSON of answers, as `docs/api.md` describes it."""

from __future__ import annotations

from indexer.errors import VankienError
from search_app.answer import Answer, Reply
from search_app.answer_terms import period_words
from search_app.serialise import Json, citation_json, error_json, expansion_json, hit_json


def reply_json(reply: Reply) -> Json:
    """Return what became of a question: how it was read, its answers, the nearest passages."""
    meaning = reply.result.meaning
    return {
        "question": reply.result.request.text,
        "interpreted": {
            "text": meaning.text,
            "restored": meaning.spelling.restored,
            "answer_type": reply.wants.type.value,
            "places": list(meaning.places),
            "terms": list(meaning.terms),
            "periods": [period_words(period) for period in reply.wants.periods],
            "expansions": [expansion_json(item) for item in meaning.expansions],
        },
        "answered": reply.answered,
        "answers": [_answer(answer) for answer in reply.answers],
        "passages": [hit_json(hit) for hit in reply.result.hits],
        "message": reply.message or None,
    }


def unusable_json(question: str, error: VankienError) -> Json:
    """Return what a row of questions gets for one that could not be asked.

    >>> from indexer.errors import EmptyQuery
    >>> unusable_json("", EmptyQuery("Dòng trống.", "Hãy gõ một câu hỏi."))["message"]
    'Dòng trống.'
    """
    return {
        "question": question,
        "answered": False,
        "answers": [],
        "passages": [],
        "message": error.message,
        **error_json(error),
    }


def _answer(answer: Answer) -> Json:
    period = answer.period
    return {
        "text": answer.text,
        "statement": answer.statement,
        "place": answer.place,
        "period": period_words(period) or None,
        "period_start": period.start or None if period else None,
        "period_end": period.end or None if period else None,
        "kind": answer.kind.value if answer.kind else None,
        "certainty": answer.certainty,
        "value_span": [answer.value.start, answer.value.end],
        "citation": citation_json(answer.citation),
    }
