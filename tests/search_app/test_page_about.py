"""What the reading page says of a report and its file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.models import Conversion, RawPage
from search_app.app import create_app
from search_app.page_about import about, recognised
from tests.factories.documents import make_document


@pytest.fixture(autouse=True)
def in_a_request(sample_settings, sample_library):
    with create_app(sample_settings, sample_library).test_request_context():
        yield


def test_what_is_known_is_said_in_the_words_of_readers():
    known = dict(about(make_document("bc/an-binh.docx")))
    assert known["Địa phương"] == "huyện An Bình, tỉnh Sông Lam"
    assert known["Ngày"] == "15/07/2020"
    assert known["Loại tệp"] == "docx"
    assert "1 chưa biết được gọi ở đâu" in known["Chú thích"]


def test_what_is_not_known_is_left_out():
    names = [name for name, _ in about(make_document(signer="", draft=""))]
    assert "Người ký" not in names and "Dự thảo lần" not in names and "Số trang" not in names


def test_it_says_how_much_was_recognised_and_converted():
    document = replace(
        make_document("a.pdf"),
        pages=(RawPage(1), RawPage(2, ocr=True, confidence=91), RawPage(3, ocr=True)),
        conversions=(Conversion("TCVN3", 7, "x", "y"),),
        encoding="utf-8",
    )
    known = dict(about(document))
    assert known["Số trang"] == "3"
    assert "2 trang nhận dạng từ ảnh, độ tin cậy 91 %" in known["Cách đọc"]
    assert "7 chỗ chữ kiểu cũ" in known["Cách đọc"]
    assert "utf-8" in known["Cách đọc"]


def test_that_text_was_recognised_is_said_with_the_pages_to_check():
    scans = tuple(RawPage(number, ocr=True, confidence=89) for number in range(1, 15))
    whole = recognised(replace(make_document(), pages=scans))
    assert whole is not None
    assert whole.words == "Chữ được máy nhận dạng từ ảnh, độ tin cậy 89 %"
    assert (whole.pages, whole.more) == (tuple(range(1, 13)), 2)
    part = recognised(replace(make_document(), pages=(RawPage(1), RawPage(2, ocr=True))))
    assert part is not None
    assert part.words == "Chữ của 1 trong 2 trang được máy nhận dạng từ ảnh"
    assert part.pages == (2,)
    assert recognised(make_document()) is None
