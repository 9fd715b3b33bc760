"""Every sentence is invented; each shows one way in which reports state values."""

from __future__ import annotations

import time

import pytest

from indexer.facts.extract import find_facts
from indexer.indicators import load_indicators
from indexer.models import FactKind
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from tests.factories.facts import PLANS, RESULTS, facts_in, report, told

PAST = ("2015-01-01", "2020-12-31")
COMING = ("2020-01-01", "2025-12-31")


def period_of(fact):
    return (fact.period.start, fact.period.end)


def test_a_fall_has_its_start_its_end_its_target_and_its_share():
    text = (
        "Tỷ lệ hộ nghèo giảm từ 9,4% đầu năm 2016 xuống còn 2,1% cuối năm 2020"
        " (chỉ tiêu NQ dưới 3%), đạt 110%NQ."
    )
    facts = facts_in(text)
    assert [fact.kind.value for fact in facts] == [
        "baseline",
        "result",
        "target",
        "share_of_target",
    ]
    assert {fact.name for fact in facts} == {"tỷ lệ hộ nghèo"}
    assert {fact.indicator for fact in facts} == {"ty-le-ho-ngheo"}
    assert [period_of(fact)[1] for fact in facts] == ["2016-01-01", *["2020-12-31"] * 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mở 12 lớp nghề cho 300 học viên, đưa 15 lao động đi làm việc ở nước ngoài.",
            [
                ("12", "mở lớp nghề", "result"),
                ("300", "học viên", "result"),
                ("15", "đưa lao động đi làm việc ở nước ngoài", "result"),
            ],
        ),
        (
            "Có 21 doanh nghiệp, 3 hợp tác xã.",
            [("21", "doanh nghiệp", "result"), ("3", "hợp tác xã", "result")],
        ),
        (
            "Hộ nghèo còn 2,4%, hộ cận nghèo 3,2%.",
            [("2.4", "hộ nghèo", "result"), ("3.2", "hộ cận nghèo", "result")],
        ),
        (
            "Lực lượng dân quân tự vệ tăng lên 1,9% dân số.",
            [("1.9", "lực lượng dân quân tự vệ", "result")],
        ),
        (
            "Đàn bò tăng 12%, thấp hơn kế hoạch (15%).",
            [("12", "đàn bò", "change"), ("15", "đàn bò", "target")],
        ),
        (
            "Hiện có 12/20 trường đạt chuẩn quốc gia, tăng 4 trường so với đầu nhiệm kỳ.",
            [
                ("12", "trường đạt chuẩn quốc gia", "result"),
                ("4", "trường đạt chuẩn quốc gia", "change"),
            ],
        ),
        (
            "Số cơ sở may đều tăng, bình quân 1,3 lần so với năm 2016.",
            [("1.3", "số cơ sở may", "change")],
        ),
        ("Giải ngân vượt 12% so với kế hoạch.", []),
        ("Thanh niên dưới 35 tuổi và khách sạn 3 sao được khuyến khích.", []),
    ],
)
def test_values_have_the_words_of_what_they_measure(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        (
            "Giá trị sản xuất tăng 12%/năm, trong đó: chăn nuôi tăng 4%/năm; trồng trọt giảm 2%.",
            ["", "giá trị sản xuất", "giá trị sản xuất"],
        ),
        (
            "Tỷ lệ hộ dùng nước sạch ở đô thị đạt 99%, nông thôn 93%.",
            ["", "tỷ lệ hộ dùng nước sạch ở đô thị"],
        ),
        ("Kết nạp 40 đảng viên (nữ 18 đảng viên).", ["", "kết nạp đảng viên"]),
        ("Kiểm tra 12 tổ chức và 30 đảng viên.", ["", "kiểm tra"]),
        ("Cầu Bến Đá dài 90 m, kinh phí 12 tỷ đồng.", ["", "Cầu Bến Đá dài"]),
    ],
)
def test_parts_know_the_whole(text, parents):
    assert [fact.parent for fact in facts_in(text)] == parents


def test_a_part_never_gets_the_key_of_the_whole():
    whole, part = facts_in("Tỷ lệ hộ nghèo còn 4%, trong đó hộ người dân tộc chiếm 31%.")
    assert whole.indicator == "ty-le-ho-ngheo"
    assert part.indicator != whole.indicator


def test_items_under_a_colon_have_their_own_year_and_one_name():
    facts = facts_in("Doanh thu: Năm 2017: 14 tỷ đồng; Năm 2018: 19 tỷ đồng.")
    assert [fact.name for fact in facts] == ["doanh thu", "doanh thu"]
    assert [fact.period.start for fact in facts] == ["2017-01-01", "2018-01-01"]


def test_a_year_goes_on_until_the_semicolon_and_no_further():
    facts = facts_in("Năm 2018 trồng 40 ha keo, 12 ha quế; có 9 vườn ươm.")
    assert [fact.period.start for fact in facts] == ["2018-01-01", "2018-01-01", PAST[0]]
    assert [fact.period.explicit for fact in facts] == [True, True, False]


def test_what_is_compared_with_is_not_the_time():
    fact = facts_in("Sản lượng mật ong gấp 1,7 lần năm 2014.")[0]
    assert (fact.kind, fact.direction, period_of(fact)) == (FactKind.CHANGE, "tăng", PAST)


def test_plans_are_targets_of_the_coming_term():
    text = "(1) Giá trị sản xuất tăng bình quân 10%/năm.\n(2) Đến năm 2025 hộ nghèo còn dưới 1%."
    growth, poverty = facts_in(text, PLANS)
    assert (growth.kind, growth.direction, period_of(growth)) == (FactKind.TARGET, "tăng", COMING)
    assert (poverty.kind, poverty.quantity.qualifier) == (FactKind.TARGET, "dưới")
    assert poverty.period.end == "2025-12-31"


def test_a_fact_of_the_past_stays_a_result_among_plans():
    text = "Năm 2019 có 12 trường đạt chuẩn; phấn đấu đến năm 2025 có 18 trường đạt chuẩn."
    assert [fact.kind.value for fact in facts_in(text, PLANS)] == ["result", "target"]


def test_a_target_may_have_a_lower_bound_with_parts_behind_it():
    text = "Tỷ lệ lao động qua đào tạo đạt từ 60% trở lên (trong đó có chứng chỉ 20%)."
    assert [fact.kind.value for fact in facts_in(text, PLANS)] == ["target", "target"]


def test_the_place_is_the_commune_that_the_statement_names():
    facts = facts_in("Xã Bình Đông còn 12 hộ nghèo; phường An Thới có 4 hộ; có 9 hộ thoát nghèo.")
    assert [fact.place for fact in facts] == ["xã Bình Đông", "phường An Thới", "thị xã Cồn Sậy"]


def test_a_note_without_a_subject_takes_it_from_the_sentence_that_calls_it():
    text = (
        "Giá trị thu được trên một đơn vị diện tích tiếp tục tăng[footnoteRef:1]."
        " [1:  95 triệu đồng/ha đất vườn.]"
    )
    fact = facts_in(text)[-1]
    assert fact.parent == "giá trị thu được trên một đơn vị diện tích"


def test_a_report_of_one_year_speaks_of_the_year_in_its_headings():
    raw = read_text(
        "BÁO CÁO\nTình hình kinh tế năm 2022, nhiệm vụ năm 2023\n\nI. KẾT QUẢ NĂM 2022\n"
        "Doanh thu đạt 5 tỷ đồng.\nII. NHIỆM VỤ NĂM 2023\nDoanh thu đạt 6 tỷ đồng.\n"
    )
    facts = find_facts(build_document(raw, "a.txt", "ab" * 32), load_indicators())
    read = [(fact.kind.value, fact.period.start) for fact in facts]
    assert read == [("result", "2022-01-01"), ("target", "2023-01-01")]


def test_all_spans_lie_in_the_text_of_the_report():
    text = "Mở 12 lớp cho 300 học viên (NQ 280 học viên); thu 1,5 tỷ đồng, đạt 102% kế hoạch."
    document = report(text)
    for fact in find_facts(document, load_indicators()):
        assert fact.quote.of(document.text) == text
        assert fact.quote.holds(fact.clause)
        assert fact.clause.holds(fact.quantity.span)
        assert fact.quantity.number.of(document.text)[0].isdigit()


@pytest.mark.parametrize(
    "text",
    [
        ", ".join(f"hộ nghèo xã {at} còn {at} hộ" for at in range(1, 2000)),
        "so với " * 8000 + "5 hộ nghèo.",
        "(" * 3000 + " 5 hộ " + ")" * 3000,
        "chỉ tiêu của " * 4000 + "5%.",
        "a: " * 8000 + "5 hộ.",
    ],
)
def test_endless_sentences_are_read_in_time(text):
    document = report(text)
    started = time.perf_counter()
    find_facts(document, load_indicators())
    assert time.perf_counter() - started < 5


def keys(text, heading=RESULTS):
    return [(str(one.quantity.value), one.indicator, one.kind) for one in facts_in(text, heading)]


def test_a_rate_that_describes_what_is_counted_is_none_of_the_place():
    count, rate = facts_in("Toàn thị xã còn 12 ấp có tỷ lệ hộ nghèo trên 25%.", PLANS)
    assert (count.kind, rate.kind) == (FactKind.RESULT, FactKind.RESULT)
    assert rate.name == "ấp có tỷ lệ hộ nghèo"
    assert rate.indicator != "ty-le-ho-ngheo"


def test_what_stands_behind_a_share_is_its_base():
    text = "Nâng tổng số đảng viên của Thị xã lên 1.930 đảng viên, chiếm 2,9% dân số."
    assert keys(text)[-1][1] == "ty-le-dang-vien-so-voi-dan-so"


def test_a_rate_of_fall_that_is_left_is_the_level():
    text = "- Tỷ lệ giảm hộ nghèo đến cuối năm 2025 còn dưới 2%."
    assert keys(text, PLANS) == [("2", "ty-le-ho-ngheo", FactKind.TARGET)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toàn thị xã có 45 doanh nghiệp, 7 hợp tác xã.", ["so-doanh-nghiep", "so-hop-tac-xa"]),
        ("Kết nạp 45 hội viên, có 7 đảng viên.", ["ket-nap-hoi-vien", "dang-vien"]),
        ("Thành lập mới 45 doanh nghiệp.", ["so-doanh-nghiep-thanh-lap-moi"]),
    ],
)
def test_a_bare_noun_is_the_stock_only_where_there_are_so_many(text, expected):
    assert [indicator for _, indicator, _ in keys(text)] == expected


def test_a_count_without_a_noun_has_that_of_its_indicator():
    (fact,) = facts_in("Số doanh nghiệp tăng lên 418.")
    assert fact.quantity.unit == "doanh nghiệp"


def test_an_item_with_its_cost_in_brackets_holds_both():
    text = "Có 2 dự án gồm: (1) Dự án Chợ An Phú (12 tỷ đồng), (2) Dự án Bến xe (8 tỷ đồng)."
    document = report(text)
    *_, last = find_facts(document, load_indicators())
    assert last.name == "dự án Bến xe"
    assert last.clause.of(document.text) == "Dự án Bến xe (8 tỷ đồng)"


def test_a_lower_bound_among_plans_is_a_target():
    (fact,) = facts_in("- Tỷ lệ lao động qua đào tạo đạt từ 70% trở lên.", PLANS)
    assert (fact.kind, fact.quantity.qualifier) == (FactKind.TARGET, "trở lên")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Xã Phú Lâm có 350 hộ nghèo, xã Tân Hòa có 120 hộ.",
            ["xã Phú Lâm", "xã Tân Hòa"],
        ),
        (
            "Tỷ lệ hộ nghèo xã Phú Lâm là 5%; xã Tân Hòa 3%; toàn xã là 4%.",
            ["xã Phú Lâm", "xã Tân Hòa", "thị xã Cồn Sậy"],
        ),
        ("Có phường Một có 5 trường, phường Hai có 7 trường.", ["phường Một", "phường Hai"]),
        ("Xã Phú Lâm có 350 hộ nghèo, 120 hộ cận nghèo.", ["xã Phú Lâm", "xã Phú Lâm"]),
        (
            "Xã Phú Lâm: 350 hộ nghèo; 120 hộ cận nghèo; xã Tân Hòa: 40 hộ nghèo.",
            ["xã Phú Lâm", "xã Phú Lâm", "xã Tân Hòa"],
        ),
        (
            "Toàn thị xã có 350 hộ nghèo (xã Phú Lâm 120 hộ), 5 trường đạt chuẩn.",
            ["thị xã Cồn Sậy", "xã Phú Lâm", "thị xã Cồn Sậy"],
        ),
        ("Tại xã Phú Lâm, toàn xã có 350 hộ nghèo.", ["xã Phú Lâm"]),
        ("Xây dựng 12 cây cầu tại xã Phú Lâm, 5 trường học.", ["xã Phú Lâm", "thị xã Cồn Sậy"]),
        ("Xã Phú Lâm hỗ trợ 12 căn nhà cho xã Tân Hòa.", []),
    ],
)
def test_the_nearest_place_before_a_value_governs_it(text, places):
    assert [fact.place for fact in facts_in(text)] == places


def test_of_an_endless_sentence_the_first_values_are_kept():
    text = ", ".join(f"hộ nghèo ấp {at} còn {at} hộ" for at in range(1, 400)) + "."
    facts = facts_in(text)
    assert len(facts) == 300
    assert facts[-1].quantity.value == 300
