"""Passages: what is found and cited."""

import pytest

from indexer.models import PassageKind
from indexer.passages import cut_long
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from tests.indexer.outlines import PROSE, built


def texts(document):
    return [passage.span.of(document.text) for passage in document.passages]


def test_a_paragraph_an_item_and_a_heading_are_a_passage_each():
    lines = ("I- KẾT QUẢ", PROSE, "- Điện: ổn định.", "+ Nước sạch đủ dùng.")
    document = built(*lines)
    assert texts(document) == list(lines)
    assert [passage.heading for passage in document.passages] == [True, False, False, False]


def test_a_long_paragraph_is_cut_at_sentence_ends():
    document = built("I- KẾT QUẢ", " ".join([PROSE] * 20))
    pieces = texts(document)[1:]
    assert len(pieces) == 4 and all(piece.endswith(".") for piece in pieces)
    assert " ".join(pieces) == " ".join([PROSE] * 20)


@pytest.mark.parametrize("text", ["", "một", "một hai ba bốn năm"])
def test_one_sentence_is_never_cut(text):
    assert [span.of(text) for span in cut_long(text, limit=2)] == [text]


def test_a_note_lies_in_the_section_that_calls_it():
    text = "I- A\nTôm[footnoteRef:1].\nII- B\nCá.\n[1: Theo[footnoteRef:2] đó]\n[2: Hai]"
    document = build_document(read_text(text), "a.txt", "ab" * 32)
    notes = [p for p in document.passages if p.kind is PassageKind.FOOTNOTE]
    assert [p.section_id for p in notes] == [document.sections[0].id] * 2


def test_a_mark_between_two_pieces_belongs_to_the_one_it_ends():
    half = " ".join([PROSE] * 6)
    text = f"I- A\n{half}[footnoteRef:1] {half}\n[1: Một]"
    document = build_document(read_text(text), "a.txt", "ab" * 32)
    assert [p.footnotes for p in document.passages if p.kind is PassageKind.BODY] == [(), (1,), ()]


def test_the_title_is_one_passage_outside_every_section():
    document = built("BÁO CÁO CHÍNH TRỊ", "trình Đại hội lần thứ II", "I- A", PROSE)
    assert texts(document)[0] == "BÁO CÁO CHÍNH TRỊ\ntrình Đại hội lần thứ II"
    assert document.passages[0].section_id is None
