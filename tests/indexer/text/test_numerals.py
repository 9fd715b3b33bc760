from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analysis import forms
from indexer.text.numerals import number_form, spell_date, spelt_dates


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.998", "1998"),
        ("46.028", "46028"),
        ("1.234,5", "1234,5"),
        ("05", "5"),
        ("2.5", "2,5"),
        ("05/11/2019", "5/11/2019"),
        ("5.11.2019", "05-11-2019"),
        ("07/07", "7/7"),
    ],
)
def test_spellings_of_one_number_meet(one, other):
    assert number_form(one) == number_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2,5", "25"),
        ("0,92", "92"),
        ("1.998", "1,998"),
        ("0.125", "125"),
        ("19/28", "1928"),
        ("10", "1"),
        ("2,05", "2,5"),
    ],
)
def test_different_numbers_stay_apart(one, other):
    assert number_form(one) != number_form(other)


def test_numbers_in_a_text_are_analysed_so():
    assert forms("1.998 hộ, 02 tháng") == ("1998", "hộ", "2", "tháng")


def test_a_spelt_date_and_its_short_form_know_each_other():
    ((form, spelt),) = spelt_dates("Duyên, ngày 05 tháng 11 năm 2019")
    assert form == number_form("05/11/2019")
    assert spell_date(form) == spelt[1:]
    assert spell_date("19/28") == ()


@given(st.from_regex(r"\d{1,4}([.,/]\d{1,4}){0,3}", fullmatch=True))
def test_the_form_of_a_form_is_itself(number):
    assert number_form(number_form(number)) == number_form(number)
