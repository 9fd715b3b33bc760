"""What is taken away of a citation: quotation, place, what it needs to be understood."""

from __future__ import annotations

from dataclasses import replace

from indexer.models import Metadata, PassageKind, Span
from search_app.cite import cite, cite_quote
from search_app.citing.records import part_of, record
from search_app.page import LOST_MARK
from tests.factories.documents import NOTE_MARKED, make_document


def of_kind(document, kind):
    return next(passage for passage in document.passages if passage.kind is kind)


def whole(document, passage):
    return record(cite_quote(document, passage, passage.span))


def test_the_source_is_the_citation_of_the_passage():
    document = make_document()
    for passage in document.passages:
        assert whole(document, passage).source == cite(document, passage)


def test_a_note_brings_the_sentence_that_calls_it():
    document = make_document()
    note = of_kind(document, PassageKind.FOOTNOTE)
    found = whole(document, note)
    assert found.quote == NOTE_MARKED
    assert found.context.startswith("Chú thích của câu: “Toàn huyện có 12 xã")
    assert found.place.endswith("chú thích 1")


def test_a_row_of_a_table_brings_its_column_headings():
    document = make_document()
    row = of_kind(document, PassageKind.TABLE)
    assert whole(document, row).context == "Các cột: Chỉ tiêu | Đơn vị | Năm 2020"


def test_a_cell_is_cited_with_its_row_and_column():
    document = make_document()
    row = of_kind(document, PassageKind.TABLE)
    found = record(cite_quote(document, row, row.cells[2]))
    assert found.quote == "2,5"
    assert found.place.endswith("dòng “Tỷ lệ hộ nghèo”, cột “Năm 2020”")


def test_lost_note_marks_bullets_and_line_ends_are_no_part_of_a_quotation():
    document = make_document(paragraphs=(f"-  Đạt 5%{LOST_MARK}\tso với\u00a0kế hoạch.",))
    assert whole(document, document.passages[2]).quote == "Đạt 5% so với kế hoạch."


def test_headings_lead_to_the_quotation():
    document = make_document()
    assert whole(document, document.passages[2]).headings == ("I- KẾT QUẢ", "1. Kinh tế - xã hội")


def test_what_is_not_known_leaves_no_gap():
    document = replace(make_document(), metadata=Metadata())
    found = whole(document, document.passages[2])
    assert (found.author, found.year, found.by) == ("", "", "")
    assert found.source == "an-binh.txt, mục I.1"


def test_a_part_that_lies_outside_its_passage_means_the_passage():
    document = make_document()
    passage = document.passages[2]
    citation = cite_quote(document, passage, passage.span)
    assert part_of(citation, Span(0, 5)).of(document.text) == "Tỷ lệ"
    assert part_of(citation, Span(0, 10_000)) == part_of(citation, Span(7, 7)) == passage.span
