"""From what a reader saw to a report."""

from indexer.models import RawDocument
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from tests.indexer.outlines import blocks


def test_a_document_says_where_it_comes_from():
    raw = RawDocument(tuple(blocks("Tôm.")), encoding="utf-8", warnings=("Lưu ý.",))
    document = build_document(raw, "xa/a.txt", "0123456789ab" + "c" * 52)
    assert (document.id, document.source) == ("0123456789ab", "xa/a.txt")
    assert (document.encoding, document.warnings) == ("utf-8", ("Lưu ý.",))
    assert document.passages[0].id == "0123456789ab:p0001"


def test_the_same_file_gives_the_same_document():
    text = "I- A\nTôm[footnoteRef:1] được mùa.\n[1: Một]"
    first, second = (build_document(read_text(text), "a", "ab" * 32) for _ in range(2))
    assert first == second


def test_nothing_is_an_empty_report():
    document = build_document(RawDocument(()), "a", "ab" * 32)
    assert (document.text, document.passages, document.sections) == ("", (), ())
