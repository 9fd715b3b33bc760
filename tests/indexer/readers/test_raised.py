"""Raised and lowered signs keep their place in plain text."""

from __future__ import annotations

import pytest

from indexer.readers.raised import subscript, superscript


@pytest.mark.parametrize(
    ("sign", "shown"),
    [("6", "⁶"), ("-3", "⁻³"), ("(1)", "⁽¹⁾"), ("1, 2", "¹, ²"), ("n", "ⁿ"), ("nd", "nd")],
)
def test_raised_signs_stay_raised(sign, shown):
    assert superscript(sign) == shown


def test_lowered_digits_stay_lowered_and_words_as_they_are():
    assert (subscript("2"), subscript("max"), subscript("năm 2")) == ("₂", "max", "năm 2")
