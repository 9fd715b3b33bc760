"""What stands above the text of documents of every kind of body."""

from __future__ import annotations

import time

import pytest

from indexer.letterhead import Letterhead, own_number, read_letterhead
from indexer.models import BlockKind, RawBlock

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def head(*lines: str) -> Letterhead:
    return read_letterhead([RawBlock(BlockKind.PARAGRAPH, line) for line in lines])


def places(found: Letterhead) -> list[str]:
    return [body.place for body in found.bodies]


def test_a_party_committee():
    found = head(
        "TỈNH ỦY SÔNG TRÀM\tĐẢNG CỘNG SẢN VIỆT NAM",
        "HUYỆN ỦY CỒN MÂY\tCồn Mây, ngày 5 tháng 6 năm 2020",
        "Số 12-BC/HU",
        "BÁO CÁO",
        "kết quả nuôi nghêu năm 2020",
        "I- KẾT QUẢ",
    )
    assert places(found) == ["tỉnh Sông Tràm", "huyện Cồn Mây"]
    assert (found.number, found.seat) == ("12-BC/HU", "Cồn Mây")
    assert found.title == ("BÁO CÁO", "kết quả nuôi nghêu năm 2020")


def test_a_peoples_committee_whose_place_stands_on_the_next_line():
    found = head(
        f"ỦY BAN NHÂN DÂN\t{MOTTO}",
        "XÃ BÃI SẬY\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 45/KH-UBND\tBãi Sậy, ngày 3 tháng 2 năm 2023",
        "KẾ HOẠCH",
        "Trồng rừng ngập mặn năm 2023",
        "Căn cứ Luật A;",
    )
    assert [body.name for body in found.bodies] == ["Ủy ban nhân dân xã Bãi Sậy"]
    assert found.number == "45/KH-UBND"


def test_an_office_of_a_district():
    found = head(
        f"UBND HUYỆN CỒN MÂY\t{MOTTO}",
        "PHÒNG NÔNG NGHIỆP\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 9/BC-NN\tCồn Mây, ngày 2 tháng 1 năm 2022",
        "BÁO CÁO",
        "Tình hình nuôi tôm",
        "I. KẾT QUẢ",
    )
    assert found.bodies[-1].office and places(found) == ["huyện Cồn Mây", "huyện Cồn Mây"]


def test_a_ministry_speaks_for_the_country():
    found = head(
        f"BỘ NGHÊU SÒ\t{MOTTO}",
        "Số: 7/2021/TT-BNS\tHà Nội, ngày 1 tháng 3 năm 2021",
        "THÔNG TƯ",
        "Quy định về thu hoạch nghêu",
        "Căn cứ Luật A;",
    )
    (ministry,) = found.bodies
    assert ministry.central and not ministry.place
    assert (found.number, found.seat) == ("7/2021/TT-BNS", "Hà Nội")


def test_the_national_assembly_with_which_one_it_is():
    found = head(
        f"QUỐC HỘI\t{MOTTO}", "Luật số: 99/2022/QH15", "LUẬT", "NGHÊU SÒ", "Căn cứ Hiến pháp;"
    )
    assert [body.name for body in found.bodies] == ["Quốc hội"]
    assert (found.number, found.title) == ("99/2022/QH15", ("LUẬT", "NGHÊU SÒ"))


def test_a_decision_names_its_body_once_more():
    found = head(
        f"ỦY BAN NHÂN DÂN\t{MOTTO}",
        "TỈNH SÔNG TRÀM\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 12/QĐ-UBND\tSông Tràm, ngày 5 tháng 6 năm 2024",
        "QUYẾT ĐỊNH",
        "Về việc mở chợ nổi",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG TRÀM",
        "Căn cứ Luật A;",
    )
    assert found.title == ("QUYẾT ĐỊNH", "Về việc mở chợ nổi")
    assert [body.place for body in found.named] == ["tỉnh Sông Tràm"]


def test_an_annex_belongs_to_whom_its_bracket_names():
    found = head(
        "PHỤ LỤC II",
        "DANH MỤC BẾN ĐÒ",
        "(Kèm theo Quyết định số 12/QĐ-UBND ngày 3/2/2023 của Ủy ban nhân dân huyện Cồn Mây)",
        "STT",
    )
    assert found.bodies == () and found.number == ""
    assert [body.place for body in found.named] == ["huyện Cồn Mây"]


def test_a_text_without_a_letterhead_has_none():
    assert head("Nghêu lớn nhanh trong mùa khô.", "Tôm cũng vậy.").bodies == ()


def test_the_number_of_what_a_document_rests_on_is_not_its_own():
    assert own_number("BỘ A\nSố: 7/2021/TT-BA\nTHÔNG TƯ\nCăn cứ Luật số 1/2019/QH14") == (
        "7/2021/TT-BA"
    )
    assert own_number("BÁO CÁO\nCăn cứ Quyết định số 1/QĐ-TTg") == ""


@pytest.mark.parametrize("filler", [" ", "\t", "\u00a0", " \t", "( ", "- ", "a ", "số ", "của "])
def test_long_lines_cost_nothing(filler):
    line = RawBlock(BlockKind.PARAGRAPH, "QUYẾT ĐỊNH" + filler * 20_000 + "x")
    begin = time.perf_counter()
    read_letterhead([line, line])
    assert time.perf_counter() - begin < 2
