"""Where a question was looked for, and what was not searched."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from indexer.build import build_index
from indexer.config import load_settings
from indexer.models import PassageKind
from search_app.opening import open_library
from search_app.query import Request
from search_app.report_coverage import State, report_coverage
from search_app.serialise_coverage import coverage_json

REPORT = """BÁO CÁO CHÍNH TRỊ
trình Đại hội Đảng bộ thị xã Bến Lội, nhiệm kỳ 2020 - 2025

I- KẾT QUẢ
Xây mới 12 cây cầu qua kênh.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A library of a report without notes and tables, and of a file that cannot be read."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "bl.txt").write_text(REPORT, encoding="utf-8")
    (folder / "hong.docx").write_bytes(b"PK\x03\x04 not a document")
    settings = load_settings({}, data=tmp_path_factory.mktemp("data"))
    build_index([folder], settings)
    library = open_library(settings)
    yield library
    library.close()


def coverage(library, text, **changes):
    return report_coverage(library, library.search(Request(text=text, **changes)))


def test_the_parts_add_up_to_the_hits(sample_library):
    result = sample_library.search(Request(text="tỷ lệ hộ nghèo", limit=100))
    covered = report_coverage(sample_library, result)
    counted = Counter((hit.document.id, hit.passage.kind) for hit in result.hits)
    assert sum(report.hits for report in covered.reports) == result.total
    assert {
        (report.document_id, part.kind): part.hits
        for report in covered.reports
        for part in report.parts
        if part.hits
    } == counted
    complete = sum(part.complete for report in covered.reports for part in report.parts)
    assert complete == result.complete


def test_the_page_shown_does_not_change_what_is_counted(sample_library):
    whole = coverage(sample_library, "tỷ lệ hộ nghèo", limit=100)
    assert coverage(sample_library, "tỷ lệ hộ nghèo", limit=1, offset=3) == whole


def test_not_there_and_not_searched_look_different(small):
    (report,) = coverage(small, "cây cầu").reports
    states = {part.kind: part.state for part in report.parts}
    assert states == {
        PassageKind.BODY: State.FOUND,
        PassageKind.FOOTNOTE: State.ABSENT,
        PassageKind.TABLE: State.ABSENT,
    }
    (report,) = coverage(small, "cây cầu", kinds=("table",)).reports
    assert report.parts[0].state is State.NOT_SEARCHED
    (report,) = coverage(small, "máy bay").reports
    assert report.parts[0].state is State.NONE


def test_a_file_that_could_not_be_read_is_named_with_the_reason(small):
    (file,) = coverage(small, "cây cầu").unread
    assert file.name == "hong.docx"
    assert file.reason


def test_notes_whose_text_is_lost_are_counted(sample_library):
    covered = coverage(sample_library, "tỷ lệ hộ nghèo")
    unread = {report.source: report.parts[1].unread for report in covered.reports}
    assert unread["vam-say-2020-2025.txt"] == 2
    assert unread["khe-voi-2015-2020.docx"] == 0


def test_reports_outside_the_filters_are_counted_apart(sample_library):
    covered = coverage(sample_library, "tỷ lệ hộ nghèo", places=("Vàm Sậy",))
    assert {report.place for report in covered.reports} == {"thị xã Vàm Sậy"}
    assert covered.outside == 2


def test_reports_with_hits_come_first(sample_library):
    hits = [report.hits for report in coverage(sample_library, '"Rạch Lau"').reports]
    assert hits[0] > 0
    assert hits == [*filter(None, hits), *(0 for hit in hits if not hit)]


def test_as_json(small):
    found = coverage_json(coverage(small, "cây cầu"))
    (report,) = found["reports"]
    assert report["parts"]["body"] == {"state": "found", "hits": 1, "complete": 1, "unread": 0}
    assert report["parts"]["table"]["state"] == "absent"
    assert found["unread_files"][0]["source"] == "hong.docx"
    assert found["outside_filters"] == 0


def test_a_query_that_weighs_nothing_counts_the_same(sample_library):
    result = sample_library.search(Request(text="kết quả giảm nghèo"))
    plain = replace(result, query=replace(result.query, boosts=(), preferences=()))
    assert report_coverage(sample_library, plain) == report_coverage(sample_library, result)
