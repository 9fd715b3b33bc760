from __future__ import annotations

import json

from indexer.errors import IndexMissing
from indexer.models import Footnote, Resolution, Span
from indexer.reports import FileReport, IndexReport, told_of
from search_app.query import Request
from search_app.serialise import document_json, error_json, passage_url, result_json
from search_app.serialise_ingestion import report_json
from tests.factories.documents import make_document
from tests.factories.stored_facts import make_fact, with_facts


def test_everything_is_json(sample_library):
    result = sample_library.search(Request("hộ nghèo", limit=30))
    assert json.loads(json.dumps(result_json(result)))["total"] == result.total


def test_the_text_of_a_note_is_the_slice_of_its_span(sample_library):
    for summary in sample_library.catalogue.documents():
        content = document_json(sample_library.document(summary.id))
        for note in content["footnotes"]:
            if note["span"]:
                start, end = note["span"]
                assert note["text"] == content["text"][start:end]
            for start, end in note["marks"]:
                assert 0 <= start <= end <= len(content["text"])


def test_a_table_row_brings_its_title_and_headings(sample_library):
    result = sample_library.search(Request("tỷ lệ hộ nghèo", kinds=("table",)))
    table = result_json(result)["hits"][0]["table"]
    assert table["title"].startswith("PHỤ LỤC")
    assert len(table["headings"]) == len(table["cells"])


def test_a_note_without_body_has_no_span_and_says_why():
    document = make_document()
    lost = Footnote(9, "9", Resolution.UNRESOLVED, (Span(1, 1),), None, "Không có nội dung.")
    from dataclasses import replace

    note = document_json(replace(document, footnotes=(lost,)))["footnotes"][0]
    assert (note["span"], note["text"], note["reason"]) == (None, "", "Không có nội dung.")


def test_the_report_of_a_run_counts_facts_and_references():
    document = make_document()
    document = with_facts(document, make_fact(document))
    files = (FileReport("a.txt", "added", told_of(document)), FileReport("b.txt", "removed"))
    found = report_json(IndexReport(files, (), 1, 10, 0.5))["files"]
    assert [(file["facts"], file["references"]) for file in found] == [(1, 1), (0, 0)]


def test_an_error_has_code_message_and_hint():
    assert error_json(IndexMissing("Chưa có.", "Hãy chạy."))["error"] == {
        "code": "index_missing",
        "message": "Chưa có.",
        "hint": "Hãy chạy.",
    }


def test_the_address_of_a_passage_has_its_anchor():
    assert passage_url("abc:p0007") == "/documents/abc#p0007"
