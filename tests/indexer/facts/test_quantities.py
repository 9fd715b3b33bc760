"""Every example is invented; each names one way in which reports write numbers."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from indexer.facts.quantities import find_quantities, parse_number
from indexer.models import Quantity, Shape


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, [one.span.of(text) for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12.345", "12345"),
        ("1.234.567", "1234567"),
        ("3.8", "3.8"),
        ("3.85", "3.85"),
        ("52,418", "52.418"),
        ("1.234,56", "1234.56"),
        ("0.125", "0.125"),
        ("1,234,567", "1234567"),
        ("06", "6"),
    ],
)
def test_points_part_thousands_and_commas_part_decimals(written, value):
    assert parse_number(written) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "covered", "unit", "per"),
    [
        ("vốn 41.026 tỉ đồng", "41.026 tỉ đồng", "tỷ đồng", ""),
        ("quyên góp 340 tr.đồng", "340 tr.đồng", "triệu đồng", ""),
        ("quyên góp 340 tr.đ", "340 tr.đ", "triệu đồng", ""),
        ("giá 120.000đ", "120.000đ", "đồng", ""),
        ("vốn 12 nghìn tỷ đồng", "12 nghìn tỷ đồng", "nghìn tỷ đồng", ""),
        ("đón 1,2 triệu lượt khách", "1,2 triệu lượt khách", "triệu lượt khách", ""),
        ("lãi 3,8 tỷ.", "3,8 tỷ", "tỷ", ""),
        ("thu 52 triệu đồng/người/năm", "52 triệu đồng/người/năm", "triệu đồng", "người/năm"),
        ("đạt 8,5%/năm", "8,5%/năm", "%", "năm"),
        ("đạt 8,5% năm", "8,5% năm", "%", "năm"),
        ("đạt 8,5% năm 2019", "8,5%", "%", ""),
        ("cây xanh 2m2/người", "2m2/người", "m2", "người"),
        ("rộng 1.250 m²", "1.250 m²", "m2", ""),
        ("dài 871,4km", "871,4km", "km", ""),
        ("công suất 2175cv", "2175cv", "CV", ""),
        ("có 25 bác sĩ/10.000 dân", "25 bác sĩ/10.000 dân", "bác sĩ", "10.000 dân"),
        ("có 28 giường bệnh/1 vạn dân", "28 giường bệnh/1 vạn dân", "giường bệnh", "vạn dân"),
        ("thấp hơn 1,9 điểm phần trăm", "1,9 điểm phần trăm", "điểm %", ""),
        ("gấp 1,85 lần so với", "1,85 lần", "lần", ""),
        ("phủ kín 7 xã/phường", "7 xã", "xã", ""),
    ],
)
def test_units_have_one_spelling_and_know_what_they_are_divided_by(text, covered, unit, per):
    found = only(text)
    assert (found.span.of(text), found.unit, found.per) == (covered, unit, per)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("tạo việc làm cho 7.310 lao động tại chỗ", "lao động"),
        ("còn 412 hộ nghèo", "hộ"),
        ("xây 12 nhà; sửa", "nhà"),
        ("thu hút 17 dự án đầu tư", "dự án"),
        ("hoàn thành 15 chỉ tiêu", "chỉ tiêu"),
        ("mở 02 Trung tâm ngoại ngữ", "trung tâm"),
        ("luân chuyển 28 đ/c", "đồng chí"),
        ("giới thiệu 28 đồng chí", "đồng chí"),
        ("kỷ luật 02 tổ chức đảng", "tổ chức"),
        ("nâng cấp 17 tuyến đường", "tuyến đường"),
        ("có 06 sản phẩm OCOP", "sản phẩm"),
        ("củng cố 20 HTX", "HTX"),
        ("KẾT QUẢ Ở 12 XÃ", "xã"),
        ("thành lập 05 Đảng uỷ cơ sở", "đảng ủy"),
        ("đào tạo 9 bác sỹ", "bác sĩ"),
        ("bố trí 290 nền và tái định cư", "nền"),
        ("phát 331 lượt người dự", "lượt người"),
        ("sắp xếp 44 ki-ốt", "ki-ốt"),
    ],
)
def test_the_counted_noun_is_the_unit(text, unit):
    assert only(text).unit == unit


@pytest.mark.parametrize(
    ("text", "value", "whole", "unit"),
    [
        ("có 17/26 trường đạt chuẩn", "17", "26", "trường"),
        ("cả 7/7 xã, phường", "7", "7", "xã"),
        ("đã cấp 21.462 thửa/21.901 thửa đất", "21462", "21901", "thửa"),
        ("kiểm điểm 1.204/2.175 đảng viên", "1204", "2175", "đảng viên"),
        ("tập hợp là 21.450/36.940, chiếm", "21450", "36940", ""),
        ("trên 2/3 tổng số hộ", "2", "3", "hộ"),
    ],
)
def test_ratios_have_a_part_and_a_whole(text, value, whole, unit):
    found = only(text)
    assert found.shape is Shape.RATIO
    assert (found.value, found.other, found.unit) == (Decimal(value), Decimal(whole), unit)


@pytest.mark.parametrize(
    ("text", "value", "end", "unit"),
    [
        ("lãi 350 - 700 triệu đồng/ha", "350", "700", "triệu đồng"),
        ("đạt từ 3 đến 4 sao", "3", "4", "sao"),
        ("từ 15-18 tuổi", "15", "18", "tuổi"),
        ("giảm 5% đến 7%", "5", "7", "%"),
        ("hỗ trợ 5 triệu đồng đến 10 triệu đồng", "5", "10", "triệu đồng"),
    ],
)
def test_ranges_have_two_ends(text, value, end, unit):
    found = only(text)
    assert found.shape is Shape.RANGE
    assert (found.value, found.other, found.unit) == (Decimal(value), Decimal(end), unit)


def test_a_fall_is_two_values_and_no_range():
    found = find_quantities("giảm từ 7,5% đến 3,2%")
    assert [str(one.value) for one in found] == ["7.5", "3.2"]


def test_a_value_before_its_change_has_the_same_unit():
    found = find_quantities("sáp nhập, giảm từ 15 xuống còn 7 xã")
    assert [(str(one.value), one.unit) for one in found] == [("15", "xã"), ("7", "xã")]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("đạt trên 90%", "trên"),
        ("đạt hơn 90%", "hơn"),
        ("cao hơn 5%", ""),
        ("đạt > 90 %", "trên"),
        ("đạt khoảng từ 3-5%", "khoảng"),
        ("ít nhất 2 mô hình", "ít nhất"),
        ("không quá 3 ngày", "không quá"),
        ("từ 80% trở lên", "trở lên"),
        ("80% chi bộ trở lên", "trở lên"),
        ("80%, cấp xã trở lên", ""),
        ("ước đạt 80%", ""),
    ],
)
def test_qualifiers_bound_the_value_and_lie_outside_of_it(text, qualifier):
    found = only(text)
    assert found.qualifier == qualifier
    assert text[found.span.start].isdigit()


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("bình quân mỗi năm giải quyết việc làm cho hơn 3.100 lao động", "năm"),
        ("bình quân 5 năm (không tính điện) tăng 8,2%", "năm"),
        ("hằng năm tăng trên 17%, đạt", "năm"),
        ("kết nạp 120 đảng viên mỗi năm", "năm"),
        ("hàng năm đều họp, kết nạp 120 đảng viên", ""),
        ("đạt 100% chỉ tiêu hàng năm", ""),
        ("Tỷ lệ hộ nghèo giảm bình quân hàng năm 1,2%", "năm"),
        ("hàng năm có 75% trở lên chi bộ khá", ""),
        ("thu nhập bình quân năm 2019 đạt 52 triệu đồng", ""),
    ],
)
def test_yearly_values_are_recognised_within_their_clause(text, per):
    assert find_quantities(text)[-1].per == per


NOT_VALUES = """\
ngày 05/11/2019|17/4/2015|ngày 05 tháng 11 năm 2019|tháng 6/2020|dịp 30/4, 01/5|đường 30/4 xã
giai đoạn 2016-2020|năm 2018 thị xã được công nhận|năm 2016, 2017 và 2018 đạt|5 năm 2021 - 2025
Nghị quyết 31-NQ/TU của|số 205-QĐ/TW|Nghị định 61/2018/NĐ-CP|Chỉ thị 15 của Ban|Chỉ thị 05, các cấp
Kế hoạch số 110 của|Nghị quyết số 18, 19 của|Nghị quyết Trung ương 4, 5 khóa XII|Đề án 06 của
1. Hộ nghèo|(3) Tỷ lệ|2.1. Kinh tế|2.1 Kinh tế|- 3. Xây dựng|gồm (11) Dự án|khóa 12|lần thứ 3
công nghệ 4.0 vào|thứ 7 hàng tuần|Quốc lộ 91C|Quốc lộ 30 đoạn qua xã|ấp 4 xã|khóm 2, 3 và 5
Điều 5 Luật|khoản 2|nhà máy Hải Hà 3, nhà máy|Nông trường 19/5 gắn với|lúc 7 giờ 30|24/7
trong 5 năm|90 năm ngày thành lập|mô hình 5 không 3 sạch|chi bộ 4 tốt|Điện thoại 0903123456
đô thị loại 3|mức độ 3 và mức độ 4|trước 7 năm|ISO 9001:2015|từ năm 2010 đến năm 2015|2019"""


@pytest.mark.parametrize("text", NOT_VALUES.replace("\n", "|").split("|"))
def test_numbers_that_measure_nothing_are_left_out(text):
    assert find_quantities(text) == ()


def test_the_area_that_a_yield_is_divided_by_is_no_value():
    found = find_quantities(
        "Giá trị thu được trên 01 ha đất màu đạt 95 triệu đồng; đã gieo trên 2 ha"
    )
    assert [(str(one.value), one.unit) for one in found] == [("95", "triệu đồng"), ("2", "ha")]


def test_a_year_that_is_measured_is_a_value():
    assert only("trồng được 2015 ha").value == 2015


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("3 | Tỷ lệ hộ nghèo | % | 5 | 4,2 | dưới 3", ["5", "4.2", "3"]),
        ("Xã hội | 7 | Tỷ lệ hộ nghèo | % | 4,2", ["4.2"]),
        ("9 | Xã đạt chuẩn | xã | 2/5 | 5/5", ["2", "5"]),
        ("128", ["128"]),
        ("52,8", ["52.8"]),
    ],
)
def test_cells_of_a_table_are_values_but_row_numbers_are_not(row, values):
    assert [str(one.value) for one in find_quantities(row)] == values


def test_spans_are_in_order_and_hold_their_numbers():
    text = "Có 7/7 xã, 350 - 700 triệu đồng/ha, trên 8,5%/năm; 06 sản phẩm đạt 3 đến 4 sao."
    found = find_quantities(text)
    assert [one.number.of(text) for one in found] == ["7/7", "350 - 700", "8,5", "06", "3 đến 4"]
    assert all(one.span.holds(one.number) for one in found)
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))


@pytest.mark.parametrize("piece", ["1 2 3 ", "1/2/", "1.000.", "5%(", "7 - ", "9 | ", "tr.đ/1 "])
def test_hostile_text_takes_linear_time(piece):
    find_quantities("12 trung tâm")
    began = time.perf_counter()
    find_quantities(piece * 20_000)
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize(
    ("text", "value", "covered"),
    [
        ("tăng trưởng đạt -2,5%", "-2.5", "-2,5%"),
        ("tăng trưởng âm 2,5%", "-2.5", "âm 2,5%"),
        ("Tăng trưởng | % | -2,5 |", "-2.5", "-2,5"),
        ("-2,5 %", "-2.5", "-2,5 %"),
        ("nông nghiệp (-3%)", "-3", "-3%"),
        ("giảm -2%", "2", "2%"),
        ("-5 hộ nghèo ở ấp", "5", "5 hộ"),
        ("ghi âm 5 bài hát", "5", "5 bài hát"),
        ("thu 3 tỷ 200 triệu đồng", "3.2", "3 tỷ 200 triệu đồng"),
        ("thu 1 triệu 50 nghìn đồng", "1.05", "1 triệu 50 nghìn đồng"),
        ("vốn 1,234.5 tỷ đồng", "1234.5", "1,234.5 tỷ đồng"),
        ("nuôi 1 234 con bò", "1234", "1 234 con"),
        ("có 2 000 hộ", "2000", "2 000 hộ"),
        ("ấp 4 200 hộ", "200", "200 hộ"),
        ("năm 2019 350 hộ", "350", "350 hộ"),
        ("lãi 3 tỷ 5 năm qua", "3", "3 tỷ"),
    ],
)
def test_signs_steps_and_spaces_are_part_of_the_number(text, value, covered):
    found = only(text)
    assert (str(found.value), found.span.of(text)) == (value, covered)
    assert found.span.holds(found.number)


@pytest.mark.parametrize(
    "text",
    [
        "vốn 1.23.4 tỷ đồng",
        "vốn 1.234.5 tỷ đồng",
        "tăng 2,5,3%",
        "thu 3 tỷ 200, không đổi",
        "thu 12,5 tỷ 200 triệu đồng",
        "đạt 1 234.",
        "từ 2 000 - 3 000 hộ",
        "có 500/1 000 hộ",
        "lợi nhuận: -3 tỷ đồng",
        "9" * 30 + " hộ",
        "còn 0," + "0" * 40 + "1 %",
    ],
)
def test_a_number_that_may_be_read_in_two_ways_is_left_out(text):
    assert find_quantities(text) == ()
