"""The answer card on the search page, as a browser without JavaScript gets it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from search_app.app import create_app
from tests.search_app.pages import links, page, text_of

QUESTION = "Công suất nhà máy nước Long Đước là bao nhiêu m3?"
UNANSWERABLE = "Có bao nhiêu phi hành gia bay lên sao Hỏa?"


@pytest.fixture(scope="module")
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


def answers(markup: str) -> str:
    found = re.search(r'<section class="answers".*?</section>', markup, re.S)
    return found.group() if found else ""


def test_a_value_comes_with_evidence_and_a_link_to_its_place(client):
    card = answers(page(client, "/search", q=QUESTION))
    assert re.search(r'class="answer-value num"[^>]*>\s*(<span class="num">)?12\.000 m3', card)
    assert re.findall(r"<mark>(.*?)</mark>", card, re.S)[0].count("12.000") == 1
    assert card.index("calling") < card.index("note-body") < card.index('class="cite"')
    address, _, place = links(card[card.index('class="cite"') :])[0].partition("#")
    assert place.startswith("ct-")
    assert f'id="{place}"' in client.get(address).get_data(as_text=True)


def test_why_says_how_the_question_was_read(client):
    card = text_of(answers(page(client, "/search", q=QUESTION)))
    assert "Câu hỏi được hiểu là hỏi" in card
    assert "Mức chắc chắn:" in card


def test_a_question_without_an_answer_is_told_and_keeps_the_nearest(client):
    markup = page(client, "/search", q=UNANSWERABLE)
    text = text_of(markup)
    assert answers(markup) == ""
    told = f"Các báo cáo đã tìm (4) không trả lời câu hỏi “{UNANSWERABLE}”."
    assert f'<p role="status">{told}' in markup
    assert text.index(told) < text.index("Những đoạn gần nhất")
    assert "<article" in markup


def test_the_card_stands_on_the_first_page_only(client):
    assert answers(page(client, "/search", q=QUESTION, limit=5))
    further = page(client, "/search", q=QUESTION, limit=5, page=2)
    assert answers(further) == ""
    assert "not-answered" not in further


def test_filters_alone_are_no_question(client):
    markup = page(client, "/search", place="Vàm Sậy")
    assert answers(markup) == ""
    assert "not-answered" not in markup


def test_what_was_turned_off_stays_off_in_the_report(client):
    card = answers(page(client, "/search", q=QUESTION, skip="accents"))
    read = [link for link in links(card) if "/passages/" not in link]
    assert read and all("skip=accents" in link for link in read)


def test_a_passage_that_answers_is_folded_below_with_a_link_to_its_answer(client):
    markup = page(client, "/search", q=QUESTION)
    folded = re.search(r'<li class="repeat">.*?<details><summary>', markup, re.S)
    assert folded
    assert "đã có" in folded.group()
    target = re.search(r'href="#(tl-\d+)"', folded.group())
    assert target
    assert f'id="{target[1]}"' in answers(markup)


def test_a_report_that_only_has_some_words_is_said_to_have_no_more(client):
    text = text_of(page(client, "/search", q=UNANSWERABLE))
    assert re.search(r"\d+ đoạn trong \d+ báo cáo: 0 đoạn có đủ các từ", text)


def test_an_indicator_that_was_answered_can_be_compared(client):
    card = answers(page(client, "/search", q="Tỷ lệ hộ nghèo của Vàm Sậy cuối năm 2020?"))
    compared = [link for link in links(card) if link.startswith("/indicators/")]
    assert compared == ["/indicators/ty-le-ho-ngheo"]
    assert "So sánh theo thời gian và địa phương" in text_of(card)
    assert client.get(compared[0]).status_code == 200
