from __future__ import annotations

import pytest

from search_app.question_words import wanted_traits
from search_app.understand import Knowledge, understand

PLACES = Knowledge(("thị xã Cồn Mây", "thị xã Bến Đá"))


def content(text: str, **rest) -> list[str]:
    found = understand(text, PLACES, **rest)
    return [found.form(index) for index in found.content]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Cồn Mây có bao nhiêu hộ nghèo?", ["hộ", "nghèo"]),
        ("Tỷ lệ hộ nghèo là bao nhiêu phần trăm?", ["tỉ", "lệ", "hộ", "nghèo"]),
        ("Vì sao tiến độ còn chậm?", ["tiến", "độ", "chậm"]),
        ("nghị quyết nào quy định", ["nghị", "quyết", "qui", "định"]),
        ("tỷ lệ hộ nghèo", ["tỉ", "lệ", "hộ", "nghèo"]),
    ],
)
def test_words_that_ask_and_connect_are_not_content(question, wanted):
    assert content(question) == wanted


def test_a_question_of_small_words_only_keeps_them():
    assert content("của và là") == ["của", "và", "là"]
    assert content("ở đâu") == ["ở", "đâu"]


@pytest.mark.parametrize(
    "question",
    [
        "hộ nghèo ở Cồn Mây",
        "hộ nghèo thị xã cồn mây",
        "mấy hộ nghèo con may",
        "hộ nghèo TX Cồn Mây",
    ],
)
def test_a_place_is_known_however_it_is_typed(question):
    found = understand(question, PLACES)
    assert found.places == ("thị xã Cồn Mây",)
    assert [found.form(index) for index in found.content] == ["hộ", "nghèo"]


def test_two_places_are_both_kept():
    found = understand("so sánh hộ nghèo của Cồn Mây và Bến Đá", PLACES)
    assert set(found.places) == set(PLACES.places)


def test_a_name_after_another_level_is_another_place():
    assert understand("hộ nghèo huyện Cồn Mây", PLACES).places == ()


def test_a_place_alone_is_words_and_no_filter():
    found = understand("Cồn Mây", PLACES)
    assert found.places == ()
    assert [found.form(index) for index in found.content] == ["cồn", "mây"]


def test_a_place_can_be_turned_off():
    skip = frozenset({"place:thị xã Cồn Mây"})
    assert understand("hộ nghèo Cồn Mây", PLACES, skip).places == ()


@pytest.mark.parametrize(
    ("question", "trait"),
    [
        ("Vì sao hộ nghèo còn cao?", "cause"),
        ("Còn những hạn chế gì?", "shortcoming"),
        ("Giải pháp nào để giảm nghèo?", "task"),
        ("Đến năm 2025 phấn đấu bao nhiêu?", "target"),
        ("Bài học kinh nghiệm là gì?", "lesson"),
        ("Có bao nhiêu hộ?", "figure"),
    ],
)
def test_a_question_says_what_kind_of_statement_it_wants(question, trait):
    assert trait in [found.value for found in wanted_traits(question)]


def test_a_list_of_words_asks_nothing():
    assert not understand("tỷ lệ hộ nghèo", PLACES).asks
    assert understand("hộ nghèo bao nhiêu", PLACES).asks


def test_a_named_term_prefers_its_own_report_and_the_one_that_looks_back_on_it():
    known = Knowledge(terms=("2010-2015", "2015-2020", "2020-2025"))
    assert understand("kết quả nhiệm kỳ 2015 – 2020", known).terms == ("2015-2020", "2020-2025")
    assert understand("kết quả năm 2015", known).terms == ()
    skipped = understand("nhiệm kỳ 2015-2020", known, frozenset({"term:2015-2020"}))
    assert skipped.terms == ("2020-2025",)


COMMON = Knowledge(("xã Đoàn Kết", "thị xã Vàm", "thị xã Vàm Sậy", "Cồn Mây"))


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("khối đại đoàn kết toàn dân tộc", ()),
        ("Xây dựng khối đoàn kết", ()),
        ("hộ nghèo xã đoàn kết", ("xã Đoàn Kết",)),
        ("hộ nghèo ở Đoàn Kết", ("xã Đoàn Kết",)),
        ("hộ nghèo Vàm Sậy", ("thị xã Vàm Sậy",)),
        ("hộ nghèo thị xã Cồn Mây", ("Cồn Mây",)),
        ("ho ngheo vam say", ("thị xã Vàm Sậy",)),
    ],
)
def test_a_common_word_is_no_place_and_the_longer_name_counts(question, places):
    found = understand(question, COMMON)
    assert (found.places or found.near) == places
