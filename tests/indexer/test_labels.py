"""The labels that number the parts of a report."""

import pytest

from indexer.labels import LabelKind, parse_label


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Phần thứ nhất", "part", (1,)),
        ("PHẦN THỨ HAI: NHIỆM VỤ", "part", (2,)),
        ("PHẦN I", "part", (1,)),
        ("Phần IV. Kết luận", "part", (4,)),
        ("Chương 3 – Đất đai", "chapter", (3,)),
        ("Mục 2. Thuế", "muc", (2,)),
        ("Điều 12. Hiệu lực", "article", (12,)),
        ("PHỤ LỤC", "appendix", ()),
        ("Phụ lục số 2", "appendix", (2,)),
        ("A- Kinh tế", "letter", (1,)),
        ("Đ. Tổ chức", "letter", (5,)),
        ("I- KẾT QUẢ", "roman", (1,)),
        ("XIV. Kết luận", "roman", (14,)),
        ("IX/ Tổ chức", "roman", (9,)),
        ("1. Lúa", "decimal", (1,)),
        ("2/ Cá", "decimal", (2,)),
        ("3.1. Tôm", "decimal", (3, 1)),
        ("3.1.2 Tôm sú", "decimal", (3, 1, 2)),
        ("(1) Về", "paren", (1,)),
        ("a) Lúa", "alpha", (1,)),
        ("đ. Mía", "alpha", (5,)),
        ("(b) Cá", "alpha", (2,)),
        ("* Hạn chế", "star", ()),
        ("- Điện", "dash", ()),
        ("– Điện", "dash", ()),
        ("+ Thủy sản", "plus", ()),
        ("• Cá", "bullet", ()),
    ],
)
def test_a_label_is_read_with_its_numbers(text, kind, value):
    label = parse_label(text)
    assert label is not None and (label.kind.value, label.value) == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "Phần lớn hộ dân có nước sạch",
        "Phần một số hộ",
        "Mục 3 của Nghị quyết",
        "Mục tiêu chung",
        "30.000 lượt khách",
        "2,5% hộ nghèo",
        "19/28 trường",
        "12/3/2019 là ngày khởi công",
        "V.I. Lênin viết",
        "X-quang được trang bị",
        "Phụ lục kèm theo báo cáo",
        "Tôm được mùa",
        "-",
        "",
    ],
)
def test_a_sentence_has_no_label(text):
    assert parse_label(text) is None


def test_the_rest_begins_behind_the_blanks():
    label = parse_label("a)  Trồng trọt")
    assert (label.kind, label.span.end, label.rest) == (LabelKind.ALPHA, 2, 4)
