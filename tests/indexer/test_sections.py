"""Sections: what lies under which heading."""

from indexer.sections import by_id, heading_line, path_in, section_path
from tests.indexer.outlines import PROSE, built, outline_of


def test_a_section_reaches_to_the_next_that_is_not_below_it():
    document = built("I- A", PROSE, "1. B", PROSE, "II- C", PROSE)
    first, inner, second = document.sections
    assert first.span.holds(inner.span) and not first.span.holds(second.span)
    assert first.span.end == inner.span.end


def test_a_row_of_numbers_that_begins_again_lies_inside():
    assert outline_of("I- A", "1. B", "A- C", "1. D", PROSE, "2. E", PROSE, "B- F", PROSE) == [
        "I- A",
        ".1. B",
        "..A- C",
        "...1. D",
        "...2. E",
        "..B- F",
    ]


def test_a_part_or_appendix_closes_everything():
    assert outline_of("I- A", "1. B", PROSE, "PHỤ LỤC", PROSE) == ["I- A", ".1. B", "PHỤ LỤC"]


def test_the_path_leads_from_the_outermost_to_the_section():
    document = built("I- A", "1. B", "- C: tốt.")
    path = section_path(document.sections, document.sections[-1].id)
    assert [heading_line(section) for section in path] == ["I- A", "1. B", "- C"]
    assert path == path_in(by_id(document.sections), document.sections[-1].id)
    assert section_path(document.sections, None) == ()
