"""Which lines are headings, without any styles."""

import pytest

from indexer.outline import outline
from tests.indexer.outlines import PROSE, block, blocks, outline_of


def roles(*lines):
    return [entry.role.value for entry in outline(blocks(*lines))]


def test_the_whole_ladder_nests():
    assert outline_of(
        "Phần thứ nhất",
        "KẾT QUẢ",
        "I- KINH TẾ",
        "1. Nông nghiệp",
        "1.1. Lúa",
        "a) Giống",
        PROSE,
        "- Thủy sản:",
        "+ Tôm: được mùa.",
        "1.2. Mía",
        PROSE,
        "2. Dịch vụ",
        PROSE,
        "II- XÃ HỘI",
        PROSE,
        "Phần thứ hai",
        "NHIỆM VỤ",
        PROSE,
    ) == [
        "Phần thứ nhất KẾT QUẢ",
        ".I- KINH TẾ",
        "..1. Nông nghiệp",
        "...1.1. Lúa",
        "....a) Giống",
        ".....- Thủy sản",
        "......+ Tôm",
        "...1.2. Mía",
        "..2. Dịch vụ",
        ".II- XÃ HỘI",
        "Phần thứ hai NHIỆM VỤ",
    ]


def test_a_paragraph_that_begins_with_a_number_is_no_heading():
    assert roles("I- KẾT QUẢ", PROSE, "30.000 lượt khách đã đến.", "12 xã có điện.") == [
        "heading",
        "body",
        "body",
        "body",
    ]
    assert roles("I- KẾT QUẢ", "3.8 tỷ đồng được chi cho cầu.")[1] == "body"


def test_numbered_sentences_in_a_row_are_paragraphs():
    lines = ["1. Trồng thêm 40 ha mía.", "2. Nuôi thêm 20 bè hàu.", "3. Mở một chợ mới."]
    assert roles("I- NHIỆM VỤ", *lines)[1:] == ["body"] * 3


def test_a_heading_may_run_over_lines():
    assert outline_of("I- KẾT QUẢ THỰC HIỆN", "NGHỊ QUYẾT ĐẠI HỘI", PROSE) == [
        "I- KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT ĐẠI HỘI"
    ]
    assert (
        outline_of("I- KẾT QUẢ", "1. Kinh tế phát triển, cơ cấu", "chuyển dịch đúng hướng", PROSE)[
            1
        ]
        == ".1. Kinh tế phát triển, cơ cấu chuyển dịch đúng hướng"
    )


@pytest.mark.parametrize("line", [block("Về đời sống Nhân dân", bold=True), "VỀ ĐỜI SỐNG"])
def test_a_bold_or_capital_line_is_a_heading(line):
    assert roles("I- KẾT QUẢ", PROSE, line, PROSE)[2] == "heading"


def test_a_styled_heading_keeps_its_level():
    assert outline_of(block("Chung", level=0), block("Riêng", level=1), PROSE) == [
        "Chung",
        ". Riêng",
    ]


def test_an_item_with_a_name_before_the_colon_leads_what_follows():
    assert roles("1. Kinh tế", "- Thủy sản: được mùa.")[1] == "lead"


@pytest.mark.parametrize(
    "item", ["- được mùa: tôm, cá.", "- Trong đó: 5 xã.", "- Giao quân đạt 100%."]
)
def test_an_item_without_a_name_is_a_paragraph(item):
    assert roles("1. Kinh tế", item)[1] == "body"


def test_items_know_the_headings_over_them():
    headings = outline_of(
        "I- KẾT QUẢ", "1. Kinh tế", "- Nông nghiệp:", "+ Thủy sản: được mùa.", "- Điện: ổn định."
    )
    assert headings == ["I- KẾT QUẢ", ".1. Kinh tế", "..- Nông nghiệp", "...+ Thủy sản", "..- Điện"]


def test_a_second_appendix_without_number_is_a_heading():
    assert roles("I- A", PROSE, "PHỤ LỤC", PROSE, "PHỤ LỤC", PROSE).count("heading") == 3


def test_a_number_without_its_parent_is_a_paragraph():
    assert roles("I- KẾT QUẢ", "4.2. Về cá", PROSE)[1] == "body"
