"""What a report says of itself."""

import pytest

from indexer.metadata import fill_gaps, find_metadata
from indexer.models import BlockKind, Metadata, RawBlock, RawCell
from indexer.outline import outline
from tests.indexer.outlines import PROSE, blocks

HEAD = (
    "ĐẢNG BỘ TỈNH SÔNG TRÀM\tĐẢNG CỘNG SẢN VIỆT NAM",
    "THỊ XÃ GÒ ME\tGò Me, ngày 07 tháng 8 năm 2015",
    "(dự thảo lần 2)",
    "BÁO CÁO CHÍNH TRỊ",
    "của Ban Chấp hành Đảng bộ thị xã Gò Me khóa I trình Đại hội đại biểu Đảng bộ thị xã Gò Me "
    "lần thứ II, nhiệm kỳ 2015 – 2020",
)
SIGNED = ("Nơi nhận:\tT/M BAN CHẤP HÀNH", "\tBÍ THƯ", "\tLê Thị Bưởi")


def found(*lines):
    parts = blocks(*lines)
    return find_metadata(parts, outline(parts))


def test_a_report_names_all_that_is_asked():
    data = found(*HEAD, PROSE, "Tỉnh ủy và tỉnh Sông Tràm quan tâm.", *SIGNED)
    assert data == Metadata(
        title="BÁO CÁO CHÍNH TRỊ " + HEAD[-1],
        issuer="Ban Chấp hành Đảng bộ thị xã Gò Me",
        place="thị xã Gò Me",
        province="tỉnh Sông Tràm",
        term="2015-2020",
        congress="II",
        date="2015-08-07",
        draft="2",
        signer="Lê Thị Bưởi",
    )


def test_what_is_not_said_stays_empty():
    assert found(PROSE, PROSE) == Metadata()


@pytest.mark.parametrize(
    "line", ["Gò Me, ngày 31 tháng 2 năm 2015", "Gò Me, ngày    tháng    năm 2015", "tháng 13"]
)
def test_a_date_that_is_none_stays_empty(line):
    assert found("ĐẢNG BỘ THỊ XÃ GÒ ME", line, "BÁO CÁO CHÍNH TRỊ", PROSE).date == ""


def test_a_month_alone_is_a_date():
    assert found("ĐẢNG BỘ X", "Gò Me, tháng 6 năm 2020", "BÁO CÁO", PROSE).date == "2020-06"


@pytest.mark.parametrize(("said", "congress"), [("nhất", "I"), ("XII", "XII"), ("12", "12")])
def test_the_congress_is_written_as_usual(said, congress):
    title = f"trình Đại hội lần thứ {said}, nhiệm kỳ 2015-2020"
    assert found("BÁO CÁO CHÍNH TRỊ", title, PROSE).congress == congress


def test_term_and_congress_may_stand_apart():
    data = found("ĐẢNG BỘ X", "NHIỆM KỲ 2015-2020", "BÁO CÁO", "trình Đại hội lần thứ IV", PROSE)
    assert (data.term, data.congress) == ("2015-2020", "IV")


def test_without_a_title_the_latest_congress_named_counts():
    text = "Đại hội lần thứ II, nhiệm kỳ 2010-2015 và Đại hội lần thứ III, nhiệm kỳ 2015-2020."
    data = found("Phần thứ nhất", "KẾT QUẢ", text)
    assert (data.term, data.congress) == ("2015-2020", "III")


def test_a_signature_in_one_cell_of_a_table_is_read():
    cells = (RawCell("Nơi nhận: - Lưu"), RawCell("T/M BAN CHẤP HÀNH PHÓ BÍ THƯ Lê Thị Bưởi"))
    table = RawBlock(BlockKind.TABLE_ROW, "", cells=cells, table=1)
    data = found("I- A", PROSE, table)
    assert (data.signer, data.issuer) == ("Lê Thị Bưởi", "Ban chấp hành")


def test_the_names_of_receivers_are_no_signer():
    assert found("I- A", PROSE, "Nơi nhận:", "Lê Thị Bưởi").signer == ""


def test_the_manifest_always_wins():
    data = fill_gaps(Metadata(place="thị xã A", term="2015-2020"), {"place": "xã B", "date": ""})
    assert (data.place, data.term) == ("xã B", "2015-2020")
    assert fill_gaps(Metadata(), {}) == Metadata()


MOTTO = "\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
DECREE = (f"CHÍNH PHỦ{MOTTO}", "Số: 7/2024/NĐ-CP\tHà Nội, ngày 1 tháng 2 năm 2024", "NGHỊ ĐỊNH")


@pytest.mark.parametrize(
    ("lines", "place", "province", "issuer"),
    [
        (
            ("TỈNH ỦY SÔNG TRÀM", "HUYỆN ỦY CỒN MÂY", "Số 125-BC/HU", "BÁO CÁO", "Công tác năm"),
            "huyện Cồn Mây",
            "tỉnh Sông Tràm",
            "Huyện ủy Cồn Mây",
        ),
        ((*DECREE, "Về cán bộ xã Nậm Lau", "CHÍNH PHỦ", "Căn cứ Luật A;"), "", "", "Chính phủ"),
        (
            (f"ỦY BAN NHÂN DÂN{MOTTO}", "TỈNH SÔNG TRÀM", "KẾ HOẠCH", "Trồng rừng", PROSE),
            "tỉnh Sông Tràm",
            "",
            "Ủy ban nhân dân tỉnh Sông Tràm",
        ),
        (
            (f"UBND TỈNH SÔNG TRÀM{MOTTO}", "SỞ NỘI VỤ", "Số: 3/SNV", "BÁO CÁO", "Biên chế"),
            "tỉnh Sông Tràm",
            "",
            "Sở Nội vụ tỉnh Sông Tràm",
        ),
        (
            ("Phụ lục II", "DANH SÁCH", "(Kèm theo Quyết định số 5/QĐ-UBND của UBND xã Bãi Sậy)"),
            "xã Bãi Sậy",
            "",
            "UBND xã Bãi Sậy",
        ),
        (
            ("QUYẾT ĐỊNH", "CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 115/2024/QĐ-TTG", "VỀ VIỆC A", "Căn cứ B;"),
            "",
            "",
            "Thủ tướng Chính phủ",
        ),
        (
            (
                f"ỦY BAN NHÂN DÂN HUYỆN{MOTTO}",
                "Số: 1/BC\tCồn Mây, ngày 2 tháng 3 năm 2024",
                "BÁO CÁO",
            ),
            "huyện Cồn Mây",
            "",
            "Ủy ban nhân dân huyện Cồn Mây",
        ),
    ],
)
def test_the_letterhead_says_who_issues_for_which_place(lines, place, province, issuer):
    data = found(*lines)
    assert (data.place, data.province, data.issuer) == (place, province, issuer)


@pytest.mark.parametrize(
    "line",
    ["Số xã đạt chuẩn tại xã Nậm Lau là 9.", "Huyện Cồn Mây, huyện Cồn Mây, tỉnh Sông Tràm."],
)
def test_what_the_text_says_in_passing_is_no_place(line):
    data = found("I. KẾT QUẢ", line, line, line, PROSE)
    assert (data.place, data.province) == ("", "")


def test_a_table_row_is_no_place():
    cells = (RawCell("Số xã đạt chuẩn"), RawCell("xã"), RawCell("9"))
    row = RawBlock(BlockKind.TABLE_ROW, "", cells=cells, table=1)
    assert found("KẾ HOẠCH", "Nông thôn mới", *[row] * 5).place == ""


def test_a_report_that_speaks_of_its_own_party_again_and_again_has_its_place():
    line = "Đảng bộ huyện Cồn Mây lãnh đạo Nhân dân huyện Cồn Mây đạt nhiều kết quả trong năm."
    data = found("Phần thứ nhất", "KẾT QUẢ", line, line, line)
    assert (data.place, data.issuer) == ("huyện Cồn Mây", "Đảng bộ huyện Cồn Mây")


def test_a_title_ends_before_the_body_and_what_it_belongs_to():
    assert found(*DECREE, "Về văn thư", "CHÍNH PHỦ", "Căn cứ Luật A;").title == (
        "NGHỊ ĐỊNH Về văn thư"
    )
    annex = found("Phụ lục II", "BẢNG CHỮ VIẾT TẮT", "(Kèm theo Nghị định số 7/2024/NĐ-CP)", PROSE)
    assert annex.title == "Phụ lục II BẢNG CHỮ VIẾT TẮT"
