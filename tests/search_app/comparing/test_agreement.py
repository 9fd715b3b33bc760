"""When two values are of one measure, and when they cannot both be right."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from search_app.comparing.agreement import (
    Bounds,
    bounds_of,
    contradict,
    is_rounding,
    is_within,
    same_measure,
)
from tests.factories.stated import fact, quantity


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (fact("46.6"), fact("46.58")),
        (fact("46.5"), fact("46.58")),
        (fact("1800", qualifier="trên"), fact("1850")),
        (fact("1850", qualifier="gần"), fact("1849")),
        (fact("50", qualifier="khoảng"), fact("47")),
        (fact("3", qualifier="dưới"), fact("2.35")),
        (fact("12-13"), fact("12.5")),
        (fact("4/5"), fact("4")),
        (fact("3", qualifier="trên"), fact("3")),
    ],
)
def test_a_rounding_and_a_bound_contradict_nothing(first, other):
    assert not contradict(first, other)
    assert not contradict(other, first)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (fact("97.3"), fact("96.8")),
        (fact("742"), fact("724")),
        (fact("1800", qualifier="trên"), fact("1750")),
        (fact("12-13"), fact("14")),
        (fact("3", qualifier="dưới"), fact("3.2")),
    ],
)
def test_numbers_apart_contradict_each_other(first, other):
    assert contradict(first, other)
    assert contradict(other, first)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (fact("5", unit="%"), fact("5", unit="hộ")),
        (fact("5", per="năm"), fact("5")),
        (fact("2", direction="giảm"), fact("2")),
        (fact("4/5", unit="xã"), fact("4/6", unit="xã")),
        (
            fact("24", unit="triệu đồng", per="người/tháng"),
            fact("24", unit="triệu đồng", per="người/năm"),
        ),
    ],
)
def test_what_is_counted_otherwise_is_another_measure(first, other):
    assert not same_measure(first, other)


def test_an_income_per_head_is_per_year_said_or_not():
    income = {"unit": "triệu đồng", "name": "thu nhập bình quân đầu người"}
    assert same_measure(fact("52", **income), fact("52", per="người/năm", **income))
    assert not same_measure(fact("52", unit="tỷ đồng"), fact("52", unit="tỷ đồng", per="năm"))


@pytest.mark.parametrize(
    ("bounds", "answer"),
    [
        (Bounds(Decimal(5), Decimal(5)), True),
        (Bounds(Decimal(4), Decimal(4)), False),
        (Bounds(Decimal(4), None), None),
        (Bounds(None, Decimal(5), open=True), False),
        (Bounds(None, Decimal(5)), None),
        (Bounds(None, None), None),
    ],
)
def test_a_value_is_at_least_a_number_only_when_its_bounds_say_so(bounds, answer):
    assert is_within(bounds, Decimal(5)) is answer


def test_a_range_has_two_bounds():
    assert bounds_of(quantity("12-13")) == Bounds(Decimal(12), Decimal(13))


@pytest.mark.parametrize("digits", ["9" * 40, "0." + "0" * 60 + "1", "12." + "3" * 40])
def test_numbers_beyond_the_usual_precision_are_compared_all_the_same(digits):
    assert contradict(fact(digits), fact("5"))
    assert not contradict(fact(digits), fact(digits))


def test_what_is_no_finite_number_is_no_rounding():
    odd = replace(quantity("5"), value=Decimal("Infinity"))
    assert not is_rounding(odd, quantity("5"))
    assert not is_rounding(quantity("5"), odd)
