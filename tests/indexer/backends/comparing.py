"""Whether two searches found the same, however differently they rounded."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from indexer.models import Hits, Query

# Ours are computed with 32 bits, which are seven digits.
_EQUAL = 1e-5


def assert_same_hits(query: Query, ours: Hits, reference: Hits) -> None:
    """Compare whole results: every count, every score, and the order but for rounding.

    Where scores are equal in theory, rounding may let one be more than the other; where ours are
    equal to the last bit, the ids must be in order.
    """
    assert (ours.total, ours.complete) == (reference.total, reference.complete)
    assert ours.facets == reference.facets
    expected = {hit.passage_id: hit for hit in reference.hits}
    assert {hit.passage_id for hit in ours.hits} == expected.keys()
    assert len(ours.hits) == len(reference.hits)
    for hit, place in zip(ours.hits, reference.hits, strict=True):
        assert hit.complete == expected[hit.passage_id].complete == place.complete
        assert hit.score == pytest.approx(expected[hit.passage_id].score, rel=_EQUAL)
        assert hit.score == pytest.approx(place.score, rel=_EQUAL)
    for one, following in pairwise(ours.hits):
        if one.complete == following.complete or not query.complete_first:
            assert (-one.score, one.passage_id) < (-following.score, following.passage_id)


def whole(query: Query) -> Query:
    """Return the question for all that `query` finds, in one page."""
    return replace(query, limit=10_000, offset=0)


def assert_page(page: Hits, query: Query, everything: Hits) -> None:
    """Compare a page with the same part of one page that holds everything."""
    wanted = everything.hits[query.offset :][: query.limit]
    assert page == replace(everything, hits=wanted)
