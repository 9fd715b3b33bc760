"""What JSON and the terminal say of how a file was read: the same on both."""

from __future__ import annotations

from dataclasses import replace

from indexer.models import Conversion, RawPage
from indexer.reports import FileReport, IndexReport, told_of
from search_app.serialise import document_json
from search_app.serialise_ingestion import report_json
from search_app.terminal_ingestion import report_lines
from tests.factories.documents import make_document

PAGES = (RawPage(1), RawPage(2, ocr=True, confidence=90), RawPage(3, ocr=True, confidence=81))
SCAN = replace(
    make_document("quét.pdf"),
    format="pdf",
    encoding="TCVN3",
    pages=PAGES,
    conversions=(Conversion("TCVN3", 4, "t«m", "tôm"),),
)
REPORT = IndexReport(
    (
        FileReport("chép.pdf", "added", told_of(SCAN), SCAN.id),
        FileReport("hỏng.doc", "failed", error="Không đọc được."),
        FileReport("quét.pdf", "added", told_of(SCAN), SCAN.id),
    ),
    (),
    1,
    10,
    0.5,
)
READING = {
    "format": "pdf",
    "encoding": "TCVN3",
    "page_count": 3,
    "ocr_pages": 2,
    "ocr_confidence": 85,
}
CONVERSION = {"encoding": "TCVN3", "count": 4, "before": "t«m", "after": "tôm"}


def test_json_tells_of_every_file_how_it_was_read():
    read, failed, _ = report_json(REPORT)["files"]
    assert READING.items() <= read.items()
    assert read["conversions"] == [CONVERSION]
    assert set(failed) == set(read)
    assert (failed["format"], failed["page_count"], failed["ocr_confidence"]) == ("", 0, None)


def test_the_totals_in_json_add_up():
    totals = report_json(REPORT)["totals"]
    parts = ("read", "unchanged", "failed", "unsupported")
    assert totals["seen"] == sum(totals[part] for part in parts) == 3
    assert totals["duplicates"] == 1


def test_the_terminal_tells_the_same():
    text = "\n".join(report_lines(REPORT))
    assert (
        "quét.pdf: định dạng pdf, bảng mã TCVN3, 3 trang "
        "(2 trang nhận dạng từ ảnh, độ tin cậy 85 %), 2 mục"
    ) in text
    assert "Đã đổi 4 chỗ chữ kiểu TCVN3, ví dụ: “t«m” → “tôm”" in text
    assert "3 tệp (2 đã đọc + 0 không đổi + 1 lỗi + 0 chưa đọc được; 1 tệp trùng nội dung)" in text


def test_a_document_tells_it_too():
    content = document_json(SCAN)
    assert READING.items() <= content["document"].items()
    assert content["conversions"] == [CONVERSION]
