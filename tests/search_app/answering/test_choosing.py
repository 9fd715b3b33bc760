"""Which candidates answer: of the places that are named, the latest result first."""

from __future__ import annotations

import pytest

from search_app.answer import Answer, ask
from search_app.query import Request
from search_app.search import Library


def answers(library: Library, question: str) -> tuple[Answer, ...]:
    return ask(library, Request(text=question)).answers


def test_a_question_without_a_time_gets_the_latest_result_first(sample_library):
    found = answers(sample_library, "tỷ lệ hộ nghèo của Khe Vối")
    assert [(one.text, one.period.end[:4]) for one in found] == [("3,1%", "2020"), ("7,6%", "2015")]


def test_a_year_that_is_named_is_kept(sample_library):
    found = answers(sample_library, "tỷ lệ hộ nghèo của Khe Vối năm 2015")
    assert found[0].text == "7,6%"


@pytest.mark.parametrize(
    "question",
    ["tỷ lệ hộ nghèo của Vàm Sậy và Khe Vối", "thu nhập bình quân đầu người Khe Vối, Vàm Sậy"],
)
def test_two_places_are_answered_for_the_same_time(sample_library, question):
    first, second = answers(sample_library, question)[:2]
    assert {first.place, second.place} == {"thị xã Vàm Sậy", "thị xã Khe Vối"}
    assert first.period.end == second.period.end


@pytest.mark.parametrize("question", ["tỷ lệ hộ nghèo Khe Vối", "tỷ lệ hộ nghèo Khe Vối năm 2020"])
def test_no_other_place_answers_for_the_one_that_is_named(sample_library, question):
    found = answers(sample_library, question)
    assert found
    assert {one.place for one in found} == {"thị xã Khe Vối"}
