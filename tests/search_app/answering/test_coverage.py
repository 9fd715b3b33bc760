from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.models import Span
from search_app.answering.coverage import (
    Unit,
    Zone,
    coverage,
    credit,
    read_text,
    units_of,
    word_at,
    zone_of,
)
from tests.factories.questions import meant

WORDS = ("hộ", "nghèo", "muối", "trạm", "bơm", "2020", "tấn")
FORMS = st.sampled_from(WORDS)
RUNS = st.lists(FORMS, min_size=1, max_size=3).map(tuple)
UNITS = st.lists(
    st.builds(
        Unit,
        st.lists(RUNS, min_size=1, max_size=2).map(tuple),
        st.floats(0.01, 6),
        st.lists(st.integers(0, 9), min_size=1, max_size=3).map(tuple),
    ),
    max_size=5,
)
ZONES = st.lists(
    st.tuples(st.lists(FORMS, max_size=6).map(Zone.of), st.floats(0, 1)),
    max_size=4,
)
GIVEN = st.frozensets(st.integers(0, 9))


@given(UNITS, ZONES, GIVEN)
def test_coverage_is_a_share(units, zones, given_indexes):
    assert 0 <= coverage(units, zones, given_indexes) <= 1 + 1e-9


@given(UNITS, ZONES, ZONES)
def test_more_text_never_covers_less(units, zones, further):
    assert coverage(units, [*zones, *further]) >= coverage(units, zones)


@given(UNITS, ZONES, GIVEN, GIVEN)
def test_more_given_never_covers_less(units, zones, one, other):
    assert coverage(units, zones, one | other) >= coverage(units, zones, one) - 1e-9


@given(UNITS.filter(bool))
def test_what_is_given_as_a_whole_is_covered_without_text(units):
    everything = frozenset(index for unit in units for index in unit.indexes)
    assert coverage(units, (), everything) == pytest.approx(1)


@given(UNITS, ZONES)
def test_nothing_given_holds_no_unit(units, zones):
    by_text = sum(unit.weight * credit(unit, zones) for unit in units)
    total = sum(unit.weight for unit in units)
    assert coverage(units, zones) == pytest.approx(by_text / total if total else 0)


@given(st.lists(FORMS, min_size=1, max_size=6))
def test_a_text_covers_itself(words):
    units = [Unit(((word,),), 1.0) for word in words]
    assert coverage(units, [(zone_of(" ".join(words)), 1.0)]) == 1


def test_without_words_nothing_is_covered():
    assert coverage((), [(zone_of("hộ nghèo"), 1.0)]) == 0


def test_words_side_by_side_count_more_than_scattered_ones():
    zone = zone_of("Hộ có trạm bơm không nghèo")
    beside = zone.has(("trạm", "bơm"))
    apart = zone.has(("hộ", "nghèo"))
    assert beside == 1 > apart > 0 == zone.has(("hộ", "muối"))


def test_a_nearer_zone_counts_more_and_the_best_one_counts():
    unit = Unit((("muối",),), 1.0)
    near, far = (zone_of("muối"), 1.0), (zone_of("muối"), 0.4)
    assert credit(unit, [far]) < credit(unit, [near]) == credit(unit, [far, near])


def test_any_spelling_of_a_word_holds_it():
    unit = Unit((("hợp", "tác", "xã"), ("htx",)), 1.0)
    assert credit(unit, [(zone_of("08 HTX"), 1.0)]) == 1
    assert credit(unit, [(zone_of("08 Hợp tác xã"), 1.0)]) == 1


def test_spelling_and_case_of_a_text_do_not_matter():
    assert zone_of("HOÀ TỶ 05").forms == zone_of("hòa tỉ 5").forms


def test_a_zone_holds_the_words_that_begin_in_it():
    text = "Hộ nghèo giảm, muối tăng"
    found = read_text(text)
    comma = text.index(",")
    assert found.zone(0, comma).forms == {"hộ", "nghèo", "giảm"}
    assert found.zone(comma, len(text)).forms == {"muối", "tăng"}
    assert found.zone(0, 0).forms == frozenset()


def units(text, skip=()):
    return units_of(meant(text), None, skip)


def held(found):
    return {form for unit in found for run in unit.runs for form in run}


def test_question_words_and_places_need_not_stand_in_an_answer():
    found = held(units("Sản lượng muối của Gò Lác là bao nhiêu?"))
    assert {"sản", "lượng", "muối"} <= found
    assert not found & {"gò", "lác", "bao", "nhiêu", "là", "của"}


def test_times_that_are_weighed_otherwise_are_left_out():
    text = "Sản lượng muối năm 2020 là bao nhiêu?"
    start = text.index("năm 2020")
    skip = (Span(start, start + len("năm 2020")),)
    assert "2020" in held(units(text))
    assert "2020" not in held(units(text, skip))


def test_every_unit_has_weight_and_a_place_in_the_question():
    meaning = meant("Nghệ nhân Phạm Văn Tre dệt mấy tấm chiếu?")
    for unit in units_of(meaning, None):
        assert unit.weight > 0
        assert unit.runs[0] == tuple(meaning.form(index) for index in unit.indexes)


def test_a_name_is_one_word():
    found = units("Ai trao giải cho ông Phạm Văn Tre?")
    assert ("phạm", "văn", "tre") in {run for unit in found for run in unit.runs}


def test_rare_words_weigh_more(sample_library):
    language = sample_library.language
    (rare,) = units_of(meant("nghệ nhân"), language)
    (common,) = units_of(meant("đảng viên"), language)
    assert rare.weight > common.weight


def test_the_word_at_a_place_is_given_by_its_syllables():
    text = "Có bao nhiêu hợp tác xã?"
    meaning = meant(text)
    at = word_at(meaning, text.index("hợp"))
    assert [meaning.form(index) for index in sorted(at)][:1] == ["hợp"]
    assert word_at(meaning, len(text) + 5) == frozenset()
    assert word_at(meaning, -1) == frozenset()
