from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.models import PassageKind, Span
from search_app.answering.grounding import is_grounded, numbers_of
from search_app.cite import cite_quote
from tests.factories.documents import NOTE_ALIGNED, make_document

NUMBERS = st.from_regex(r"\A[1-9]\d{0,3}(?:[.,]\d{1,3}){0,2}\Z")


def cited(quote, *paragraphs):
    document = make_document(paragraphs=paragraphs or (quote,))
    start = document.text.index(quote)
    span = Span(start, start + len(quote))
    passage = next(p for p in document.passages if p.span.holds(span) and not p.heading)
    return cite_quote(document, passage, span)


@pytest.mark.parametrize(
    ("text", "quote", "grounded"),
    [
        ("2,5%", "Tỷ lệ hộ nghèo còn 2,5%.", True),
        ("2,5%", "Tỷ lệ hộ nghèo còn 12,5%.", False),
        ("2,5%", "Tỷ lệ hộ nghèo còn 2,55%.", False),
        ("2,5%", "Tỷ lệ hộ nghèo còn 2,5.3%.", False),
        ("2.5%", "Tỷ lệ hộ nghèo còn 2,5%.", False),
        ("2%", "Tỷ lệ hộ nghèo còn 2,5%.", False),
        ("234", "Thu 1.234 tỷ đồng.", False),
        ("1.234 tỷ", "Thu 1.234, tăng nhanh.", True),
        ("4/5 xã", "Có 4/5 xã đạt chuẩn.", True),
        ("4/6 xã", "Có 4/5 xã đạt chuẩn.", False),
        ("không có số", "Không có gì.", True),
        ("năm 2020: 5%", "Còn 5%.", False),
    ],
)
def test_numbers_are_compared_whole_and_as_printed(text, quote, grounded):
    assert is_grounded(text, cited(quote)) is grounded


@given(st.lists(NUMBERS, max_size=4), NUMBERS)
def test_a_number_that_is_not_quoted_is_never_grounded(quoted, number):
    citation = cited(f"Kết quả là {' và '.join(quoted)} vụ việc.")
    assert is_grounded(f"còn {number}%", citation) is (number in quoted)


@given(st.lists(NUMBERS, min_size=1, max_size=4), NUMBERS)
def test_one_wrong_number_among_right_ones_is_enough(quoted, number):
    assume(number not in quoted)
    citation = cited(f"Kết quả là {' và '.join(quoted)} vụ việc.")
    assert is_grounded(" và ".join(quoted), citation)
    assert not is_grounded(" và ".join([*quoted, number]), citation)


def test_what_stands_beside_the_quotation_does_not_count():
    line = "Có 31 bến. Có 47 tổ."
    assert is_grounded("47 tổ", cited("Có 47 tổ.", line))
    assert not is_grounded("31 bến", cited("Có 47 tổ.", line))


def test_numbers_of_the_sentence_that_calls_a_note_count():
    document = make_document()
    note = next(
        p
        for p in document.passages
        if p.kind is PassageKind.FOOTNOTE and p.span.of(document.text) == NOTE_ALIGNED
    )
    citation = cite_quote(document, note, note.span)
    assert is_grounded("2 trong 8 trường", citation)
    assert not is_grounded("2 trong 9 trường", citation)


def test_code_points_do_not_matter():
    text = "Cả 5 xã và 2,5%"
    assert numbers_of(unicodedata.normalize("NFD", text)) == numbers_of(text) == {"5", "2,5"}
