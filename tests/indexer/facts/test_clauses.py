"""Where one statement ends and the next begins, in invented sentences."""

from __future__ import annotations

import pytest

from indexer.facts.clause_marks import Enumeration
from indexer.facts.clauses import Clause, split_clauses
from indexer.facts.quantities import find_quantities


def clauses(sentence: str) -> tuple[Clause, ...]:
    return split_clauses(sentence, find_quantities(sentence))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Mở 12 lớp cho 300 học viên, đưa 15 người đi học.",
            ["Mở 12 lớp", "cho 300 học viên", "đưa 15 người đi học"],
        ),
        (
            "Xã, phường đạt chuẩn 82%, thu 1,5 tỷ đồng.",
            ["Xã, phường đạt chuẩn 82%", "thu 1,5 tỷ đồng"],
        ),
        (
            "Có 38 ấp, khóm văn hóa và 7 trường đạt chuẩn.",
            ["Có 38 ấp, khóm văn hóa", "7 trường đạt chuẩn"],
        ),
        (
            "Chăn nuôi tăng 5% và trồng trọt tăng 3%.",
            ["Chăn nuôi tăng 5%", "trồng trọt tăng 3%"],
        ),
        (
            "Thu gom và xử lý 36 tấn rác; trồng 14 cây (kế hoạch 12 cây).",
            ["Thu gom và xử lý 36 tấn rác", "trồng 14 cây", "kế hoạch 12 cây"],
        ),
        (
            "Bắt 7 vụ trộm cắp, cướp giật với 9 đối tượng.",
            ["Bắt 7 vụ trộm cắp, cướp giật", "9 đối tượng"],
        ),
        (
            "Sản lượng (không kể cá giống) đạt 40 tấn.",
            ["Sản lượng (không kể cá giống) đạt 40 tấn"],
        ),
    ],
)
def test_a_clause_speaks_of_one_value(sentence, expected):
    assert [clause.span.of(sentence) for clause in clauses(sentence)] == expected


def test_brackets_semicolons_and_colons_are_known():
    found = clauses("Xét 20 hồ sơ (đạt 15 hồ sơ); gồm: cấp mới 3 hồ sơ.")
    assert [(clause.depth, clause.group) for clause in found] == [(0, 0), (1, 0), (0, 1)]
    assert found[2].enumeration is Enumeration.LIST


def test_values_joined_by_and_share_what_is_said_of_both():
    sentence = "Có 2/3 xã và 4/5 phường đạt chuẩn y tế."
    assert [clause.tail.of(sentence).strip() for clause in clauses(sentence)] == [
        "đạt chuẩn y tế"
    ] * 2


def test_no_quantities_no_clauses():
    assert split_clauses("Kinh tế phát triển.", ()) == ()
