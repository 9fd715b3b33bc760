"""Numbers as a Vietnamese Excel prints them."""

import math

import pytest

from indexer.readers.sheet_numbers import exact, general, printed


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234567.5, "#,##0.0", "1.234.567,5"),
        (0.1234, "0.0%", "12,3%"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (1.5, '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', "1,50"),
        (12, '0" ha"', "12 ha"),
        (1500000, '#,##0.0,," triệu"', "1,5 triệu"),
        (3, "00", "03"),
        (2.5, "0", "3"),
        (-1.5, "0.0", "-1,5"),
        (5.25, "General", "5,25"),
        (0.5, "# ?/?", "0,5"),
        (44196, "dd/mm/yyyy", "31/12/2020"),
        (44196.5, "dd/mm/yyyy hh:mm", "31/12/2020 12:00"),
        (59, "d/m/yy", "28/2/00"),
        (44196, "[$-42A]mmmm yyyy", "tháng 12 2020"),
        (0.4, "hh:mm AM/PM", "09:36 SA"),
        (1e300, "0.00", "1E+300"),
        (-1, "dd/mm/yyyy", "-1"),
        (999.996, "[>=1000]#,##0;0.0", "1000,0"),
        (1234.5, "[>=1000]#,##0;0.0", "1.235"),
        (-0.5, "[>=1000]#,##0;0.0", "-0,5"),
        (-5, "[Red][<0]#,##0;0", "5"),
        (5, "[=0]0;[<10]0.0;0.00", "5,0"),
        (-3, "[>10]0;(0);0.0", "(3)"),
        (3, "[>10]0;(0);0.0", "3,0"),
    ],
)
def test_a_number_is_printed_as_its_format_says(value, code, shown):
    assert printed(value, code) == shown


def test_days_may_count_from_1904():
    assert printed(0, "d/m/yyyy", since_1904=True) == "1/1/1904"


@pytest.mark.parametrize(
    ("value", "shown"), [(2020.0, "2020"), (0.1 + 0.2, "0,3"), (-0.5, "-0,5"), (1e20, "1E+20")]
)
def test_a_number_without_a_format_has_a_decimal_comma(value, shown):
    assert general(value) == shown


@pytest.mark.parametrize("code", ["", ";;;", '"', "[", "0.0.0", "%%%", "E+0", "\\", "#,#,#", "@"])
@pytest.mark.parametrize("value", [0.0, -1.25, 1e-9, math.pi * 1e9])
def test_a_broken_format_raises_nothing(code, value):
    assert isinstance(printed(value, code), str)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234567.891, "#,##0", "1.234.567,891"),
        (-1234.56, "#,##0;(#,##0)", "-1.234,56"),
        (0.12345, "0.0%", "12,345%"),
        (1234567, "#,##0,", "1.234.567"),
        (12.5, "0.00", ""),
        (0.1 + 0.2, "0.0", ""),
        (1500, "#,##0", ""),
        (44196.25, "dd/mm/yyyy", ""),
        (1234567.891234, "General", "1234567,891234"),
        (1e300, "0.00", ""),
        (0.5, ";;;", ""),
    ],
)
def test_the_exact_number_is_told_where_not_all_of_it_is_printed(value, code, shown):
    assert exact(value, code) == shown
