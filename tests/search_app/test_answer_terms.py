from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.models import FactKind, Period
from search_app.answer_terms import (
    TYPE_WORDS,
    about,
    certainty_words,
    further_statement,
    headline,
    is_whole_quote,
    period_words,
)
from search_app.answering.wants import AnswerType
from tests.factories.answers import make_answer
from tests.factories.documents import PARAGRAPHS, make_document

POVERTY = PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (None, ""),
        (Period(), ""),
        (Period("năm  2020", "2020-01-01", "2020-12-31"), "năm 2020"),
        (Period("", "2020-01-01", "2020-12-31"), "2020"),
        (Period("", "2015-01-01", "2020-12-31"), "2015–2020"),
        (Period("", "2019-11-05", "2019-11-05"), "05/11/2019"),
        (Period("", "", "2025-12-31"), "2025"),
    ],
)
def test_a_time_is_told_as_written_or_in_figures(period, words):
    assert period_words(period) == words


def test_every_kind_of_answer_has_words():
    assert set(TYPE_WORDS) == set(AnswerType)


def test_more_certain_is_never_said_with_less_certain_words():
    order = ["vừa phải, nên đọc kỹ đoạn trích", "khá cao", "cao"]
    said = [order.index(certainty_words(step / 20)) for step in range(21)]
    assert said == sorted(said)
    assert set(said) == {0, 1, 2}


def test_what_is_not_known_is_left_out():
    document = make_document(place="")
    answer = make_answer(document, POVERTY, "2,5%", period=None)
    assert about(answer) == ("kết quả",)
    assert about(replace(answer, kind=None)) == ()


def test_a_time_from_a_heading_in_capitals_is_told_in_small_letters():
    period = Period("NĂM 2025", "2025-12-31", "2025-12-31")
    assert "năm 2025" in about(make_answer(make_document(), POVERTY, "2,5%", period=period))


def test_a_value_stands_alone_and_a_sentence_does_not():
    document = make_document()
    assert headline(make_answer(document, POVERTY, "2,5%")) == "2,5%"
    whole = make_answer(document, POVERTY, POVERTY, kind=None, period=None)
    assert is_whole_quote(whole)
    assert headline(whole) == ""
    long = PARAGRAPHS[1]
    assert headline(make_answer(document, long, long.rstrip("."), kind=None)) == ""


def test_a_statement_that_says_nothing_new_is_left_out():
    said = "Tỷ lệ hộ nghèo của huyện An Bình: 2,5% (kết quả, cuối năm 2020)."
    answer = make_answer(make_document(), POVERTY, "2,5%", statement=said)
    assert further_statement(answer) == ""


def test_a_statement_with_a_name_from_elsewhere_is_told():
    said = "Tỷ lệ hộ nghèo khu vực nông thôn: 2,5% (kết quả)."
    answer = make_answer(make_document(), POVERTY, "2,5%", statement=said)
    assert further_statement(answer) == said


def test_of_a_change_it_is_told_which_way():
    said = "Thu ngân sách của huyện An Bình: tăng 12% (tăng giảm)."
    answer = make_answer(
        make_document(), PARAGRAPHS[1], "12%", kind=FactKind.CHANGE, statement=said
    )
    assert further_statement(answer) == said


def test_an_answer_in_words_has_no_further_statement():
    answer = make_answer(make_document(), POVERTY, "2,5%", kind=None, statement="Khác hẳn.")
    assert further_statement(answer) == ""
