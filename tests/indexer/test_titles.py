"""Titles of documents, and the bodies and places that they name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.models import BlockKind, RawBlock
from indexer.titles import named_bodies, opens_title, read_title, title_places, title_without_kind

LINE = RawBlock(BlockKind.PARAGRAPH, "")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("KẾ HOẠCH", True),
        ("Nghị quyết", True),
        ("Báo cáo của Huyện ủy Cồn Mây", True),
        ("Kế hoạch đã được giao cho các ấp.", False),
        ("Quyết định số 3/QĐ-UBND;", False),
        ("kế hoạch nuôi nghêu", False),
    ],
)
def test_a_title_opens_with_the_kind_of_document(line, says):
    assert opens_title(line, LINE) is says


def test_what_looks_like_a_title_opens_one():
    line = "Kế hoạch nuôi nghêu"
    assert not opens_title(line, LINE) and opens_title(line, replace(LINE, centered=True))


def test_a_title_ends_where_a_line_is_blank_and_before_the_body_of_a_decision():
    assert read_title(["KẾ HOẠCH", "Nuôi nghêu", "", "I. KẾT QUẢ"]) == (
        ("KẾ HOẠCH", "Nuôi nghêu"),
        "",
    )
    lines = ["QUYẾT ĐỊNH", "Về việc mở chợ", "CHỦ TỊCH UBND XÃ BÃI SẬY", "Căn cứ Luật A;"]
    assert read_title(lines) == (("QUYẾT ĐỊNH", "Về việc mở chợ"), "CHỦ TỊCH UBND XÃ BÃI SẬY")


def test_an_official_letter_is_named_after_its_subject():
    above = ["UBND XÃ BÃI SẬY", "V/v rà soát bến đò"]
    assert title_without_kind(above, []) == ("Công văn", "V/v rà soát bến đò")


def test_the_bodies_that_title_preamble_and_bracket_name():
    named = [
        *named_bodies(["BÁO CÁO", "của Huyện ủy Cồn Mây"], "", ""),
        *named_bodies(["QUYẾT ĐỊNH"], "CHỦ TỊCH UBND XÃ BÃI SẬY", ""),
        *named_bodies(["PHỤ LỤC"], "", "(Kèm theo Quyết định của UBND tỉnh Sông Tràm)"),
    ]
    assert [body.place for body in named] == ["huyện Cồn Mây", "xã Bãi Sậy", "tỉnh Sông Tràm"]


def test_each_place_of_a_title_is_told_once():
    lines = ["Giảm nghèo huyện Cồn Mây và xã Bãi Sậy", "tại huyện Cồn Mây"]
    assert title_places(lines) == ["huyện Cồn Mây", "xã Bãi Sậy"]
