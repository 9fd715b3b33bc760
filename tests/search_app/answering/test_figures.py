from __future__ import annotations

import pytest

from indexer.indicators import load_indicators
from search_app.answering.coverage import units_of, word_at
from search_app.answering.figures import Asked, distinct, fact_candidates
from search_app.answering.names import named_indicators
from search_app.answering.wants import read_wants
from tests.factories.questions import evidences, meant, stated_in

INDICATORS = load_indicators()
LISTED = frozenset(indicator.slug for indicator in INDICATORS)


def candidates(question, text, slot=0):
    meaning = meant(question)
    named = named_indicators(meaning, INDICATORS)
    wants = read_wants(meaning, "2020", indicator=bool(named))
    asked = Asked(
        units_of(meaning, None, wants.times),
        wants,
        wants.slots[slot],
        named,
        LISTED,
        word_at(meaning, wants.noun_at),
    )
    return fact_candidates(evidences(stated_in(f"I- KẾT QUẢ\n{text}")), asked)


def best(question, text, slot=0):
    found = candidates(question, text, slot)
    return found[0].text if found else ""


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (
            "Có bao nhiêu bến đò?",
            "Toàn thị xã có 26 bến đò, 31 cây cầu và 18 trạm bơm.",
            "26 bến đò",
        ),
        (
            "Có bao nhiêu cây cầu?",
            "Toàn thị xã có 26 bến đò, 31 cây cầu và 18 trạm bơm.",
            "31 cây cầu",
        ),
        (
            "Hộ có điện chiếm bao nhiêu phần trăm?",
            "Toàn thị xã có 9.120 hộ có điện, chiếm 98,2%.",
            "98,2%",
        ),
        (
            "Đường tránh có tổng vốn bao nhiêu tỷ đồng?",
            "Đường tránh dài 8,5 km, tổng vốn 64 tỷ đồng.",
            "64 tỷ đồng",
        ),
        (
            "Tỷ lệ hộ nghèo cuối năm 2020 là bao nhiêu?",
            "Tỷ lệ hộ nghèo cuối năm 2015 là 6,4%. Tỷ lệ hộ nghèo cuối năm 2020 là 2,6%.",
            "2,6%",
        ),
        (
            "Tỷ lệ hộ nghèo cuối năm 2015 là bao nhiêu?",
            "Tỷ lệ hộ nghèo cuối năm 2015 là 6,4%. Tỷ lệ hộ nghèo cuối năm 2020 là 2,6%.",
            "6,4%",
        ),
        (
            "Sản lượng muối tăng bình quân bao nhiêu phần trăm mỗi năm?",
            "Sản lượng muối tăng bình quân 3,4%/năm, bằng 102% chỉ tiêu Nghị quyết.",
            "3,4%/năm",
        ),
    ],
)
def test_the_value_of_the_wanted_kind_comes_first(question, text, answer):
    assert best(question, text).startswith(answer)


def test_what_was_reached_and_what_is_aimed_at_answer_their_own_slots():
    text = "Sản lượng muối năm 2020 đạt 9.870 tấn; phấn đấu đến năm 2025 đạt 12.500 tấn."
    question = "Sản lượng muối năm 2020 và chỉ tiêu năm 2025?"
    assert best(question, text, 0) == "9.870 tấn"
    assert best(question, text, 1) == "12.500 tấn"


def test_another_unit_cannot_answer_a_question_for_a_share_or_a_sum():
    text = "Toàn thị xã có 26 bến đò."
    assert candidates("Bến đò chiếm bao nhiêu phần trăm?", text) == ()
    assert candidates("Kinh phí xây bến đò là bao nhiêu?", text) == ()


def test_a_better_candidate_never_stands_behind_a_worse_one():
    text = "Có 26 bến đò, 31 cây cầu, 18 trạm bơm. Bến đò cũ còn 4 bến, tổng vốn 3,2 tỷ đồng."
    scores = [one.score for one in candidates("Có bao nhiêu bến đò?", text)]
    assert len(scores) > 3
    assert scores == sorted(scores, reverse=True)


def test_scores_are_shares_and_values_stand_in_their_quotes(sample_documents):
    meaning = meant("Có bao nhiêu hộ nghèo?")
    wants = read_wants(meaning, "2020")
    asked = Asked(units_of(meaning, None), wants, wants.slots[0])
    for document in sample_documents.values():
        found = fact_candidates(evidences(document), asked)
        assert found
        for one in found:
            assert 0 <= one.score <= 1
            assert 0 <= one.covered <= 1
            assert one.quote.holds(one.fact.quantity.span)
            assert one.value.start == one.fact.quantity.span.start
            assert one.evidence.passage.span.holds(one.quote)


def test_words_of_the_question_behind_a_number_belong_to_the_answer():
    assert best("Có bao nhiêu bến đò ngang?", "Toàn thị xã có 26 bến đò ngang lớn nhỏ.") == (
        "26 bến đò ngang"
    )


@pytest.mark.parametrize("said", ["người", "đồng chí"])
def test_a_noun_of_the_same_class_counts_the_same(said):
    text = f"Kết nạp 638 {said}; sửa 12 cây cầu."
    assert best("Kết nạp bao nhiêu đảng viên?", text).startswith("638")


def test_the_value_of_the_indicator_that_is_named_comes_before_another():
    text = "Tỷ lệ hộ cận nghèo cuối năm 2020 là 4,8%. Tỷ lệ hộ nghèo cuối năm 2020 là 2,6%."
    assert best("Tỷ lệ hộ nghèo cuối năm 2020 là bao nhiêu?", text) == "2,6%"
    assert best("Tỷ lệ hộ cận nghèo cuối năm 2020 là bao nhiêu?", text) == "4,8%"


def test_a_number_that_the_question_gives_does_not_answer_it():
    text = "Trong 16 chỉ tiêu có 14 chỉ tiêu hoàn thành."
    assert best("Trong 16 chỉ tiêu có bao nhiêu chỉ tiêu hoàn thành?", text).startswith("14")


def test_the_same_value_is_told_once_but_not_of_two_places():
    text = "Có 26 bến đò. Bến đò: 26 bến đò."
    found = candidates("Có bao nhiêu bến đò?", text)
    assert len(found) == 2
    assert len(distinct(found)) == 1
    other = evidences(stated_in("I- KẾT QUẢ\nCó 26 bến đò.", place="huyện Bàu Trâm"))
    wants = read_wants(meant("Có bao nhiêu bến đò?"))
    asked = Asked(units_of(meant("Có bao nhiêu bến đò?"), None), wants, wants.slots[0])
    both = [*found, *fact_candidates(other, asked)]
    assert {one.place for one in distinct(both)} == {"thị xã Gò Lác", "huyện Bàu Trâm"}


def test_without_facts_there_are_no_candidates():
    assert candidates("Có bao nhiêu bến đò?", "Bến đò được sửa chữa.") == ()


def test_words_of_time_do_not_belong_to_the_answer():
    text = "Tỷ lệ hộ nghèo giảm từ 8,9% đầu năm 2016 xuống 2,3% cuối năm 2020."
    found = candidates("Tỷ lệ hộ nghèo là bao nhiêu so với đầu nhiệm kỳ?", text)
    assert "8,9%" in {one.text for one in found}
