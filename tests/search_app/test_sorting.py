from __future__ import annotations

import pytest

from indexer.errors import UnknownFilter
from indexer.models import Hits
from search_app.query import Request
from search_app.search import Library
from search_app.sorting import Sort, read_sort

QUESTION = "hộ nghèo"


def found(library: Library, sort: str = "", limit: int = 100, offset: int = 0, text=QUESTION):
    return library.search(Request(text=text, sort=sort, limit=limit, offset=offset))


def whole(library: Library, sort: str, text: str = QUESTION) -> Hits:
    return library.search(Request(text=text, sort=sort, limit=10, depth=1000)).found


def about(hits, field: str) -> list[str]:
    complete = (hit.document.metadata for hit in hits if hit.complete)
    return list(dict.fromkeys(getattr(metadata, field) for metadata in complete))


def test_the_newest_report_comes_first(sample_library):
    dates = about(found(sample_library, "time").hits, "date")
    assert len(dates) > 2
    assert dates == sorted(dates, reverse=True)


def test_places_follow_one_another_with_their_newest_report_first(sample_library):
    hits = found(sample_library, "place").hits
    assert about(hits, "place") == ["thị xã Khe Vối", "thị xã Vàm Sậy"]
    assert about(hits[:3], "term") == ["2020-2025"]


@pytest.mark.parametrize("sort", ["time", "place"])
def test_another_order_finds_the_same_passages_complete_ones_first(sample_library, sort):
    usual, other = whole(sample_library, ""), whole(sample_library, sort)
    assert {hit.passage_id for hit in other.hits} == {hit.passage_id for hit in usual.hits}
    assert (other.total, other.complete, other.facets) == (
        usual.total,
        usual.complete,
        usual.facets,
    )
    complete = [hit.complete for hit in other.hits]
    assert complete == sorted(complete, reverse=True)
    assert [hit.passage_id for hit in other.hits] != [hit.passage_id for hit in usual.hits]


def test_pages_of_another_order_join_without_gap_or_repetition(sample_library):
    ids = [hit.passage_id for hit in whole(sample_library, "time").hits]
    pages = [found(sample_library, "time", 5, offset).found.hits for offset in (0, 5, 10)]
    assert [hit.passage_id for page in pages for hit in page] == ids[:15]


def test_the_best_passage_of_a_report_stays_its_first(sample_library):
    hits = [hit for hit in whole(sample_library, "time").hits if hit.complete]
    of_one = [hit.score for hit in hits if hit.passage_id[:12] == hits[0].passage_id[:12]]
    assert len(of_one) > 1
    assert of_one == sorted(of_one, reverse=True)


def test_a_place_that_the_words_name_is_kept_to(sample_library):
    hits = found(sample_library, "time", text="hộ nghèo ở Vàm Sậy").hits
    assert {hit.document.metadata.place for hit in hits} == {"thị xã Vàm Sậy"}


def test_an_order_that_does_not_exist_is_refused_with_those_that_do(sample_library):
    with pytest.raises(UnknownFilter, match="thơ") as raised:
        found(sample_library, "thơ")
    assert "time (thời gian)" in raised.value.hint


def test_no_order_is_by_relevance():
    assert read_sort("") is Sort.RELEVANCE
