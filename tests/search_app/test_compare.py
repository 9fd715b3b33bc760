"""One indicator across the sample reports."""

from __future__ import annotations

import pytest

from indexer.errors import QueryTooLong, UnknownFilter
from search_app.compare import compare, named_indicators

PLACE = "thị xã Vàm Sậy"


def rows(library, words, **places):
    found = compare(library, words, **places)
    return {(row.place, row.term): row for row in found.rows if not row.part}


def values(cell):
    return {str(cited.fact.quantity.value) for cited in cell}


def test_a_target_of_2015_meets_the_result_of_2020(sample_library):
    row = rows(sample_library, "tỷ lệ đô thị hóa")[PLACE, "2015-2020"]
    assert values(row.target) == {"45"}
    assert values(row.result) == {"43.2"}
    assert row.verdict.reached is False
    assert {cited.document.metadata.date[:4] for cited in row.target} == {"2015", "2020"}


def test_what_is_aimed_at_has_no_result_yet(sample_library):
    row = rows(sample_library, "tỷ lệ đô thị hóa")[PLACE, "2020-2025"]
    assert values(row.target) == {"55"}
    assert row.result == ()
    assert row.verdict.reached is None
    assert row.missing == "chưa có kết quả trong các báo cáo đã đọc"


def test_two_values_both_stand_in_the_cell_and_among_the_contradictions(sample_library):
    found = compare(sample_library, "tỷ lệ hộ sử dụng nước sạch")
    row = next(r for r in found.rows if (r.place, r.term) == (PLACE, "2015-2020"))
    assert values(row.result) == {"97.3", "96.8"}
    assert row.verdict.reached is True
    assert [one.place for one in found.inconsistencies] == [PLACE]


def test_every_value_leads_to_the_words_that_state_it(sample_library):
    for row in compare(sample_library, "thu ngân sách trên địa bàn").rows:
        for cited in (*row.baseline, *row.target, *row.result, *row.share_of_target):
            assert cited.citation.span.holds(cited.fact.quantity.span)
            assert cited.citation.quote in cited.document.text


def test_places_narrow_the_rows(sample_library):
    found = rows(sample_library, "tỷ lệ hộ nghèo", places=("Vàm Sậy",))
    assert {place for place, _ in found} == {PLACE}


def test_words_without_accents_and_keys_mean_the_same(sample_library):
    by_words = compare(sample_library, "ty le ho ngheo")
    assert by_words == compare(sample_library, "ty-le-ho-ngheo")
    assert (by_words.name, by_words.unit, by_words.better) == ("tỷ lệ hộ nghèo", "%", "lower")


def test_words_that_mean_several_indicators_are_told(sample_library):
    names = [one.name for one in named_indicators(sample_library, "nước sạch")]
    found = compare(sample_library, "nước sạch")
    assert found.name == names[0]
    assert [one.name for one in found.others] == names[1:]
    assert all(name in found.message for name in names[1:])


def test_an_unknown_indicator_or_place_is_refused_with_what_there_is(sample_library):
    with pytest.raises(UnknownFilter, match="Gần nhất có"):
        compare(sample_library, "tỷ lệ hộ ngheoo")
    with pytest.raises(UnknownFilter, match="thị xã Khe Vối"):
        compare(sample_library, "tỷ lệ hộ nghèo", ("Hà Nội",))


def test_a_listed_indicator_without_values_has_no_rows_and_says_so(sample_library):
    found = compare(sample_library, "tỷ lệ thất nghiệp")
    assert found.rows == ()
    assert found.message == "Chưa có số liệu nào về “tỷ lệ thất nghiệp” trong các báo cáo đã đọc."


def test_a_rate_of_some_villages_is_none_of_the_town(sample_library):
    row = rows(sample_library, "tỷ lệ hộ nghèo")["thị xã Khe Vối", "2015-2020"]
    assert {one.fact.quantity.qualifier for one in row.target} == {"dưới"}


@pytest.mark.parametrize(
    ("words", "places"), [("hộ " * 30_000, ()), ("tỷ lệ hộ nghèo", ("xã " * 30_000,))]
)
def test_words_over_the_limit_are_refused_before_they_are_read(sample_library, words, places):
    with pytest.raises(QueryTooLong):
        compare(sample_library, words, places)
