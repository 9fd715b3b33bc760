from __future__ import annotations

import json

import pytest

from indexer.errors import GoldenFileError
from search_app.evaluate import Evidence, Golden, evaluate, keep, rank_of, read_golden
from search_app.query import Request

RECORD = {
    "query": "công suất nhà máy nước Long Đước",
    "type": "footnote",
    "evidence": [{"doc": "vam-say", "quote": "công suất 12.000 m3/ngày đêm"}],
}


def golden_file(tmp_path, *records):
    path = tmp_path / "golden.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def golden(*quotes, **rest):
    return Golden("1", "x", "q", True, tuple(Evidence("vam-say", q) for q in quotes), **rest)


def test_evidence_is_found_in_a_passage_or_its_linked_text(sample_library):
    hits = sample_library.search(Request("công suất nhà máy nước Long Đước")).hits
    text, linked = hits[0].text, hits[0].linked[0].text
    assert rank_of(golden(text), hits) == 1
    assert rank_of(golden(linked), hits) == 1
    assert rank_of(golden("câu không có ở đâu cả trong các báo cáo này"), hits) is None


def test_evidence_of_another_report_does_not_count(sample_library):
    hits = sample_library.search(Request("công suất nhà máy nước Long Đước")).hits
    other = Golden("1", "x", "q", True, (Evidence("khe-voi", hits[0].text),))
    assert rank_of(other, hits[:1]) is None


def test_a_record_that_needs_all_counts_at_its_last_piece(sample_library):
    hits = sample_library.search(Request("hộ nghèo Vàm Sậy")).hits
    both = golden(hits[0].text, hits[2].text, need_all=True)
    assert rank_of(both, hits) == 3
    assert rank_of(golden(hits[0].text, "không có câu này ở đây đâu", need_all=True), hits) is None


def test_figures_are_means_over_answerable_questions(sample_library, tmp_path):
    lost = RECORD | {"evidence": [{"doc": "vam-say", "quote": "không có câu nào như vậy cả"}]}
    path = golden_file(tmp_path, RECORD, lost, {"query": "a", "answerable": False})
    figures = evaluate(read_golden(path), sample_library)
    assert figures.questions == 3
    assert figures.figures["recall@5"] == 0.5
    assert figures.by_type["footnote"] == (1, 2)
    assert len(figures.misses) == 1


def test_the_figures_of_the_run_before_are_kept(sample_library, tmp_path):
    path = golden_file(tmp_path, RECORD)
    figures = evaluate(read_golden(path), sample_library)
    assert keep(figures, path, tmp_path) == {}
    assert keep(figures, path, tmp_path) == figures.figures


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "không có câu hỏi"), ('{"query": "a"}\n{oops', "dòng 2"), ('{"id": 1}', "dòng 1")],
)
def test_a_broken_file_names_the_line(tmp_path, content, says):
    path = tmp_path / "golden.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldenFileError, match=says):
        read_golden(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(GoldenFileError, match="khong-co"):
        read_golden(tmp_path / "khong-co.jsonl")
