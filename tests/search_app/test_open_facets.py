from __future__ import annotations

import pytest

from search_app.open_facets import appendix_hits, open_facets
from search_app.query import Request
from search_app.search import Library

QUESTION = "hộ nghèo"


def counts(library: Library, name: str, **filters) -> dict[str, int]:
    result = library.search(Request(QUESTION, **filters))
    (facet,) = [one for one in open_facets(library, result) if one.name == name]
    return {one.value: one.count for one in facet.values}


@pytest.mark.parametrize(
    ("name", "filters"),
    [
        ("place", {"places": ("Khe Vối",)}),
        ("term", {"terms": ("2015-2020",)}),
        ("year", {"years": ("2020",)}),
        ("kind", {"kinds": ("table",)}),
        ("section", {"sections": ("kết quả",)}),
    ],
)
def test_a_facet_counts_as_if_its_own_filter_were_not_there(sample_library, name, filters):
    assert len(counts(sample_library, name)) > 1
    assert counts(sample_library, name, **filters) == counts(sample_library, name)


def test_the_other_filters_count(sample_library):
    both = counts(sample_library, "place", places=("Khe Vối",), kinds=("table",))
    assert both == counts(sample_library, "place", kinds=("table",))


def test_a_place_that_the_words_name_leaves_the_others_to_choose(sample_library):
    result = sample_library.search(Request("hộ nghèo ở Vàm Sậy"))
    (places,) = [one for one in open_facets(sample_library, result) if one.name == "place"]
    assert {one.value for one in places.values} == {"thị xã Vàm Sậy", "thị xã Khe Vối"}


def test_an_appendix_is_counted_under_the_other_filters(sample_library):
    everywhere = sample_library.search(Request("tỷ lệ hộ nghèo"))
    total = appendix_hits(sample_library, everywhere)
    asked = Request("tỷ lệ hộ nghèo", sections=("phụ lục",))
    assert total == sample_library.search(asked).total > 0
    notes = sample_library.search(Request("tỷ lệ hộ nghèo", kinds=("footnote",)))
    assert appendix_hits(sample_library, notes) == 0


def test_headings_are_counted_by_the_part_that_they_name(sample_library):
    found = counts(sample_library, "section")
    assert len({"kết quả", "hạn chế", "chỉ tiêu"} & set(found)) == 3
    assert not any("KẾT QUẢ" in value or "CHỈ TIÊU" in value for value in found)
    for part in ("kết quả", "hạn chế"):
        assert sample_library.search(Request(QUESTION, sections=(part,))).total == found[part]
