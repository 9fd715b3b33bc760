from __future__ import annotations

from search_app.query import Request
from search_app.terminal import passage_lines, result_lines


def test_what_is_found_stands_under_its_headings_with_its_citation(sample_library):
    result = sample_library.search(Request("công suất nhà máy nước Long Đước", limit=1))
    lines = list(result_lines(result, result.reports, explain=False))
    assert lines[0].endswith("đoạn có một phần.")
    assert any(line.startswith("1. ") and " › " in line for line in lines)
    assert f"   — {result.hits[0].citation}" in lines
    assert f"— {result.hits[0].citation}" in list(passage_lines(result.hits[0]))


def test_nothing_found_says_how_many_reports_were_searched(sample_library):
    result = sample_library.search(Request("xyzzy"))
    first, hint = result_lines(result, result.reports, explain=False)
    assert first.startswith("Không tìm thấy: 4 báo cáo đã tìm")
    assert hint.startswith("Hãy thử")
