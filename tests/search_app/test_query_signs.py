"""Signs in a question."""

from __future__ import annotations

import pytest

from search_app.query_signs import Near, loosen, read_signs


@pytest.mark.parametrize(
    ("text", "near", "free"),
    [
        ('"đầu tư giao thông"~5 xã', (Near("đầu tư giao thông", 5),), "xã"),
        ('"hộ nghèo"~0', (Near("hộ nghèo", 0),), ""),
        ('"hộ nghèo"~999', (Near("hộ nghèo", 50),), ""),
        ("“hộ nghèo”~2", (Near("hộ nghèo", 2),), ""),
        ('""~2 hộ', (), "hộ"),
    ],
)
def test_words_near_each_other(text, near, free):
    question = read_signs(text)
    assert (question.near, question.free, question.phrases) == (near, free, ())
    assert len(question.notes) == len(near)


@pytest.mark.parametrize("text", ['"hộ nghèo" ~3', '"hộ nghèo"~ba', '"hộ nghèo"~12ha'])
def test_other_tildes_are_no_distance(text):
    question = read_signs(text)
    assert question.near == ()
    assert question.phrases == ("hộ nghèo",)


def test_words_that_must_not_occur_have_no_distance():
    question = read_signs('thu -"hộ nghèo"~3')
    assert (question.excluded, question.near) == (("hộ nghèo",), ())


@pytest.mark.parametrize(
    ("text", "beginnings", "free"),
    [
        ("2384/QĐ* của tỉnh", ("2384/QĐ",), "của tỉnh"),
        ("nông* thủy*", ("nông", "thủy"), ""),
        ("02-NQ*", ("02-NQ",), ""),
        ("a* *b ** x", ("a",), "*b ** x"),
        ("3*4", (), "3*4"),
        ("_* __* a_*", (), "_* __* a_*"),
        ("hộ* hộ*", ("hộ",), ""),
    ],
)
def test_beginnings_of_words(text, beginnings, free):
    question = read_signs(text)
    assert (question.beginnings, question.free) == (beginnings, free)
    assert len(question.notes) == len(beginnings)


def test_a_loosened_question_keeps_the_order_of_its_words():
    question = loosen(read_signs('ai nói "hộ nghèo"~2 ở "vùng sâu" -cận nông*'))
    assert question.free == "ai nói hộ nghèo ở vùng sâu"
    assert (question.phrases, question.near, question.beginnings) == ((), (), ("nông",))
    assert "“vùng sâu”; “hộ nghèo”" in question.notes[-1]


@pytest.mark.parametrize("text", ['"hộ ngh*"', "thu -hộ*", 'thu -"hộ ngh*"'])
def test_a_star_that_means_nothing_is_told(text):
    question = read_signs(text)
    assert question.beginnings == ()
    assert "Dấu *" in question.notes[-1]
