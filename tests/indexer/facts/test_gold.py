"""The facts of the sample reports against those that were written down by hand."""

from __future__ import annotations

import pytest

from tests.golden_facts import ATTRIBUTES, Figures, measure

LEAST_PRECISION = 0.95
LEAST_RECALL = 0.90
LEAST_ATTRIBUTE = 0.95


@pytest.fixture(scope="module")
def figures() -> Figures:
    return measure()


def test_almost_every_fact_that_is_found_is_right(figures):
    assert figures.precision >= LEAST_PRECISION, figures.false


def test_almost_every_fact_is_found(figures):
    assert figures.recall >= LEAST_RECALL, figures.misses


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_each_attribute_of_a_found_fact_is_right(figures, attribute):
    assert figures.attributes[attribute] >= LEAST_ATTRIBUTE, figures.misses
