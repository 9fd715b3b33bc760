"""Sections of two reports that treat one subject, wherever they stand."""

from __future__ import annotations

from indexer.models import Document
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from search_app.section_pairs import SectionPair, pair_sections

RESULTS = "Phần thứ nhất\nKẾT QUẢ NHIỆM KỲ 2015 - 2020\n"
PLANS = "Phần thứ hai\nPHƯƠNG HƯỚNG, CHỈ TIÊU NHIỆM KỲ 2020 - 2025\n"


def report(text: str, sha256: str = "0") -> Document:
    return build_document(read_text(text), "a.txt", sha256 * 64)


def named(pairs: tuple[SectionPair, ...]) -> list[object]:
    return [
        (
            pair.left.title if pair.left else None,
            pair.right.title if pair.right else None,
            *([named(pair.inner)] if pair.inner else []),
        )
        for pair in pairs
    ]


def sections_of(pairs: tuple[SectionPair, ...], *, left: bool) -> list[str]:
    found = []
    for pair in pairs:
        section = pair.left if left else pair.right
        found += [section.id] if section else []
        found += sections_of(pair.inner, left=left)
    return found


def test_sections_are_paired_by_subject_in_any_order():
    left = report("I- KẾT QUẢ\n1. Kinh tế biển\nTôm tăng.\n2. Giáo dục, y tế\nThêm lớp học.\n")
    right = report(
        "I- KẾT QUẢ\n1. Y tế và giáo dục\nThêm giường.\n2. Phát triển kinh tế biển\nCá tăng.\n",
        "1",
    )
    (whole,) = named(pair_sections(left, right))
    assert whole[2] == [
        ("Kinh tế biển", "Phát triển kinh tế biển"),
        ("Giáo dục, y tế", "Y tế và giáo dục"),
    ]


def test_what_only_one_report_has_stays_alone_between_its_neighbours():
    left = report("I- KẾT QUẢ\nTôm tăng.\nII- CHỈ TIÊU\nTôm 5 tấn.\n")
    right = report("I- KẾT QUẢ\nCá tăng.\nII- THIÊN TAI\nBão.\nIII- CHỈ TIÊU\nCá 6 tấn.\n", "1")
    assert named(pair_sections(left, right)) == [
        ("KẾT QUẢ", "KẾT QUẢ"),
        (None, "THIÊN TAI"),
        ("CHỈ TIÊU", "CHỈ TIÊU"),
    ]
    assert named(pair_sections(right, left))[1] == ("THIÊN TAI", None)


def test_a_section_of_the_plans_is_never_paired_with_one_of_the_results():
    left = report(f"{RESULTS}I- KINH TẾ\nTôm tăng.\n{PLANS}I- VĂN HÓA\nXây nhà.\n")
    right = report(f"{RESULTS}I- VĂN HÓA\nCó nhà.\n{PLANS}I- KINH TẾ\nNuôi tôm.\n", "1")
    results, plans = pair_sections(left, right)
    assert (results.left, results.right) != (None, None) and plans.right
    for pair in (results, plans):
        assert all(inner.left is None or inner.right is None for inner in pair.inner)


def test_a_section_that_stands_deeper_in_the_other_report_is_found():
    aims = "Đến năm 2025 nuôi 5.000 ha tôm, che phủ 60% rừng.\n"
    left = report(
        f"I- TÌNH HÌNH\nMưa nhiều.\nII- MỤC TIÊU\nGiàu mạnh.\nIII- CÁC CHỈ TIÊU CHỦ YẾU\n{aims}"
    )
    right = report(
        "I- TÌNH HÌNH\nNắng.\nII- MỤC TIÊU\n1. Mục tiêu tổng quát\nGiàu.\n"
        f"2. Các chỉ tiêu chủ yếu\n{aims}",
        "1",
    )
    pairs = named(pair_sections(left, right))
    told = [pair for pair in pairs if pair[0] == "CÁC CHỈ TIÊU CHỦ YẾU"]
    whole = [pair for pair in pairs if pair[:2] == ("MỤC TIÊU", "MỤC TIÊU")]
    # Either it is taken out of the section that holds it, or that section is shown whole.
    assert told == [("CÁC CHỈ TIÊU CHỦ YẾU", "Các chỉ tiêu chủ yếu")] or len(whole[0]) == 2


def test_parts_without_partners_keep_their_section_whole():
    left = report("I- KINH TẾ\n1. Tôm\nTôm tăng nhanh.\n2. Muối\nMuối được mùa.\n")
    right = report("I- KINH TẾ\n1. Chợ\nChợ đông.\n2. Bến xe\nXe nhiều.\n", "1")
    assert named(pair_sections(left, right)) == [("KINH TẾ", "KINH TẾ")]


def test_every_section_of_real_reports_is_there_once(sample_documents):
    left, right = list(sample_documents.values())[:2]
    pairs = pair_sections(left, right)
    for document, is_left in ((left, True), (right, False)):
        told = sections_of(pairs, left=is_left)
        assert len(told) == len(set(told))
        parents = {section.id: section.parent_id for section in document.sections}
        for section in document.sections:
            at: str | None = section.id
            while at is not None and at not in told:
                at = parents[at]
            assert at is not None, f"{section.title} is in no pair"
    both = [pair for pair in pairs if pair.left and pair.right]
    assert len(both) >= 2


def test_a_report_without_sections_and_many_sections_are_paired_in_time():
    many = "".join(f"{n}. Xã Cồn {n}\nNuôi {n} ha tôm.\n" for n in range(1, 301))
    left, right = report(f"I- KẾT QUẢ\n{many}"), report(f"I- KẾT QUẢ\n{many}Thêm.\n", "1")
    (whole,) = pair_sections(left, right)
    assert all(pair.left and pair.right for pair in whole.inner)
    assert pair_sections(report("Không có đề mục nào."), left)[0].left is None
    assert pair_sections(report("Không có."), report("Cũng không.", "1")) == ()
