"""Whether a target was reached, and when that is better left open."""

from __future__ import annotations

import pytest

from indexer.models import FactKind
from search_app.comparing.reaching import Stated, Verdict, by_numbers, by_words, combined, said_of
from tests.factories.stated import fact

TARGET = FactKind.TARGET


def reached(result, target, better="higher"):
    return by_numbers([Stated(result)], [Stated(target)], better).reached


@pytest.mark.parametrize(
    ("result", "target", "better", "answer"),
    [
        (fact("97.3"), fact("95", TARGET), "higher", True),
        (fact("43.2"), fact("45", TARGET), "higher", False),
        (fact("45"), fact("45", TARGET), "higher", True),
        (fact("2.35"), fact("3", TARGET, qualifier="dưới"), "lower", True),
        (fact("3.4"), fact("3", TARGET, qualifier="dưới"), "", False),
        (fact("95", qualifier="trên"), fact("95", TARGET), "higher", True),
        (fact("12.4"), fact("12-13", TARGET), "higher", True),
        (fact("12.4"), fact("12-13", TARGET), "lower", True),
        (fact("4/5", unit="xã"), fact("5/5", TARGET, unit="xã"), "higher", False),
        (fact("80"), fact("75", TARGET, qualifier="trên"), "", True),
    ],
)
def test_clear_numbers_decide(result, target, better, answer):
    assert reached(result, target, better) is answer


@pytest.mark.parametrize(
    ("result", "target", "better"),
    [
        (fact("97"), fact("95", TARGET), ""),
        (fact("95"), fact("95", TARGET, qualifier="trên"), "higher"),
        (fact("93", qualifier="trên"), fact("95", TARGET), "higher"),
        (fact("96", qualifier="khoảng"), fact("95", TARGET), "higher"),
        (fact("69"), fact("70", TARGET, qualifier="khoảng"), "higher"),
        (fact("2"), fact("3", TARGET, qualifier="trên"), "lower"),
        (fact("97"), fact("95", TARGET, unit="hộ"), "higher"),
        (fact("4"), fact("1.5", TARGET, direction="giảm", per="năm"), "lower"),
    ],
)
def test_a_doubt_leaves_it_open_and_says_why(result, target, better):
    verdict = by_numbers([Stated(result)], [Stated(target)], better)
    assert verdict.reached is None
    assert verdict.reason


def test_several_values_decide_only_when_they_agree():
    target = [Stated(fact("95", TARGET))]
    both = [Stated(fact("97.3")), Stated(fact("96.8"))]
    assert by_numbers(both, target, "higher").reached is True
    torn = [Stated(fact("97.3")), Stated(fact("94"))]
    assert by_numbers(torn, target, "higher").reached is None


@pytest.mark.parametrize(
    ("clause", "answer"),
    [
        (", vượt Nghị quyết", True),
        (", đạt và vượt chỉ tiêu Nghị quyết", True),
        (", chưa đạt chỉ tiêu đề ra", False),
        (", không đạt so với kế hoạch", False),
        (" dân số theo nghị quyết số 12", None),
        (", vượt Nghị quyết nhưng chưa đạt kế hoạch năm", None),
    ],
)
def test_the_words_of_the_report_are_read(clause, answer):
    assert said_of(Stated(fact("9"), clause)) is answer


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("Vượt", True), ("Đạt", True), ("Không đạt", False), ("Chưa đạt", False), ("109,2", None)],
)
def test_a_cell_of_the_row_may_judge(cell, answer):
    assert said_of(Stated(fact("9"), cells=("Mái ngói", "10", "9", cell))) is answer


def test_a_share_of_the_target_is_the_report_s_own_word():
    share = FactKind.SHARE_OF_TARGET
    assert by_words([], [Stated(fact("109", share))]) == Verdict(
        True, "theo đánh giá của chính báo cáo"
    )
    assert by_words([], [Stated(fact("96", share))]).reached is False
    assert by_words([], [Stated(fact("100", share))]).reached is True
    assert by_words([], [Stated(fact("109", share)), Stated(fact("96", share))]).reached is None
    assert by_words([Stated(fact("9"))], []) is None


def test_words_and_numbers_that_differ_leave_it_open():
    assert combined(Verdict(True, "lời"), Verdict(False, "số")).reached is None
    assert combined(Verdict(True, "lời"), Verdict(None, "?")) == Verdict(True, "lời")
    assert combined(None, Verdict(False, "số")) == Verdict(False, "số")
