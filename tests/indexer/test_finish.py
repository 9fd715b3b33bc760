from __future__ import annotations

from indexer.finish import finish
from indexer.indicators import load_indicators
from indexer.models import Document
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
