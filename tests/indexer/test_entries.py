"""Index entries of a report."""

from indexer.entries import build_entries, facet_section, findable_passages
from indexer.sections import section_path
from tests.indexer.outlines import PROSE, built


def forms(terms):
    return " ".join(term.form for term in terms)


def test_a_passage_carries_the_headings_over_it():
    document = built("I- KẾT QUẢ", "1. Thủy sản", PROSE)
    (entry,) = build_entries(document)
    assert "kết quả" in forms(entry.heading) and "thủy sản" in forms(entry.heading)
    assert (entry.section, entry.document_id) == ("1. Thủy sản", document.id)


def test_a_heading_is_an_entry_only_when_nothing_stands_under_it():
    document = built("I- KẾT QUẢ", PROSE, "II- HẠN CHẾ")
    found = [p.span.of(document.text) for p in findable_passages(document)]
    assert found == [PROSE, "II- HẠN CHẾ"]


def test_the_facet_shows_the_second_level():
    document = built("Phần thứ nhất", "A B C", "I- KẾT QUẢ", "1. Thủy sản", PROSE)
    path = section_path(document.sections, document.passages[-1].section_id)
    assert facet_section(path) == "I- KẾT QUẢ"
    assert facet_section(()) == ""
