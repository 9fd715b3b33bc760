from __future__ import annotations

from dataclasses import replace

from indexer.models import Document, Passage, Span
from search_app.found import FoundLink, FoundPassage, show
from search_app.page_cards import Card, card
from tests.factories.documents import make_document

LONG = (
    "Huyện tập trung thực hiện nhiều nhiệm vụ trong nhiệm kỳ. " * 9
    + "Tỷ lệ hộ nghèo giảm còn 2,5%. "
    + "Các phong trào thi đua được duy trì ở cơ sở. " * 9
).strip()


def found_in(document: Document, passage: Passage, words: str) -> FoundPassage:
    """Return a hit in which only these words are highlighted."""
    found = show(document, passage)
    linked = tuple(FoundLink(one.link, one.text, spans(one.text, words)) for one in found.linked)
    return replace(found, highlights=spans(found.text, words), linked=linked)


def spans(text: str, words: str) -> tuple[Span, ...]:
    at = text.lower().find(words.lower())
    return (Span(at, at + len(words)),) if at >= 0 else ()


def card_of(paragraph: str, words: str) -> Card:
    document = make_document(paragraphs=(paragraph,))
    passage = next(p for p in document.passages if p.span.of(document.text) == paragraph)
    return card(found_in(document, passage, words), 1)


def text_of(pieces) -> str:
    return "".join(piece.text for piece in pieces if not piece.mark)


def test_a_long_passage_is_shortened_around_what_was_found():
    extract = card_of(LONG, "tỷ lệ hộ nghèo").extract
    assert len(extract.windows) == 1
    assert extract.before
    assert extract.after
    assert any(piece.highlighted for piece in extract.windows[0])
    assert len(text_of(extract.windows[0])) < len(LONG) / 2


def test_the_whole_of_a_shortened_passage_is_there_to_unfold():
    extract = card_of(LONG, "tỷ lệ hộ nghèo").extract
    assert extract.whole is not None
    assert text_of(extract.whole) == LONG


def test_a_short_passage_has_nothing_to_unfold():
    extract = card_of("Tỷ lệ hộ nghèo giảm còn 2,5%.", "hộ nghèo").extract
    assert extract.whole is None
    assert (extract.before, extract.after) == (False, False)


def test_notes_with_words_of_the_question_come_first_and_open():
    document = make_document()
    calling = next(p for p in document.passages if len(p.footnotes) > 1)
    notes = card(found_in(document, calling, "trường trung học"), 1).notes
    assert [note.is_open for note in notes] == sorted((n.is_open for n in notes), reverse=True)
    assert notes[0].is_open


def test_a_note_is_opened_beside_the_sentence_that_calls_it():
    document = make_document()
    body = next(p for p in document.passages if p.footnote is not None)
    assert card(show(document, body), 1).fragment == f"ct-{body.footnote}"


def test_a_table_row_knows_its_headings_and_where_the_words_are():
    document = make_document()
    row = next(p for p in document.passages if p.table)
    table = card(found_in(document, row, "hộ nghèo"), 1).table
    assert table is not None
    assert table.headings == ("Chỉ tiêu", "Đơn vị", "Năm 2020")
    assert [text_of(cell.pieces) for cell in table.cells] == ["Tỷ lệ hộ nghèo", "%", "2,5"]
    assert [any(p.highlighted for p in cell.pieces) for cell in table.cells] == [True, False, False]
