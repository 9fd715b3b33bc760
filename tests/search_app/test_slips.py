from __future__ import annotations

import pytest

from indexer.text.training import train
from search_app.slips import Slips


def words(slips: Slips, form: str) -> dict[str, float]:
    return {slips.model.forms[at]: cost for at, cost in slips.candidates(form).items()}


@pytest.fixture(scope="module")
def slips() -> Slips:
    return Slips(train(["Trường trong xã. Nghèo. Sản. Thường. Một lần."] * 2 + ["Hiếm"], ["lúa"]))


def test_typical_confusions_cost_less_than_other_letters(slips):
    assert words(slips, "chường")["trường"] == 0.5
    assert words(slips, "xãn")["sản"] == 1.0
    assert words(slips, "ngèo")["nghèo"] == 0.5
    assert words(slips, "nghèb")["nghèo"] == 1.0


def test_two_letters_may_be_wrong_only_in_long_words(slips):
    assert words(slips, "trưỡngg")["trường"] == 2.0
    assert "xã" not in words(slips, "ôx")


def test_only_words_that_recur_in_the_reports_are_candidates(slips):
    assert words(slips, "hiếmm") == {}
    assert words(slips, "lúaa") == {}


def test_bare_letters_stand_for_every_word_of_these_letters(slips):
    assert "nghèo" in words(slips, "ngheoo")


def test_a_word_is_no_candidate_for_itself(slips):
    assert "nghèo" not in words(slips, "nghèo")
