from __future__ import annotations

from dataclasses import replace

from indexer.finish import finish
from indexer.indicators import load_indicators
from indexer.models import Document, RawPage
from indexer.readers.text_reader import read_text
from indexer.structure import build_document

REPORT = """I- KẾT QUẢ
Thực hiện Chỉ thị số 05-CT/TW, tỷ lệ hộ nghèo cuối năm 2019 còn 2,5%.
"""


def read(manifest: dict[str, str] | None = None) -> Document:
    document = build_document(read_text(REPORT), "cồn-mây.txt", "ab" * 32)
    return finish(document, manifest or {}, load_indicators())


def test_facts_and_references_are_found():
    document = read()
    assert [fact.quantity.span.of(document.text) for fact in document.facts] == ["2,5%"]
    assert [reference.number for reference in document.references] == ["05-CT/TW"]


def test_the_manifest_is_known_before_facts_are_found():
    document = read({"place": "thị xã Cồn Mây"})
    assert document.metadata.place == "thị xã Cồn Mây"
    assert [fact.place for fact in document.facts] == ["thị xã Cồn Mây"]


def test_numbers_of_a_page_that_was_recognised_unsurely_are_no_facts():
    raw = read_text(REPORT + "Tỷ lệ hộ khá cuối năm 2019 đạt 31%.\n")
    pages = (RawPage(1, ocr=True, confidence=62), RawPage(2, ocr=True, confidence=88))
    blocks = tuple(replace(block, page=2 if "hộ khá" in block.text else 1) for block in raw.blocks)
    document = build_document(replace(raw, blocks=blocks, pages=pages), "quét.pdf", "ab" * 32)
    found = finish(document, {}, load_indicators())
    assert [fact.quantity.span.of(found.text) for fact in found.facts] == ["31%"]
    (warning,) = found.warnings
    assert warning.startswith("Trang 1: máy nhận dạng chữ với độ tin cậy dưới 70 %")
    # What is named can be checked by eye; a digit cannot be guessed.
    assert [reference.number for reference in found.references] == ["05-CT/TW"]
