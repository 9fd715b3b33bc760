from __future__ import annotations

import pytest

from indexer.models import Span
from search_app.page import (
    LOST_MARK,
    NoteMark,
    clipped,
    excerpt,
    keep_units,
    lines,
    pieces,
    shifted,
    teaser,
)

TEXT = "Tỷ lệ hộ nghèo giảm còn 2,5%, đạt chỉ tiêu."
HOUSEHOLDS = Span(6, 14)


def mark(start: int, end: int | None = None, label: str = "7") -> NoteMark:
    return NoteMark(Span(start, start if end is None else end), 7, label, f"Chú thích {label}")


def shown(found) -> list[str]:
    return [
        f"^{piece.text}" if piece.mark else f"[{piece.text}]" if piece.highlighted else piece.text
        for piece in found
    ]


def test_a_text_without_marks_is_one_piece():
    assert shown(pieces(TEXT)) == [TEXT]


def test_an_empty_text_has_no_pieces():
    assert pieces("") == []


def test_a_highlight_is_a_piece_of_its_own():
    assert shown(pieces(TEXT, [HOUSEHOLDS])) == [
        "Tỷ lệ ",
        "[hộ nghèo]",
        " giảm còn 2,5%, đạt chỉ tiêu.",
    ]


def test_the_pieces_of_a_text_are_the_text():
    found = pieces(TEXT, [HOUSEHOLDS, Span(20, 23)], [mark(14), mark(28)])
    assert "".join(piece.text for piece in found if not piece.mark) == TEXT


def test_a_mark_inside_a_highlight_cuts_it_in_two():
    assert shown(pieces("hộ nghèo", [Span(0, 8)], [mark(2)])) == ["[hộ]", "^7", "[ nghèo]"]


def test_overlapping_highlights_do_not_repeat_text():
    assert shown(pieces("hộ nghèo", [Span(0, 5), Span(3, 8)])) == ["[hộ ng]", "[hèo]"]


def test_a_mark_at_either_end_is_kept():
    assert shown(pieces("hết", (), [mark(0, label="1"), mark(3, label="2")])) == ["^1", "hết", "^2"]


def test_two_notes_at_one_place_are_two_marks():
    found = pieces("hết", (), [mark(3, label="1"), mark(3, label="2")])
    assert shown(found) == ["hết", "^1", "^2"]


def test_a_window_shows_only_what_stands_in_it():
    found = pieces(TEXT, [HOUSEHOLDS], [mark(0), mark(14)], window=Span(3, 14))
    assert shown(found) == ["lệ ", "[hộ nghèo]", "^7"]


def test_a_lost_mark_is_never_printed_as_a_replacement_character():
    found = pieces(f"tỷ đồng{LOST_MARK}; khu vực")
    assert LOST_MARK not in "".join(piece.text for piece in found)
    assert found[1].mark is not None
    assert not found[1].mark.opens


def test_a_lost_mark_that_a_note_claims_carries_its_label():
    found = pieces(f"tỷ đồng{LOST_MARK}.", (), [mark(7, 8, "12.1")])
    assert shown(found) == ["tỷ đồng", "^12.1", "."]


LONG = " ".join(f"từ{number}" for number in range(400))


def test_a_short_text_is_not_shortened():
    assert excerpt(TEXT, [HOUSEHOLDS]) == (Span(0, len(TEXT)),)


@pytest.mark.parametrize("start", [0, 3, 700, 1500, len(LONG) - 6])
def test_an_excerpt_holds_its_highlight_and_begins_and_ends_between_words(start):
    highlight = Span(start, start + 6)
    windows = excerpt(LONG, [highlight])
    assert any(window.holds(highlight) for window in windows)
    for window in windows:
        assert window.start == 0 or LONG[window.start - 1] == " "
        assert window.end == len(LONG) or LONG[window.end] == " "


def test_near_highlights_share_a_window_and_far_ones_do_not():
    assert len(excerpt(LONG, [Span(700, 710), Span(760, 770)])) == 1
    assert len(excerpt(LONG, [Span(300, 310), Span(1500, 1510)])) == 2


def test_windows_never_overlap_and_stand_in_order():
    windows = excerpt(LONG, [Span(at, at + 5) for at in (1500, 50, 300, 900)])
    assert all(a.end < b.start for a, b in zip(windows, windows[1:], strict=False))


def test_a_long_text_without_highlights_shows_its_beginning():
    windows = excerpt(LONG, [])
    assert windows[0].start == 0
    assert windows[-1].end < len(LONG)


def test_highlights_all_over_a_text_leave_it_whole():
    spans = [Span(at, at + 4) for at in range(0, len(LONG) - 4, 100)]
    assert excerpt(LONG, spans) == (Span(0, len(LONG)),)


def test_spans_of_a_part_count_from_its_beginning():
    assert clipped([Span(0, 4), Span(6, 9), Span(20, 22)], Span(2, 8)) == (Span(0, 2), Span(4, 6))
    assert [m.span for m in shifted([mark(1), mark(5), mark(9)], Span(4, 8))] == [Span(1, 1)]


def test_a_letterhead_is_lines_of_columns():
    text = "ĐẠI HỘI\tĐẢNG CỘNG SẢN\n\nLẦN THỨ II"
    assert [[span.of(text) for span in line] for line in lines(text)] == [
        ["ĐẠI HỘI", "ĐẢNG CỘNG SẢN"],
        ["LẦN THỨ II"],
    ]


@pytest.mark.parametrize("text", ["46.028 tỷ đồng", "0,92 %", "1.998 hộ", "19,87 km"])
def test_a_number_stays_with_its_unit(text):
    assert keep_units(f"là {text}.") == f'là <span class="num">{text}</span>.'


@pytest.mark.parametrize("text", ["năm 2020 hộp", "2020-2025", "12/15 chỉ tiêu"])
def test_a_number_without_unit_is_left_alone(text):
    assert keep_units(text) == text


def test_text_around_and_inside_numbers_is_escaped():
    assert keep_units('<b>2 %</b> & "x"') == (
        '&lt;b&gt;<span class="num">2 %</span>&lt;/b&gt; &amp; &#34;x&#34;'
    )


def test_a_teaser_ends_between_words_and_without_comma():
    assert teaser("Gồm các xã, phường và thị trấn", 3) == "Gồm các xã…"
    assert teaser("Gồm các xã", 3) == "Gồm các xã"
