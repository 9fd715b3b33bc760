"""Names of invented statements."""

from __future__ import annotations

import pytest

from indexer.facts.keys import indicator_key
from indexer.facts.measures import is_measure, is_part_of_name
from indexer.facts.naming import subject
from indexer.facts.places import place_of, places_in
from indexer.facts.plans import is_planned
from indexer.facts.quantities import find_quantities
from indexer.indicators import load_indicators
from indexer.models import Section, Span


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("(7) Tỷ lệ che phủ rừng ước đạt khoảng", "tỷ lệ che phủ rừng"),
        ("- Ngoài ra, đến nay toàn thị xã có", ""),
        ("nâng tổng số hội viên lên", "tổng số hội viên"),
        ("Trên địa bàn huyện hiện có", ""),
        ("có bằng cấp, chứng chỉ chiếm", "có bằng cấp, chứng chỉ"),
        ("FDI đăng ký tăng", "FDI đăng ký"),
    ],
)
def test_openings_and_verbs_are_no_part_of_a_name(words, expected):
    assert subject(words) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("%", True), ("tỷ đồng", True), ("tấn", True), ("hộ", False), ("đồng chí", False)],
)
def test_measures_are_told_from_what_is_counted(unit, expected):
    assert is_measure(unit) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khách sạn 3 sao", [True]),
        ("Tuổi thọ trung bình đạt 75 tuổi", [False]),
        ("trẻ em dưới 6 tuổi", [True]),
        ("giảm 2 cấp phó", [False]),
        ("Có 1 ha vườn ươm", [False]),
    ],
)
def test_some_numbers_only_tell_which_is_meant(text, expected):
    assert [is_part_of_name(text, one) for one in find_quantities(text)] == expected


def test_a_level_in_per_cent_is_not_the_count_of_the_same_name():
    share = find_quantities("25%")[0]
    count = find_quantities("25 hộ")[0]
    known = load_indicators()
    assert indicator_key("hộ nghèo", share, known) == "ty-le-ho-ngheo"
    assert indicator_key("hộ nghèo", count, known) == "so-ho-ngheo"


def test_places_in_a_row_belong_to_one_number_and_to_none_of_them():
    assert places_in("Sửa 12 km đường ở xã An Phú và xã Bình Lộc") == ()
    sentence = "Xã An Phú trồng 5 ha, thu 3 tấn"
    assert place_of(sentence, Span(22, 31), "huyện Sông Trầm") == "xã An Phú"
    assert place_of("Trồng 5 ha", Span(0, 10), "huyện Sông Trầm") == "huyện Sông Trầm"


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("PHƯƠNG HƯỚNG, NHIỆM VỤ", "1. Phát triển kinh tế"), True),
        (("KẾT QUẢ THỰC HIỆN NHIỆM VỤ", "2. Văn hóa"), False),
        (("PHƯƠNG HƯỚNG, NHIỆM VỤ", "I- DỰ BÁO TÌNH HÌNH"), False),
        (("KẾT QUẢ ĐẠT ĐƯỢC", "Thực hiện nhiệm vụ quốc phòng"), False),
        (("Mục tiêu, chỉ tiêu",), True),
        ((), False),
    ],
)
def test_the_innermost_heading_that_says_so_decides(titles, expected):
    path = [
        Section(f"a:{at}", "", title, at, Span(0, 1), Span(0, 9))
        for at, title in enumerate(titles, start=1)
    ]
    assert is_planned(path) is expected
