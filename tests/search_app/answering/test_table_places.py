"""Values of tables whose rows are places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.indicators import load_indicators
from indexer.models import Document, FactKind, RawPage
from search_app.answering.names import read_names
from search_app.answering.table_places import with_places
from tests.conftest import read_document
from tests.factories.docx import DocxBuilder
from tests.factories.questions import evidences, meant

HEADINGS = ("STT", "Xã", "Số hộ nuôi nghêu (hộ)", "Tỷ lệ hộ nghèo (%)")
ROWS = (("1", "Bản Lau", "187", "9,80"), ("2", "Nậm Phừ", "143", "-"))


@pytest.fixture(scope="module")
def document(tmp_path_factory) -> Document:
    builder = DocxBuilder().paragraph("KẾ HOẠCH").paragraph("Nuôi nghêu năm 2024")
    builder.paragraph("I- KẾT QUẢ").paragraph("Kết quả rà soát như sau.")
    builder.paragraph("Bảng 1. Các xã cuối năm 2023").table((HEADINGS, *ROWS), header_rows=1)
    folder: Path = tmp_path_factory.mktemp("tables")
    return read_document(builder.save(folder / "a.docx"))


def values(document: Document, question: str) -> dict[str, tuple[str, str, FactKind]]:
    names = read_names(meant(question), ())
    found = with_places(evidences(document), names, load_indicators())
    return {
        fact.quantity.span.of(document.text): (fact.quantity.unit, fact.place, fact.kind)
        for evidence in found
        for fact in evidence.facts
    }


def test_the_row_of_the_place_that_is_named_says_what_its_columns_say(document):
    place = "xã Bản Lau"
    assert values(document, "Xã Bản Lau có bao nhiêu hộ?") == {
        "187": ("hộ", place, FactKind.RESULT),
        "9,80": ("%", place, FactKind.RESULT),
    }


def test_a_cell_without_a_number_states_nothing(document):
    assert set(values(document, "Xã Nậm Phừ có bao nhiêu hộ?")) == {"143"}


@pytest.mark.parametrize("question", ["Xã Cồn Mây có bao nhiêu hộ?", "Có bao nhiêu hộ?"])
def test_no_row_is_read_for_another_place_or_none(document, question):
    assert values(document, question) == {}


def test_a_row_that_was_recognised_unsurely_states_nothing(document):
    page = RawPage(1, ocr=True, confidence=60)
    passages = tuple(replace(passage, page=1) for passage in document.passages)
    scanned = replace(document, pages=(page,), passages=passages)
    assert values(scanned, "Xã Bản Lau có bao nhiêu hộ?") == {}
