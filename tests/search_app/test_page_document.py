"""The blocks of the reading page."""

from __future__ import annotations

import pytest

from indexer.models import Document
from search_app.app import create_app
from search_app.page_document import reading
from tests.conftest import read_document
from tests.factories.docx import DocxBuilder

HEAD = (
    ("TỈNH ỦY SÔNG TRÀM", "ĐẢNG CỘNG SẢN VIỆT NAM"),
    ("Số 12-BC/TU", "Sông Tràm, ngày 5 tháng 6 năm 2020"),
)


@pytest.fixture(autouse=True)
def in_a_request(sample_settings, sample_library):
    with create_app(sample_settings, sample_library).test_request_context():
        yield


def report(tmp_path, *rows: tuple[str, str]) -> Document:
    builder = DocxBuilder().table(rows)
    builder.paragraph("BÁO CÁO").paragraph("Kết quả nuôi nghêu năm 2020")
    builder.paragraph("I- KẾT QUẢ").paragraph("Toàn tỉnh thu hoạch 120 tấn nghêu.")
    return read_document(builder.save(tmp_path / "a.docx"))


@pytest.mark.parametrize("rows", [1, 2])
def test_a_letterhead_in_a_table_is_set_in_its_two_columns(tmp_path, rows):
    block = reading(report(tmp_path, *HEAD[:rows])).blocks[0]
    assert block.kind == "letterhead"
    columns = [tuple("".join(p.text for p in column) for column in line) for line in block.lines]
    assert columns == list(HEAD[:rows])
