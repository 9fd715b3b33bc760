"""Marks keep their place while white space is tidied."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.models import RawMark, Span
from indexer.readers.marked_text import PLACEHOLDER, guard, take_marks, tidy


def test_a_placeholder_of_the_file_itself_is_removed():
    assert guard(f"tôm{PLACEHOLDER} cá") == "tôm cá"


def test_a_mark_moves_to_the_word_before_it():
    assert tidy(f"tôm {PLACEHOLDER} .") == f"tôm{PLACEHOLDER}."
    assert tidy(f"tôm {PLACEHOLDER} cá") == f"tôm{PLACEHOLDER} cá"


def test_wide_gaps_become_tabs_and_narrow_ones_spaces():
    assert tidy(" a  b    c \t d ") == "a b\tc\td"


def test_marks_side_by_side_stand_at_one_place():
    text, marks = take_marks(f"tôm{PLACEHOLDER * 2}.", iter(["1", "2"]))
    assert (text, marks) == ("tôm.", (RawMark(Span(3, 3), "1"), RawMark(Span(3, 3), "2")))


@given(st.text(alphabet=f"ab .,\t{PLACEHOLDER}", max_size=40))
def test_tidying_loses_no_mark_and_no_letter(line):
    kept = [character for character in line if character not in " \t"]
    assert [character for character in tidy(line) if character not in " \t"] == kept
