"""Letterhead, title and closing."""

import pytest

from indexer.front import Region, regions
from indexer.models import BlockKind, RawBlock, RawCell
from tests.indexer.outlines import PROSE, blocks

LETTERHEAD = "ĐẢNG BỘ THỊ XÃ GÒ ME"
TITLE = "BÁO CÁO CHÍNH TRỊ"


def row(*cells):
    return RawBlock(BlockKind.TABLE_ROW, "", cells=tuple(map(RawCell, cells)), table=1)


def found(*lines):
    return [region.value for region in regions(blocks(*lines))]


def test_a_report_has_letterhead_title_text_and_closing():
    lines = (
        LETTERHEAD,
        TITLE,
        "trình Đại hội lần thứ II",
        PROSE,
        "I- KẾT QUẢ",
        PROSE,
        "Nơi nhận:",
        "- Lưu văn phòng",
        "T/M BAN CHẤP HÀNH",
        "Lê Văn Bưởi",
    )
    assert found(*lines) == ["front", "title", "title", "main", "main", "main", *["closing"] * 4]


def test_a_short_first_paragraph_is_no_title():
    assert found(TITLE, "Năm qua tôm cá đều được mùa.", PROSE) == ["title", "main", "main"]


def test_a_long_subject_belongs_to_the_title():
    subject = "của Ban Chấp hành Đảng bộ thị xã Gò Me khóa I trình Đại hội đại biểu " * 2
    assert found(TITLE, subject, "I- A", PROSE)[1] == "title"


def test_a_report_without_front_is_all_text():
    assert found("Phần thứ nhất", "KẾT QUẢ", PROSE) == ["main"] * 3
    assert found(PROSE) == ["main"]


def test_a_letterhead_may_be_a_table():
    assert found(row(LETTERHEAD, "Gò Me, ngày 5"), TITLE, PROSE) == ["front", "title", "main"]


@pytest.mark.parametrize("after", ["PHỤ LỤC", "Phụ lục 1", "BIỂU 2: CHỈ TIÊU", row("1", "a", "b")])
def test_an_appendix_after_the_signature_is_text_again(after):
    assert found("I- A", PROSE, "TM. THỊ ỦY", "BÍ THƯ", "Lê Bưởi", after)[-1] == "main"


def test_a_signature_in_a_table_closes_the_report():
    assert found("I- A", PROSE, row("Nơi nhận: - Lưu", "T/M BAN CHẤP HÀNH"))[-1] == "closing"


def test_nothing_has_no_regions():
    assert regions([]) == ()
    assert Region.MAIN in regions(blocks("a"))
