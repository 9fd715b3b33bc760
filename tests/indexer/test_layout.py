"""One text out of many blocks."""

from indexer.layout import lay_out
from indexer.models import BlockKind, RawBlock, RawCell, RawDocument, RawMark, RawNote, Span


def test_every_part_is_found_at_its_span():
    mark = RawMark(Span(3, 3), "1")
    row = RawBlock(BlockKind.TABLE_ROW, "", cells=(RawCell("TT"), RawCell("Tôm", marks=(mark,))))
    raw = RawDocument((RawBlock(BlockKind.PARAGRAPH, "Cá."), row), (RawNote("1", "Một"),))
    layout = lay_out(raw)
    assert layout.text == "Cá.\nTT | Tôm\nMột"
    assert [span.of(layout.text) for span in layout.blocks] == ["Cá.", "TT | Tôm"]
    assert [span.of(layout.text) for span in layout.cells[1]] == ["TT", "Tôm"]
    assert [span.of(layout.text) for span in layout.notes] == ["Một"]
    assert layout.text[: layout.marks[0].span.start] == "Cá.\nTT | Tôm"
    assert layout.body_end == len("Cá.\nTT | Tôm")


def test_a_mark_in_a_note_names_the_note():
    raw = RawDocument((), (RawNote("1", "Một", marks=(RawMark(Span(0, 1), ""),)),))
    assert [(mark.note, mark.span) for mark in lay_out(raw).marks] == [(0, Span(0, 1))]
    assert lay_out(raw).body_end == -1


def test_nothing_is_an_empty_text():
    assert lay_out(RawDocument(())).text == ""
