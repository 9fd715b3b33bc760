"""Every question is invented; each stands for one way in which Vietnamese asks."""

from __future__ import annotations

import pytest

from search_app.answering.wants import REACHED, TARGETS, AnswerType, Basis, Slot, read_wants
from search_app.understand import Knowledge
from tests.factories.questions import meant

NEWEST = "2020"
ANY_KIND = frozenset()


def wants(text, *, indicator=False):
    return read_wants(meant(text), NEWEST, indicator=indicator)


def slots(text):
    """Return kind and year of each slot: R is reached, T aimed at, - either."""
    names = {ANY_KIND: "-", REACHED: "R", TARGETS: "T"}
    return " ".join(
        names[slot.kinds] + (slot.period.end[:4] if slot.period else "")
        for slot in wants(text).slots
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tỷ lệ thất nghiệp của Gò Lác là bao nhiêu phần trăm?", AnswerType.PERCENT),
        ("Có mấy % trẻ em được tiêm chủng?", AnswerType.PERCENT),
        ("Cây xanh chiếm bao nhiêu phần trăm diện tích?", AnswerType.PERCENT),
        ("Đã chi bao nhiêu tỷ đồng xây trường học?", AnswerType.MONEY),
        ("Cầu Kênh Cát trị giá bao nhiêu?", AnswerType.MONEY),
        ("Kinh phí sửa bến đò là bao nhiêu?", AnswerType.MONEY),
        ("Người trồng mía được hỗ trợ bao nhiêu tiền?", AnswerType.MONEY),
        ("Quỹ khuyến học vận động được mấy triệu?", AnswerType.MONEY),
        ("Có bao nhiêu trạm y tế xây mới?", AnswerType.COUNT),
        ("Gò Lác có mấy trường mầm non?", AnswerType.COUNT),
        ("Bao nhiêu thanh niên nhập ngũ năm 2018?", AnswerType.COUNT),
        ("Mỗi năm trồng bao nhiêu cây xanh?", AnswerType.COUNT),
        ("Diện tích trồng dừa là bao nhiêu?", AnswerType.AMOUNT),
        ("Chiều dài đê bao hiện nay bao nhiêu?", AnswerType.AMOUNT),
        ("So sánh thu ngân sách của Gò Lác và Bàu Trâm", AnswerType.AMOUNT),
        ("Bàu Trâm hay Gò Lác có nhiều trường học hơn?", AnswerType.AMOUNT),
        ("Gò Lác xếp thứ mấy về chuyển đổi số?", AnswerType.RANK),
        ("Chuyển đổi số đứng hạng bao nhiêu?", AnswerType.RANK),
        ("Trạm bơm khánh thành khi nào?", AnswerType.WHEN),
        ("Bến đò hoạt động từ năm nào?", AnswerType.WHEN),
        ("Ngày nào khởi công chợ nổi?", AnswerType.WHEN),
        ("Bao giờ cầu Kênh Cát thông xe?", AnswerType.WHEN),
        ("Ai là chủ tịch huyện Bàu Trâm?", AnswerType.WHO),
        ("Bí thư Huyện ủy tên là gì?", AnswerType.WHO),
        ("Nghệ nhân nào dệt tấm chiếu dài nhất?", AnswerType.WHO),
        ("Chợ nổi họp ở đâu?", AnswerType.WHERE),
        ("Xã nào về đích nông thôn mới đầu tiên?", AnswerType.WHERE),
        ("Trại giống đặt tại đâu?", AnswerType.WHERE),
        ("Nghị quyết nào nói về phát triển cây dừa?", AnswerType.DOCUMENT),
        ("Quyết định số mấy phê duyệt quy hoạch?", AnswerType.DOCUMENT),
        ("Căn cứ văn bản nào để sáp nhập ấp?", AnswerType.DOCUMENT),
        ("Kế hoạch số bao nhiêu về chuyển đổi số?", AnswerType.DOCUMENT),
        ("Những sản phẩm nào được công nhận OCOP?", AnswerType.LIST),
        ("Kể tên các làng nghề của Gò Lác", AnswerType.LIST),
        ("Hội thi gồm những gì?", AnswerType.LIST),
        ("Ba khâu đột phá nào được chọn?", AnswerType.LIST),
        ("Chợ nổi đã có điện chưa?", AnswerType.YES_NO),
        ("Huyện có nhà máy nước không?", AnswerType.YES_NO),
        ("Có phải Bàu Trâm đã thoát nghèo không?", AnswerType.YES_NO),
        ("Vì sao diện tích mía giảm?", AnswerType.CAUSE),
        ("Do đâu chợ nổi vắng khách?", AnswerType.CAUSE),
        ("Nguyên nhân của tình trạng sạt lở bờ sông", AnswerType.CAUSE),
        ("Huyện rút ra bài học gì?", AnswerType.LESSON),
        ("Hạn chế trong quản lý đất đai", AnswerType.SHORTCOMING),
        ("Công tác cán bộ còn vướng ở khâu nào?", AnswerType.SHORTCOMING),
        ("Giải pháp phát triển du lịch miệt vườn", AnswerType.SOLUTION),
        ("Làm thế nào để giảm rác thải nhựa?", AnswerType.SOLUTION),
        ("Cần làm gì để giữ chân lao động trẻ?", AnswerType.SOLUTION),
        ("Dân vận khéo là gì?", AnswerType.DEFINITION),
        ("OCOP viết tắt của từ gì?", AnswerType.DEFINITION),
        ("Công tác thi đua được tiến hành thế nào?", AnswerType.STATEMENT),
        ("phát triển vùng mía nguyên liệu", AnswerType.KEYWORDS),
        ("tỷ lệ lao động có việc làm", AnswerType.KEYWORDS),
    ],
)
def test_how_a_question_asks_says_what_would_answer_it(text, kind):
    assert wants(text).type is kind


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Diện tích trồng dừa là bao nhiêu?", "-"),
        ("Bao nhiêu thanh niên nhập ngũ năm 2018?", "-2018"),
        ("Hiện nay chiều dài đê bao là bao nhiêu?", "R"),
        ("Đến nay đã xây được bao nhiêu bến đò?", "R"),
        ("Chỉ tiêu sản lượng mía là bao nhiêu?", "T"),
        ("Phấn đấu đến năm 2025 có bao nhiêu hợp tác xã?", "T2025"),
        ("Đến năm 2025 có bao nhiêu hợp tác xã?", "T2025"),
        ("Nhiệm kỳ tới đặt ra bao nhiêu trường đạt chuẩn?", "T"),
        ("Sản lượng mía năm 2018 và chỉ tiêu năm 2025?", "R2018 T2025"),
        ("Kết quả và mục tiêu về số trường đạt chuẩn là bao nhiêu?", "R T"),
        ("Năm 2016 và năm 2018 kết nạp bao nhiêu đoàn viên?", "R2016 R2018"),
        ("Có bao nhiêu chỉ tiêu hoàn thành?", "-"),
    ],
)
def test_what_was_reached_and_what_is_aimed_at_are_told_apart(text, wanted):
    assert slots(text) == wanted


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Có bao nhiêu trạm y tế xây mới?", "trạm"),
        ("Đến nay còn bao nhiêu hộ chưa có điện?", "hộ"),
        ("Năm 2018 kết nạp mấy đoàn viên?", "đoàn viên"),
        ("Diện tích trồng dừa là bao nhiêu?", ""),
        ("Trạm bơm khánh thành khi nào?", ""),
    ],
)
def test_what_is_counted_stands_behind_the_question_word(text, noun):
    found = wants(text)
    assert found.noun.startswith(noun)
    assert bool(found.noun) == bool(noun)
    assert not noun or text[found.noun_at :].startswith(noun)


@pytest.mark.parametrize(
    ("text", "basis", "yearly"),
    [
        ("Giá trị sản xuất tăng bình quân bao nhiêu phần trăm mỗi năm?", Basis.CHANGE, True),
        ("Diện tích lúa giảm bao nhiêu héc-ta?", Basis.CHANGE, False),
        ("Diện tích lúa giảm còn bao nhiêu héc-ta?", Basis.ANY, False),
        (
            "Thu ngân sách đạt bao nhiêu phần trăm so với nghị quyết?",
            Basis.SHARE_OF_TARGET,
            False,
        ),
        ("Thu ngân sách bằng mấy % kế hoạch?", Basis.SHARE_OF_TARGET, False),
        ("Mỗi năm trồng bao nhiêu cây xanh?", Basis.ANY, True),
        ("Thu ngân sách là bao nhiêu?", Basis.ANY, False),
    ],
)
def test_how_a_value_is_reckoned_is_read(text, basis, yearly):
    assert (wants(text).basis, wants(text).yearly) == (basis, yearly)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ai là chủ tịch huyện Bàu Trâm?", True),
        ("Nghệ nhân nào dệt tấm chiếu dài nhất?", True),
        ("Người ký báo cáo là ai?", True),
        ("Ai chưa mua bảo hiểm y tế?", False),
        ("Chợ nổi họp ở đâu?", False),
    ],
)
def test_only_some_questions_want_the_name_of_a_person(text, people):
    assert wants(text).people is people


def test_totals_comparisons_and_failures_are_noticed():
    assert wants("Tổng số đảng viên hiện có là bao nhiêu?").total
    assert wants("Chỉ tiêu nào chưa đạt?").negative
    plain = wants("Có bao nhiêu đảng viên?")
    assert not (plain.total or plain.negative)


def test_a_figure_that_nothing_asks_for_is_only_likely_meant():
    assert wants("tỷ lệ đô thị hóa năm 2020").vague
    assert wants("Tỷ lệ hộ nghèo ra sao?").type is AnswerType.AMOUNT
    assert not wants("Tỷ lệ hộ nghèo là bao nhiêu?").vague
    assert not wants("Phong trào đọc sách ra sao?").vague


def test_a_named_indicator_makes_a_vague_question_one_for_a_figure():
    text = "Rừng phòng hộ ra sao?"
    assert wants(text).type is AnswerType.STATEMENT
    assert wants(text, indicator=True).type is AnswerType.AMOUNT


def test_without_a_newest_report_no_year_lies_ahead():
    found = read_wants(meant("Có bao nhiêu hợp tác xã vào năm 2025?"))
    assert [slot.kinds for slot in found.slots] == [ANY_KIND]


def test_letter_case_does_not_matter():
    text = "Vì sao diện tích mía giảm?"
    assert wants(text.upper()).type is wants(text).type


def test_places_where_times_stand_are_given():
    text = "Sản lượng mía năm 2018 và chỉ tiêu năm 2025?"
    found = wants(text)
    assert [span.of(text) for span in found.times] == ["năm 2018", "năm 2025"]
    assert [period.end[:4] for period in found.periods] == ["2018", "2025"]


def test_every_question_has_a_slot():
    for text in ("?", "a", "1", "năm 2010, 2011, 2012, 2013, 2014 có bao nhiêu hộ?"):
        found = read_wants(meant(text, Knowledge()))
        assert found.slots
        assert all(isinstance(slot, Slot) for slot in found.slots)


@pytest.mark.parametrize(
    "text",
    [
        "Có bao nhiêu lao động làm việc ổn định?",
        "Quyết định số mấy phê duyệt quy hoạch?",
        "Đã thẩm định bao nhiêu hồ sơ?",
    ],
)
def test_a_word_that_ends_like_a_plan_is_no_plan(text):
    assert "T" not in slots(text)


def test_the_year_with_which_something_is_compared_is_not_asked_for():
    assert slots("Diện tích lúa giảm bao nhiêu héc-ta so với năm 2015?") == "-"


def test_what_is_striven_for_is_not_reached():
    assert slots("Phấn đấu đến năm 2025 thu ngân sách đạt bao nhiêu?") == "T2025"
