from __future__ import annotations

import json
from dataclasses import replace

from indexer.errors import QueryTooLong
from indexer.models import Period
from search_app.answer import ask
from search_app.query import Request
from search_app.serialise_answers import reply_json, unusable_json
from tests.factories.answers import MESSAGE, make_answer, make_reply
from tests.factories.documents import CALLING, NOTE_MARKED, PARAGRAPHS, make_document

QUESTION = "Công suất nhà máy nước Long Đước là bao nhiêu m3?"


def test_a_reply_has_all_that_the_interface_promises():
    document = make_document()
    reply = make_reply(document, make_answer(document, PARAGRAPHS[0], "2,5%"))
    content = json.loads(json.dumps(reply_json(reply)))
    assert set(content) == {
        "question",
        "interpreted",
        "answered",
        "answers",
        "passages",
        "message",
    }
    assert set(content["interpreted"]) == {
        "text",
        "restored",
        "answer_type",
        "places",
        "terms",
        "periods",
        "expansions",
    }
    assert content["interpreted"]["answer_type"] == "amount"
    assert content["interpreted"]["periods"] == ["cuối năm 2020"]
    assert (content["answered"], content["message"]) == (True, None)
    assert len(content["passages"]) == len(reply.result.hits)


def test_an_answer_says_value_place_time_and_kind():
    document = make_document()
    reply = make_reply(document, make_answer(document, PARAGRAPHS[0], "2,5%"))
    answer = reply_json(reply)["answers"][0]
    start, end = answer["value_span"]
    assert document.text[start:end] == "2,5%"
    cited = answer["citation"]
    assert document.text[slice(*cited["span"])] == cited["quote"] == PARAGRAPHS[0]
    assert cited["anchor"] is None
    assert (answer["place"], answer["period"], answer["kind"]) == (
        "huyện An Bình",
        "cuối năm 2020",
        "result",
    )
    assert answer["period_start"] == answer["period_end"] == "2020-12-31"


def test_a_time_that_only_follows_from_the_report_is_told_in_figures():
    document = make_document()
    period = Period("", "2015-01-01", "2020-12-31")
    answer = make_answer(document, PARAGRAPHS[0], "2,5%", period=period)
    assert reply_json(make_reply(document, answer))["answers"][0]["period"] == "2015–2020"


def test_an_answer_in_words_has_neither_time_nor_kind():
    document = make_document()
    answer = make_answer(document, NOTE_MARKED, "An Hòa", kind=None, period=None)
    content = reply_json(make_reply(document, answer))["answers"][0]
    assert [content[name] for name in ("period", "period_start", "period_end", "kind")] == [
        None
    ] * 4
    assert content["citation"]["footnote"] == 1
    assert content["citation"]["anchor"]["quote"] == CALLING


def test_a_time_without_a_beginning_has_none():
    document = make_document()
    answer = make_answer(document, PARAGRAPHS[0], "2,5%")
    open_end = replace(answer, period=Period("đến 2025", "", "2025-12-31", explicit=True))
    content = reply_json(make_reply(document, open_end))["answers"][0]
    assert (content["period_start"], content["period_end"]) == (None, "2025-12-31")


def test_no_answer_is_said_and_the_nearest_passages_stay():
    content = reply_json(make_reply(make_document()))
    assert (content["answered"], content["answers"]) == (False, [])
    assert content["message"] == MESSAGE
    assert content["passages"]


def test_a_question_that_cannot_be_asked_says_why():
    content = unusable_json("a" * 9, QueryTooLong("Câu hỏi quá dài.", "Hãy rút gọn."))
    assert content["question"] == "a" * 9
    assert (content["answered"], content["answers"], content["passages"]) == (False, [], [])
    assert content["message"] == content["error"]["message"] == "Câu hỏi quá dài."
    assert content["error"]["code"] == "query_too_long"


def test_a_value_in_a_note_comes_with_the_sentence_that_calls_it(sample_library):
    content = reply_json(ask(sample_library, Request(QUESTION)))
    cited = content["answers"][0]["citation"]
    text = sample_library.document(cited["document"]["id"]).text
    assert "12.000" in content["answers"][0]["text"]
    assert cited["footnote"] is not None
    assert text[slice(*cited["anchor"]["span"])] == cited["anchor"]["quote"]
