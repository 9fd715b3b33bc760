"""How alike sections are."""

from __future__ import annotations

from indexer.models import Section
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from search_app.section_likeness import Likeness

LEFT = "I- KINH TẾ BIỂN\nNuôi tôm sinh thái tăng.\nII- GIÁO DỤC\nThêm lớp học mới.\n"
RIGHT = (
    "I- PHÁT TRIỂN KINH TẾ BIỂN\nNuôi tôm sinh thái giảm.\nII- MÔI TRƯỜNG\nTrồng rừng.\n"
    "III- VỀ CÁC NĂM\nThêm lớp học mới.\n"
)


def test_headings_count_more_than_texts_and_common_words_for_nothing():
    left, right = (
        build_document(read_text(text), "a.txt", digit * 64)
        for text, digit in ((LEFT, "0"), (RIGHT, "1"))
    )
    likeness = Likeness(left, right)

    def of(one: Section, other: Section) -> float:
        assert likeness.of(one, other) == likeness.of(other, one)
        return likeness.of(one, other)

    (sea, school), (sea_plan, forest, years) = left.sections, right.sections
    assert of(sea, sea_plan) > 0.5
    assert of(sea, forest) == 0
    assert 0 < of(school, years) < of(sea, sea_plan)


def test_a_section_is_most_like_itself():
    document = build_document(read_text(LEFT), "a.txt", "0" * 64)
    likeness = Likeness(document, document)
    one, other = document.sections
    assert likeness.of(one, one) > 0.85 > likeness.of(one, other)
