"""Notes written into the text as Apache POI prints them."""

import pytest

from indexer.readers.inline_notes import take_notes
from indexer.readers.marked_text import PLACEHOLDER


def taken(text):
    marked, notes, warnings = take_notes(text)
    return marked.text.replace(PLACEHOLDER, "⟦⟧"), marked.keys, [n.text for n in notes], warnings


def test_mark_and_body_are_taken_out_of_the_sentence():
    text, keys, bodies, _ = taken("Tôm[footnoteRef:1] được mùa. [1:  Đạt 5 tấn]")
    assert (text.strip(), keys, bodies) == ("Tôm⟦⟧ được mùa.", ("1",), ["Đạt 5 tấn"])


@pytest.mark.parametrize("mark", ["([footnoteRef:1])", "( [footnoteRef:1] )", "([footnoteRef:1],)"])
def test_parentheses_around_a_mark_alone_belong_to_it(mark):
    assert taken(f"theo quy định{mark}; tốt")[0] == "theo quy định⟦⟧; tốt"


def test_parentheses_around_two_marks_belong_to_them():
    text, keys, _, _ = taken("quy định([footnoteRef:1], [footnoteRef:2]).")
    assert (text, keys) == ("quy định⟦⟧⟦⟧.", ("1", "2"))


def test_two_bodies_may_stand_on_one_line():
    text = "a[footnoteRef:1] b[footnoteRef:2] [1: Một] [2: Hai]"
    assert taken(text)[2] == ["Một", "Hai"]


def test_a_body_may_hold_brackets():
    assert taken("a[footnoteRef:1]\n[1: gồm [ba] xã [Gò Me: cũ]] còn")[2] == [
        "gồm [ba] xã [Gò Me: cũ]"
    ]
    assert taken("a[footnoteRef:1]\n[1: gồm [xa: b] xã] còn")[2:] == (["gồm [xa: b] xã"], ())


def test_a_body_may_call_a_note():
    marked, notes, warnings = take_notes("a[footnoteRef:1]\n[1: theo[footnoteRef:2] đó]\n[2: Hai]")
    assert [note.text for note in notes] == ["theo đó", "Hai"]
    assert [(m.key, m.span.start) for m in notes[0].marks] == [("2", 4)]
    assert (warnings, marked.keys) == ((), ("1",))


def test_a_body_that_never_closes_ends_with_its_line_and_warns():
    text, _, bodies, warnings = taken("a[footnoteRef:1]\n[1: chưa đóng\nĐoạn sau")
    assert (bodies, text) == (["chưa đóng"], "a⟦⟧\n\nĐoạn sau")
    assert len(warnings) == 1 and "Chú thích 1" in warnings[0]


def test_a_body_that_never_closes_leaves_the_next_on_its_line_alone():
    assert taken("a[footnoteRef:1][footnoteRef:2] [1: một [2: hai] hết")[2] == ["một", "hai"]


def test_a_bracket_whose_label_nobody_calls_is_text():
    text, _, bodies, _ = taken("a[footnoteRef:1] [2015: năm hạn] [1: Một]")
    assert (text.strip(), bodies) == ("a⟦⟧ [2015: năm hạn]", ["Một"])


def test_bookmarks_of_word_are_no_text():
    assert taken("[bookmark: _GoBack]2. Cá[footnoteRef:1]")[0] == "2. Cá⟦⟧"


def test_empty_parentheses_before_a_body_go():
    assert taken("a[footnoteRef:1] [1: () Đạt 5%]")[2] == ["Đạt 5%"]
