from __future__ import annotations

from dataclasses import replace

import pytest

from search_app.evaluate import Evidence, Golden, Wanted
from search_app.evaluate_answers import FIRST, AnswerScores, evaluate_answers, judge
from tests.factories.answers import make_answer, make_reply
from tests.factories.documents import CALLING, NOTE_ALIGNED, PARAGRAPHS, make_document

DOCUMENT = make_document()
POVERTY, REVENUE = PARAGRAPHS
RIGHT = make_answer(DOCUMENT, POVERTY, "2,5%")
OTHER = make_answer(DOCUMENT, REVENUE, "12%")


def golden(*accept, quote=POVERTY, doc="an-binh", **rest):
    wanted = tuple(Wanted((pattern,)) for pattern in accept)
    return Golden("1", "numeric", "q?", True, (Evidence(doc, quote),), answers=wanted, **rest)


def test_an_answer_is_right_by_its_pattern_and_cited_by_its_quotation():
    assert judge(golden("2,5%"), [RIGHT]) == (True, True)
    assert judge(golden("3,5%"), [RIGHT]) == (False, False)
    assert judge(golden("2,5%", quote=REVENUE), [RIGHT]) == (True, False)


def test_an_answer_of_another_report_is_wrong():
    assert judge(golden("2,5%", doc="bau-sen"), [RIGHT]) == (False, False)


def test_no_answer_is_wrong():
    assert judge(golden("2,5%"), []) == (False, False)


def test_only_the_first_answers_count():
    assert judge(golden("2,5%"), [OTHER] * (FIRST - 1) + [RIGHT]) == (True, True)
    assert judge(golden("2,5%"), [OTHER] * FIRST + [RIGHT]) == (False, False)


def test_one_of_several_answers_is_enough_unless_all_are_needed():
    record = golden("2,5%", "99 xã")
    assert judge(record, [RIGHT])[0]
    assert not judge(replace(record, need_all=True), [RIGHT])[0]


def test_all_answers_that_are_needed_may_come_in_any_order():
    both = (Evidence("an-binh", POVERTY), Evidence("an-binh", REVENUE))
    record = replace(golden("2,5%", "12%"), evidence=both, need_all=True)
    assert judge(record, [OTHER, RIGHT]) == judge(record, [RIGHT, OTHER]) == (True, True)


def test_the_sentence_that_calls_a_note_cites_as_well():
    note = make_answer(DOCUMENT, NOTE_ALIGNED, "2 trường")
    assert judge(golden("2 trường", quote=CALLING), [note]) == (True, True)


def test_most_words_in_order_are_enough_for_a_citation():
    near = POVERTY.replace("giảm còn", "hạ xuống")
    assert judge(golden("2,5%", quote=near), [RIGHT]) == (True, True)
    backwards = " ".join(reversed(POVERTY.split()))
    assert judge(golden("2,5%", quote=backwards), [RIGHT]) == (True, False)


@pytest.fixture
def scores():
    return AnswerScores()


def test_measures_are_shares(scores):
    scores.add(golden("2,5%"), make_reply(DOCUMENT, RIGHT))
    scores.add(golden("2,5%"), make_reply(DOCUMENT, OTHER))
    figures = scores.figures()
    assert figures["answer"] == figures["cited"] == 0.5
    assert figures["answered when it should"] == figures["grounded"] == 1
    assert "refused when it should" not in figures
    assert scores.by_type == {"numeric": [True, False]}


def test_silence_counts_as_refusal_or_as_failure(scores):
    scores.add(replace(golden(), answerable=False), make_reply(DOCUMENT))
    scores.add(golden("2,5%"), make_reply(DOCUMENT))
    figures = scores.figures()
    assert figures["refused when it should"] == 1
    assert figures["answered when it should"] == figures["answer"] == 0


def test_an_answer_where_there_is_none_is_a_miss(scores):
    scores.add(replace(golden(), answerable=False), make_reply(DOCUMENT, RIGHT))
    assert scores.figures()["refused when it should"] == 0
    assert len(scores.misses) == 1


def test_an_answer_with_a_foreign_number_is_not_grounded(scores):
    scores.add(golden("2,5%"), make_reply(DOCUMENT, replace(RIGHT, text="2,5% của 77 xã")))
    assert scores.figures()["grounded"] == 0


def test_a_question_without_wanted_answers_only_counts_as_answered(scores):
    scores.add(golden(), make_reply(DOCUMENT, RIGHT))
    assert set(scores.figures()) == {"answered when it should", "grounded"}


def test_misses_name_the_question(scores):
    scores.add(golden("3%"), make_reply(DOCUMENT, RIGHT))
    assert [("1 không đạt" in miss, "q?" in miss) for miss in scores.misses] == [(True, True)]


def test_without_questions_there_are_no_figures(sample_library):
    assert evaluate_answers((), sample_library).figures() == {}


def test_questions_are_asked_of_the_library(sample_library):
    record = Golden(
        "1",
        "footnote",
        "Công suất nhà máy nước Long Đước là bao nhiêu m3?",
        True,
        (Evidence("vam-say", "công suất 12.000 m3/ngày đêm"),),
        answers=(Wanted((r"12\.000 m3",)),),
    )
    figures = evaluate_answers([record], sample_library).figures()
    assert set(figures.values()) == {1.0}
