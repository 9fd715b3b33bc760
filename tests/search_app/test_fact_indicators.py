from __future__ import annotations

import pytest

from indexer.catalogue_facts import IndicatorCount
from indexer.errors import UnknownFilter
from indexer.indicators import load_indicators
from indexer.vocabulary import load_abbreviations
from search_app.fact_indicators import KnownIndicators


def count(slug: str, *names: str) -> IndicatorCount:
    return IndicatorCount(slug, names[0], 1, 1, names)


@pytest.fixture(scope="module")
def known() -> KnownIndicators:
    counted = (
        count("ty-le-ho-ngheo", "tỷ lệ hộ nghèo", "hộ nghèo khu vực ven sông"),
        count("gieng-khoan", "giếng khoan"),
        count("xa-dat-chuan-ntm", "xã đạt chuẩn NTM"),
        count("the-bao-hiem", "thẻ bảo hiểm y tế cấp mới"),
        count("can-cau", "cần câu"),
        count("can-can", "cán cân"),
    )
    return KnownIndicators(load_indicators(), counted, load_abbreviations())


@pytest.mark.parametrize(
    "words",
    ["ty-le-ho-ngheo", "tỷ lệ hộ nghèo", "Tỉ lệ hộ nghèo", "TỶ LỆ HỘ NGHÈO", "ty le ho ngheo"],
)
def test_a_key_and_every_spelling_of_a_listed_name_mean_the_indicator(known, words):
    assert known.find(words).slugs == {"ty-le-ho-ngheo"}
    assert known.find(words).holds("ty-le-ho-ngheo", "tên in bất kỳ")


def test_an_alias_means_every_indicator_that_has_it(known):
    expected = {"ty-le-ho-ngheo", "so-ho-ngheo"}
    assert known.find("hộ nghèo").slugs == known.find("ho ngheo").slugs == expected


def test_the_key_of_an_indicator_that_is_not_listed_means_it_alone(known):
    found = known.find("gieng-khoan")
    assert (found.slugs, found.names) == ({"gieng-khoan"}, frozenset())


@pytest.mark.parametrize("words", ["ven sông", "ven song", "khu vực ven sông"])
def test_other_words_mean_only_the_facts_that_have_them_in_their_name(known, words):
    found = known.find(words)
    assert found.keys == {"ty-le-ho-ngheo"}
    assert found.holds("ty-le-ho-ngheo", "hộ nghèo khu vực ven sông")
    assert not found.holds("ty-le-ho-ngheo", "tỷ lệ hộ nghèo")


def test_words_with_accents_do_not_mean_words_with_others(known):
    assert known.find("cần").keys == {"can-cau"}
    assert known.find("can").keys == {"can-cau", "can-can"}


def test_parts_of_names_count_beside_a_listed_indicator_that_no_report_states(known):
    found = known.find("xã đạt chuẩn nông thôn mới")
    assert "so-xa-dat-chuan-nong-thon-moi" in found.slugs
    assert found.names == {("xa-dat-chuan-ntm", "xã đạt chuẩn NTM")}


def test_half_a_syllable_means_nothing(known):
    with pytest.raises(UnknownFilter):
        known.find("giếng kho")


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("xã đạt chuẩn nông thôn mới", "xa-dat-chuan-ntm"),
        ("NTM", "xa-dat-chuan-ntm"),
        ("thẻ BHYT", "the-bao-hiem"),
        ("the bhyt", "the-bao-hiem"),
    ],
)
def test_abbreviations_mean_what_they_stand_for(known, words, slug):
    assert slug in known.find(words).keys


def test_names_that_have_no_word_in_common_are_not_offered(known):
    for words in ("tỷ lệ thất lạc hành lý", "số phi hành gia"):
        with pytest.raises(UnknownFilter) as error:
            known.find(words)
        assert "Gần nhất" not in error.value.hint
        assert "/indicators" in error.value.hint


def test_unknown_words_are_refused_with_the_nearest_names(known):
    with pytest.raises(UnknownFilter, match=r"'giếng khoam'.*Gần nhất có: giếng khoan"):
        known.find("giếng khoam")
    with pytest.raises(UnknownFilter, match="ở trang /indicators"):
        known.find("qqqq wwww")
    for words in ("?!", "a" * 100_000):
        with pytest.raises(UnknownFilter) as caught:
            known.find(words)
        assert len(str(caught.value)) < 400


def test_without_any_facts_it_is_said_what_to_do():
    with pytest.raises(UnknownFilter, match="vankien index --rebuild"):
        KnownIndicators(load_indicators()).find("giếng khoan")
