from __future__ import annotations

from indexer.evidence import linked
from indexer.models import Document, PassageKind
from indexer.readers.text_reader import read_text
from indexer.structure import build_document

TEXT = """I- KẾT QUẢ
Kinh tế tăng khá. Thu ngân sách vượt kế hoạch[footnoteRef:1], chi đúng dự toán[footnoteRef:2]. \
Đời sống ổn định.[footnoteRef:3] [1: Đạt 812 tỷ đồng.] [2: Tiết kiệm 10%.] [3: Có 5 mô hình.]
"""


def report() -> Document:
    return build_document(read_text(TEXT), "a.txt", "0" * 64)


def test_a_sentence_brings_the_notes_that_it_calls():
    document = report()
    passage = next(p for p in document.passages if p.footnotes)
    found = linked(document, passage)
    assert [link.relation for link in found] == ["footnote"] * 3
    assert [link.span.of(document.text) for link in found] == [
        "Đạt 812 tỷ đồng.",
        "Tiết kiệm 10%.",
        "Có 5 mô hình.",
    ]


def test_a_note_brings_the_sentence_that_calls_it_and_no_other():
    document = report()
    notes = [p for p in document.passages if p.kind is PassageKind.FOOTNOTE]
    sentences = [linked(document, note)[0].span.of(document.text) for note in notes]
    assert sentences == [
        "Thu ngân sách vượt kế hoạch, chi đúng dự toán.",
        "Thu ngân sách vượt kế hoạch, chi đúng dự toán.",
        "Đời sống ổn định.",
    ]


def test_a_passage_without_notes_brings_nothing():
    document = build_document(read_text("I- KẾT QUẢ\nKinh tế tăng khá."), "a.txt", "0" * 64)
    assert linked(document, document.passages[-1]) == ()
