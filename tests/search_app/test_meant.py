from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.training import train
from search_app.meant import did_you_mean
from search_app.slips import Slips

TEXT = (
    "Tỷ lệ hộ nghèo giảm. Trường đạt chuẩn quốc gia. Sản lượng thuỷ sản tăng. "
    "Xây dựng nông thôn mới. Chất lượng nguồn nhân lực. Bảo vệ môi trường. "
    "Tham gia bảo hiểm y tế. Quốc phòng, an ninh. Xã Cồn Mây. Giáo dục và đào tạo. "
)
SLIPS = Slips(train([TEXT * 4], ["ngèo", "sây", "hiển", "lông", "trăng"]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tỷ lệ hộ ngèo", "tỷ lệ hộ nghèo"),
        ("trường đạt chuẫn", "trường đạt chuẩn"),
        ("sản lượng thuỷ sãn", "sản lượng thuỷ sản"),
        ("sây dựng nông thôn", "xây dựng nông thôn"),
        ("xây dựng lông thôn", "xây dựng nông thôn"),
        ("trất lượng nguồn nhân lựt", "chất lượng nguồn nhân lực"),
        ("môi chường", "môi trường"),
        ("giáo dụt", "giáo dục"),
        ("bảo hiển y tế", "bảo hiểm y tế"),
        ("quốc phòn", "quốc phòng"),
        ("xã Cồn Mâi", "xã Cồn Mây"),
        ("nông thônn mới", "nông thôn mới"),
        ("nôgn thôn", "nông thôn"),
        ("ngèo", "nghèo"),
        ("ty le ho ngheoo", "tỷ lệ hộ nghèo"),
    ],
)
def test_a_slip_is_put_right(typed, meant):
    assert did_you_mean(typed, SLIPS) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('vì sao "hộ ngèo" giảm?', 'vì sao "hộ nghèo" giảm?'),
        ("nông thônn -chuẫn", "nông thôn -chuẩn"),
        ("  hộ   Ngèo, ", "  hộ   Nghèo, "),
        ("HỘ NGÈO", "HỘ NGHÈO"),
    ],
)
def test_signs_spaces_and_capitals_stay(typed, meant):
    assert did_you_mean(typed, SLIPS) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "tỷ lệ hộ nghèo",
        "ty le ho ngheo",
        "",
        "2,5%",
        "xyz abc",
        "blockchain",
        "HĐND",
        "hộ trăng",
        "x" * 2000,
        "hộ ngèo " * 200,
    ],
)
def test_nothing_plausible_means_no_suggestion(typed):
    assert did_you_mean(typed, SLIPS) is None


def test_a_known_abbreviation_is_left_alone():
    assert did_you_mean("ngèo", SLIPS, known=frozenset(["ngèo"])) is None


def test_a_word_of_the_reports_is_doubted_only_when_nothing_was_found():
    assert did_you_mean("hộ nguồn", SLIPS) is None
    assert did_you_mean("quốc gia tham nhân", SLIPS) is None
    assert did_you_mean("môi trương", SLIPS, found=False) == "môi trường"


def test_a_suggestion_is_quick():
    begun = perf_counter()
    for _ in range(20):
        did_you_mean("trất lượng nguồn nhân lựt, sây dựng lông thôn", SLIPS)
    assert (perf_counter() - begun) / 20 < 0.05


@given(st.text(max_size=120), st.booleans())
def test_any_text_is_read_and_never_suggested_again(text, found):
    assert did_you_mean(text, SLIPS, found=found) != text


@given(st.lists(st.sampled_from([*TEXT.split(), "ngèo", "chuẫn", "lựt", '"', "-"]), max_size=12))
def test_a_suggestion_is_accepted_as_it_is(words):
    meant = did_you_mean(" ".join(words), SLIPS)
    assert meant is None or meant != " ".join(words)
