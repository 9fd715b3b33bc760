"""Notes whose marks became line breaks."""

import pytest

from indexer.readers.lost_marks import has_bodies, join_lines, take_notes
from indexer.readers.marked_text import PLACEHOLDER

SIGN = "\ufffd"
LONG = "Nghề nuôi hàu ở xã Gò Me phát triển mạnh"


def taken(text):
    marked, notes, warnings = take_notes(text)
    return marked.text.replace(PLACEHOLDER, "⟦⟧").strip(), [note.text for note in notes], warnings


@pytest.mark.parametrize("rest", [".", ", còn cá mất mùa.", "; tôm cũng vậy.", " và bền vững."])
def test_a_break_in_mid_sentence_is_a_mark(rest):
    text, bodies, _ = taken(f"{LONG}\n{rest}\n\n{SIGN} Có 40 hộ")
    space = "" if rest[0] in ".,;" else " "
    assert (text, bodies) == (f"{LONG}⟦⟧{space}{rest.lstrip()}", ["Có 40 hộ"])


def test_a_break_after_a_sentence_is_none():
    assert "⟦⟧" not in taken(f"{LONG}.\nTôm được mùa.\n{SIGN} Có 40 hộ")[0]


def test_a_wrapped_line_is_joined_without_a_mark():
    assert join_lines(f"{LONG}\nvà bền vững.").text == f"{LONG} và bền vững."
    assert join_lines(f"{LONG}\n.").text == f"{LONG}."


def test_a_line_after_a_short_one_is_not_joined():
    assert join_lines("Nơi nhận\nvăn phòng").text == "Nơi nhận\nvăn phòng"


def test_a_body_goes_on_in_the_lines_after_it():
    assert taken(f"a\n{SIGN} Một\nhai\n{SIGN} Ba")[1] == ["Một hai", "Ba"]


def test_a_sign_with_blanks_before_it_is_a_body_too():
    assert taken(f"a\n  {SIGN} Một")[1] == ["Một"]


@pytest.mark.parametrize("line", ["PAGE \\* MERGEFORMAT 3", "17", "- 4 -", f"{SIGN} 12"])
def test_page_furniture_is_dropped_and_counted(line):
    _, bodies, warnings = taken(f"a\n{SIGN} Một\n{line}\n{SIGN} Hai")
    assert bodies == ["Một", "Hai"]
    assert warnings == ("Bỏ 1 dòng số trang nằm giữa các chú thích cuối tệp.",)


def test_lines_after_the_bodies_go_back_to_the_report():
    assert taken(f"a\n{SIGN} Một\n\nPHỤ LỤC")[0].endswith("PHỤ LỤC")


def test_a_sign_in_the_report_itself_is_a_mark():
    text, bodies, _ = taken(f"Tôm{SIGN} được mùa.\n{SIGN} Một")
    assert (text, bodies) == ("Tôm⟦⟧ được mùa.", ["Một"])


def test_a_sign_in_a_body_stays_and_is_a_mark():
    _, notes, _ = take_notes(f"a\n{SIGN} Một{SIGN}, hai")
    assert notes[0].text == f"Một{SIGN}, hai"
    assert [(m.span.start, m.span.end) for m in notes[0].marks] == [(3, 4)]


def test_a_list_whose_bullets_were_lost_is_no_note():
    assert not has_bodies(f"{SIGN} Một\nA\nB\nC\n")


def test_fewer_bodies_never_turn_sure_breaks_into_plain_ones():
    breaks = f"{LONG}\n, tốt.\n{LONG}\n và bền.\n"
    assert taken(f"{breaks}{SIGN} Một")[0].count("⟦⟧") == 2
