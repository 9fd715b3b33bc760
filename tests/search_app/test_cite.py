from __future__ import annotations

import pytest

from indexer.models import Document, Metadata
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from search_app.cite import cite, name_of, names_of
from tests.factories.documents import make_document

TEXT = """ĐẢNG BỘ THỊ XÃ CỒN MÂY\tĐẢNG CỘNG SẢN VIỆT NAM
Cồn Mây, ngày 02 tháng 3 năm 2020
BÁO CÁO CHÍNH TRỊ
của Ban Chấp hành Đảng bộ thị xã Cồn Mây
-----
Phần thứ nhất
KẾT QUẢ
I- KẾT QUẢ ĐẠT ĐƯỢC
3. Kinh tế
3.1. Nông nghiệp
Sản lượng tăng[footnoteRef:1]. [1: Đạt 12.000 tấn.]
A- Về chỉ tiêu
Đạt 15 chỉ tiêu.
"""


def report() -> Document:
    return build_document(read_text(TEXT), "a.txt", "0" * 64)


def citation(fragment: str) -> str:
    document = report()
    passage = next(
        p for p in document.passages if not p.heading and fragment in p.span.of(document.text)
    )
    return cite(document, passage)


def test_the_place_in_the_report_is_division_and_joined_numbers():
    assert citation("Sản lượng") == (
        "Đảng bộ thị xã Cồn Mây (2020), Báo cáo chính trị của Ban Chấp hành Đảng bộ thị xã "
        "Cồn Mây, Phần thứ nhất, mục I.3.1"
    )


def test_a_note_is_cited_with_its_number():
    assert citation("12.000 tấn").endswith("mục I.3.1, chú thích 1")


def test_a_letter_below_a_number_is_part_of_the_place():
    assert citation("15 chỉ tiêu").endswith("mục I.3.1.A")


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        (Metadata(title="NGHỊ QUYẾT"), "Nghị quyết"),
        (Metadata(title="KẾ HOẠCH phát triển"), "Kế hoạch phát triển"),
        (
            Metadata(place="xã A", term="2020-2025"),
            "Văn kiện Đảng bộ xã A, nhiệm kỳ 2020-2025",
        ),
        (Metadata(place="xã A", issuer="UBND xã A"), "Văn bản của UBND xã A"),
        (Metadata(title="Phụ lục III BẢNG CHỮ"), "Phụ lục III BẢNG CHỮ"),
        (Metadata(title="NGHỊ ĐỊNH Về văn thư"), "Nghị định về văn thư"),
        (Metadata(), "tep.txt"),
    ],
)
def test_a_report_is_named_by_what_is_known_of_it(metadata, name):
    assert name_of(metadata, "tep.txt") == name


def test_only_reports_of_one_name_are_told_apart_by_their_files():
    about = {"title": "", "term": "2020-2025"}
    reports = [
        make_document("a.txt", place="xã A", **about),
        make_document("b.txt", place="xã A", **about, paragraphs=("Lúa tăng.",)),
        make_document("c.txt", place="xã C", **about, paragraphs=("Cá giảm.",)),
    ]
    assert list(names_of(reports).values()) == [
        "Văn kiện Đảng bộ xã A, nhiệm kỳ 2020-2025 (a.txt)",
        "Văn kiện Đảng bộ xã A, nhiệm kỳ 2020-2025 (b.txt)",
        "Văn kiện Đảng bộ xã C, nhiệm kỳ 2020-2025",
    ]
