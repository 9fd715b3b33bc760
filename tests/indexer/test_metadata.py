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


def test_the_manifest_fills_gaps_and_the_file_name_what_is_left():
    data = fill_gaps(
        Metadata(place="thị xã A"), {"place": "B", "date": "2020-01-02"}, "a_2015-2020.txt"
    )
    assert (data.place, data.date, data.term) == ("thị xã A", "2020-01-02", "2015-2020")
    assert fill_gaps(Metadata(), {"term": "2010-2015"}, "a-2015-2020.txt").term == "2010-2015"
    assert fill_gaps(Metadata(), {}, "a.txt") == Metadata()
