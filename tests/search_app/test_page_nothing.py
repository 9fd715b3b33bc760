from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from werkzeug.datastructures import MultiDict

from search_app.nearest import nearest
from search_app.page_links import Address
from search_app.page_meaning import interpretation
from search_app.page_nothing import Proposal, proposal, statement, topics
from search_app.query import Request
from search_app.search import Library

PLACE = "thị xã Khe Vối"


def told(library: Library, text: str, *, answered: bool = False, **filters) -> str:
    return statement(library.search(Request(text, **filters)), 2, answered=answered)


def proposed(library: Library, text: str, **values: str) -> Proposal | None:
    address = Address("/search", MultiDict({"q": text, **values}))
    places, skip = tuple(address.of("place")), tuple(address.of("skip"))
    result = library.search(Request(text, places=places, skip=skip))
    meaning = interpretation(address, result)
    return proposal(address, result, meaning, nearest(library, result))


def test_each_way_of_not_finding_is_said_in_its_own_words(sample_library):
    assert told(sample_library, "qwxyz") == "Các báo cáo đã tìm (2) không nói tới “qwxyz”."
    question = "Có bao nhiêu phi hành gia bay lên sao Hỏa?"
    assert told(sample_library, question).endswith(f"không trả lời câu hỏi “{question}”.")
    some = "tỷ lệ hộ nghèo qwxyz"
    assert "có đủ các từ" in told(sample_library, some, places=(PLACE,))


def test_what_was_found_or_answered_lacks_nothing(sample_library):
    assert told(sample_library, "hộ nghèo") == ""
    assert told(sample_library, "Tỷ lệ hộ nghèo là bao nhiêu?", answered=True) == ""


def test_a_question_kept_without_accents_is_offered_its_accents_first(sample_library):
    found = proposed(sample_library, "qwxyz ho ngheo", skip="accents")
    assert found is not None
    assert found.text == "thêm dấu cho câu hỏi"
    assert "skip" not in parse_qs(urlsplit(found.url).query)


def test_words_that_no_report_has_are_named_and_left_out(sample_library):
    found = proposed(sample_library, "qwxyz hộ nghèo", place=PLACE)
    assert found is not None
    assert found.why == "Không báo cáo nào có “qwxyz”."
    assert parse_qs(urlsplit(found.url).query) == {"q": ["hộ nghèo"], "place": [PLACE]}


def test_without_anything_better_nothing_is_proposed(sample_library):
    assert proposed(sample_library, "qwxyz zyxwq") is None


def test_known_phrases_are_links_that_ask_for_them_everywhere():
    address = Address("/search", MultiDict({"q": "qwxyz", "place": PLACE}))
    (topic,) = topics(address, ("tỷ lệ hộ nghèo",))
    assert topic.text == "tỷ lệ hộ nghèo"
    assert parse_qs(urlsplit(topic.url).query) == {"q": ["tỷ lệ hộ nghèo"]}
