"""Reports that are nearly the same: found by sketches, compared word by word."""

from __future__ import annotations

from time import perf_counter

import pytest

from indexer.versions import NEAR, compare, near_pairs, sketch

LINES = [
    f"Chỉ tiêu thứ {n}: sản lượng đạt {n * 7} tấn, bằng {n + 50}% kế hoạch." for n in range(60)
]
TEXT = "\n".join(LINES)
OTHER = "\n".join(
    f"Xã {n} có {n * 3} hộ nuôi nghêu ở bãi bồi ven biển phía đông." for n in range(60)
)
LATER = TEXT.replace("đạt 70 tấn", "đạt 71 tấn") + "\nKiến nghị tỉnh hỗ trợ."


def test_a_later_draft_is_near_and_what_differs_is_said():
    assert near_pairs({"a": sketch(TEXT), "b": sketch(LATER)}) == [("a", "b")]
    found = compare(TEXT, LATER)
    assert NEAR < found.share < 1
    shown = [(each.before, each.after) for each in found.differences]
    assert shown == [("70", "71"), ("", "Kiến nghị tỉnh hỗ trợ.")]


def test_spaces_and_capitals_make_no_difference():
    found = compare(TEXT, TEXT.replace(" ", "  ").upper())
    assert (found.share, found.count) == (1.0, 0)


def test_reports_of_other_words_are_not_near():
    half = "\n".join([*LINES[:30], *OTHER.split("\n")[:30]])
    assert near_pairs({"a": sketch(TEXT), "b": sketch(OTHER)}) == []
    assert compare(TEXT, half).share < NEAR


def test_only_pairs_of_the_new_ones_are_asked_for():
    sketches = {name: sketch(TEXT) for name in "abc"}
    assert near_pairs(sketches, ["b"]) == [("a", "b"), ("b", "c")]
    assert near_pairs(sketches, []) == []


@pytest.mark.parametrize(("before", "after", "share"), [("", "", 1.0), ("tôm", "", 0.0)])
def test_texts_of_nothing_can_be_compared(before, after, share):
    assert compare(before, after).share == share


def test_a_sign_or_a_comma_in_a_number_is_a_difference():
    found = compare("Tăng 2,5 lần\nGiảm -3", "Tăng 25 lần\nGiảm 3")
    assert [(each.before, each.after) for each in found.differences] == [("2,5", "25"), ("-3", "3")]


def test_a_phrase_of_every_report_makes_no_pairs():
    same = {f"{n:03}": sketch("cộng hòa xã hội") for n in range(100)}
    assert near_pairs(same) == []


def test_long_reports_of_equal_rows_are_compared_in_bounded_time():
    rows = "\n".join(["0 0 0", "1 0 0"] * 5_000)
    started = perf_counter()
    found = compare(rows, rows.replace("1 0 0\n0", "0\n1 0 0"))
    assert perf_counter() - started < 20
    assert 0 < found.share < 1
