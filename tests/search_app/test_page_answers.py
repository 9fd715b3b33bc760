from __future__ import annotations

from dataclasses import replace

from indexer.models import FactKind, Period, Span
from search_app.answering.wants import AnswerType, Wants
from search_app.page_answers import answer_card
from tests.factories.answers import make_answer, make_reply
from tests.factories.documents import CALLING, NOTE_MARKED, PARAGRAPHS, make_document
from tests.search_app.test_terminal_answers import LONG


def text_of(pieces) -> str:
    return "".join(piece.text for piece in pieces if not piece.mark)


def marked(pieces) -> list[str]:
    return [piece.text for piece in pieces if piece.highlighted]


def rows_of(document, *answers):
    card = answer_card(make_reply(document, *answers))
    assert card is not None
    return (*card.rows, *card.more)


def test_no_answer_gives_no_card():
    assert answer_card(make_reply(make_document())) is None


def test_answers_that_measure_a_known_indicator_lead_to_its_comparison():
    document = make_document()
    measured = replace(make_answer(document, PARAGRAPHS[0], "2,5%"), indicator="ho-ngheo")
    other = replace(make_answer(document, NOTE_MARKED, "An Hòa", kind=None), indicator="khac")
    card = answer_card(make_reply(document, measured, other), {"ho-ngheo": "tỷ lệ hộ nghèo"})
    assert card is not None
    assert card.compared == (("ho-ngheo", "tỷ lệ hộ nghèo"),)


def test_a_row_has_value_details_and_only_the_value_marked():
    document = make_document()
    (row,) = rows_of(document, make_answer(document, PARAGRAPHS[0], "2,5%"))
    (head,) = row.heads
    assert (head.value, head.is_figure, head.is_short) == ("2,5%", True, True)
    assert head.about == ("huyện An Bình", "cuối năm 2020", "kết quả")
    assert text_of(row.quote.windows[0]) == PARAGRAPHS[0]
    assert marked(row.quote.windows[0]) == ["2,5%"]
    assert row.quote.whole is None


def test_a_sentence_beside_its_own_value_says_nothing_more():
    document = make_document()
    value = make_answer(document, PARAGRAPHS[0], "2,5%")
    sentence = make_answer(document, PARAGRAPHS[0], PARAGRAPHS[0], kind=None)
    (row,) = rows_of(document, sentence, value)
    assert [head.value for head in row.heads] == ["2,5%"]
    assert marked(row.quote.windows[0]) == ["2,5%"]


def test_a_sentence_that_stands_over_its_note_is_no_row_of_its_own():
    document = make_document()
    note = make_answer(document, NOTE_MARKED, "An Hòa", kind=None)
    caller = make_answer(document, CALLING, CALLING, kind=None)
    (row,) = rows_of(document, note, caller)
    assert row.note_label
    assert len(rows_of(document, caller)) == 1


def test_a_note_comes_with_its_unmarked_caller_and_opens_beside_it():
    document = make_document()
    (row,) = rows_of(document, make_answer(document, NOTE_MARKED, "An Hòa", kind=None))
    assert [text_of(anchor) for anchor in row.anchors] == [CALLING]
    assert not any(marked(anchor) for anchor in row.anchors)
    assert (row.note_label, row.fragment) == ("1", "ct-1")
    assert any("câu gọi chú thích" in sentence for sentence in row.why)


def test_a_row_of_a_table_has_its_headings_and_the_value_marked_in_its_cell():
    document = make_document()
    (row,) = rows_of(document, make_answer(document, "Lao động qua đào tạo | % | 65", "65"))
    assert row.table is not None
    assert row.table.headings == ("Chỉ tiêu", "Đơn vị", "Năm 2020")
    assert [marked(cell.pieces) for cell in row.table.cells] == [[], [], ["65"]]


def test_a_quotation_of_several_rows_is_shown_as_a_text():
    document = make_document()
    answer = make_answer(document, "Lao động qua đào tạo | % | 65", "65")
    start = document.text.index("Tỷ lệ hộ nghèo | %")
    wide = replace(answer.citation, span=Span(start, answer.citation.span.end))
    (row,) = rows_of(document, replace(answer, citation=wide))
    assert row.table is None
    assert text_of(row.quote.windows[0]) == wide.quote
    assert marked(row.quote.windows[0]) == ["65"]


def test_a_sentence_that_answers_as_a_whole_is_neither_headline_nor_marked():
    document = make_document()
    whole = make_answer(document, PARAGRAPHS[0], PARAGRAPHS[0], kind=None, period=None)
    (row,) = rows_of(document, whole)
    assert row.in_words
    assert row.heads[0].value == ""
    assert marked(row.quote.windows[0]) == []


def test_a_long_quotation_is_cut_around_the_value_and_can_be_unfolded():
    document = make_document(paragraphs=(LONG,))
    (row,) = rows_of(document, make_answer(document, LONG, "2,5%"))
    assert marked(row.quote.windows[0]) == ["2,5%"]
    assert (row.quote.before, row.quote.after) == (True, True)
    assert row.quote.whole is not None
    assert text_of(row.quote.whole) == LONG


def test_answers_from_one_quotation_share_it():
    document = make_document()
    budget = PARAGRAPHS[1]
    rows = rows_of(
        document,
        make_answer(document, budget, "1.234,5 tỷ đồng"),
        make_answer(document, PARAGRAPHS[0], "2,5%"),
        make_answer(document, budget, "12%", kind=FactKind.CHANGE),
    )
    assert [[head.value for head in row.heads] for row in rows] == [
        ["1.234,5 tỷ đồng", "12%"],
        ["2,5%"],
    ]
    assert marked(rows[0].quote.windows[0]) == ["1.234,5 tỷ đồng", "12%"]


def test_words_that_ask_for_nothing_get_no_card():
    document = make_document()
    reply = make_reply(document, make_answer(document, PARAGRAPHS[0], "2,5%"))
    assert answer_card(replace(reply, wants=Wants(AnswerType.KEYWORDS))) is None
    assert answer_card(replace(reply, wants=Wants(AnswerType.KEYWORDS, figure=True))) is not None


def test_a_sentence_has_no_row_beside_values_that_words_name():
    document = make_document()
    value = make_answer(document, PARAGRAPHS[0], "2,5%")
    sentence = make_answer(document, PARAGRAPHS[1], PARAGRAPHS[1], kind=None)
    wants = Wants(AnswerType.KEYWORDS, figure=True)
    both, alone = (
        answer_card(replace(make_reply(document, *answers), wants=wants))
        for answers in ((sentence, value), (sentence,))
    )
    assert both is not None and [row.in_words for row in both.rows] == [False]
    assert alone is not None and [row.in_words for row in alone.rows] == [True]


def test_many_answers_are_folded_but_never_one_alone():
    paragraphs = tuple(f"Số trường học của xã thứ {n} là {n + 10}." for n in range(1, 7))
    document = make_document(paragraphs=paragraphs)
    answers = [make_answer(document, p, f"{n + 11}") for n, p in enumerate(paragraphs)]
    for kind, count, shown, folded in (
        (AnswerType.COUNT, 5, 5, 0),
        (AnswerType.COUNT, 6, 4, 2),
        (AnswerType.KEYWORDS, 3, 3, 0),
        (AnswerType.KEYWORDS, 4, 2, 2),
    ):
        reply = make_reply(document, *answers[:count])
        card = answer_card(replace(reply, wants=Wants(kind, figure=True)))
        assert card is not None
        assert (len(card.rows), len(card.more)) == (shown, folded)


def test_why_names_what_was_asked_the_words_found_and_the_certainty():
    document = make_document()
    (row,) = rows_of(document, make_answer(document, PARAGRAPHS[0], "2,5%"))
    assert row.why[0] == "Câu hỏi được hiểu là hỏi một con số."
    assert any("“nghèo”" in sentence for sentence in row.why)
    assert row.why[-1] == "Mức chắc chắn: cao."
    assert not any("suy ra" in sentence for sentence in row.why)


def test_why_says_when_the_time_follows_from_the_report_alone():
    document = make_document()
    period = Period("", "2015-01-01", "2020-12-31")
    (row,) = rows_of(document, make_answer(document, PARAGRAPHS[0], "2,5%", period=period))
    assert any("2015–2020 suy ra từ báo cáo" in sentence for sentence in row.why)
