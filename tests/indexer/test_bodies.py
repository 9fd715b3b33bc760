"""The bodies that issue documents, of every level."""

from __future__ import annotations

import pytest

from indexer.bodies import as_name, bodies_in, find_places, is_party, read_body


@pytest.mark.parametrize(
    ("text", "name", "place", "central"),
    [
        ("HUYỆN ỦY CỒN MÂY", "Huyện ủy Cồn Mây", "huyện Cồn Mây", False),
        ("Thị ủy Gò Cao", "Thị ủy Gò Cao", "thị xã Gò Cao", False),
        ("ĐẢNG BỘ XÃ BÃI SẬY", "Đảng bộ xã Bãi Sậy", "xã Bãi Sậy", False),
        (
            "BAN CHẤP HÀNH ĐẢNG BỘ TỈNH SÔNG TRÀM",
            "Ban Chấp hành Đảng bộ tỉnh Sông Tràm",
            "tỉnh Sông Tràm",
            False,
        ),
        ("UBND PHƯỜNG 7", "UBND phường 7", "phường 7", False),
        (
            "HỘI ĐỒNG NHÂN DÂN HUYỆN CỒN MÂY",
            "Hội đồng nhân dân huyện Cồn Mây",
            "huyện Cồn Mây",
            False,
        ),
        ("ỦY BAN THƯỜNG VỤ QUỐC HỘI", "Ủy ban thường vụ Quốc hội", "", True),
        ("Thủ tướng Chính phủ", "Thủ tướng Chính phủ", "", True),
        ("SỞ CÔNG THƯƠNG", "Sở Công thương", "", False),
    ],
)
def test_a_body_is_named_with_its_place(text, name, place, central):
    body = read_body(text)
    assert body is not None
    assert (body.name, body.place, body.central) == (name, place, central)


@pytest.mark.parametrize("text", ["Cán bộ xã", "Công tác xã hội", "Nuôi nghêu", ""])
def test_what_only_looks_like_a_body_is_none(text):
    assert read_body(text) is None


def test_an_office_has_the_place_of_the_body_above_it():
    above, office = bodies_in(["UBND TỈNH SÔNG TRÀM", "SỞ CÔNG THƯƠNG"])
    assert (office.name, office.place) == ("Sở Công thương tỉnh Sông Tràm", "tỉnh Sông Tràm")
    assert above.office is False and office.office is True


def test_bodies_that_a_table_put_into_one_line_are_told_apart():
    found = bodies_in(["TỈNH ỦY SÔNG TRÀM HUYỆN ỦY CỒN MÂY"])
    assert [body.place for body in found] == ["tỉnh Sông Tràm", "huyện Cồn Mây"]


def test_words_of_the_dictionary_are_no_place():
    assert find_places("SỐ XÃ NÔNG THÔN MỚI; xã hội hóa") == []
    assert find_places("tại xã Bãi Sậy và phường 7") == ["xã Bãi Sậy", "phường 7"]


def test_a_name_in_capitals_is_written_as_a_name():
    assert as_name("BÃI SẬY") == "Bãi Sậy" and as_name("Bãi Sậy") == "Bãi Sậy"


def test_bodies_of_the_party_are_known_by_their_names():
    assert is_party("Ban Chấp hành Đảng bộ huyện Cồn Mây") and is_party("Bộ Chính trị")
    assert not is_party("Ủy ban nhân dân huyện Cồn Mây")
