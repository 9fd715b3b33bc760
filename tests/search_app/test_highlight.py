from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.highlight import Highlighter
from search_app.query import read_question
from search_app.understand import Knowledge, understand


def highlighter(text: str) -> Highlighter:
    question = read_question(text, 1000)
    return Highlighter(understand(question.free, Knowledge()), question.phrases)


def marked(question: str, text: str) -> list[str]:
    return [span.of(text) for span in highlighter(question).spans(text)]


def test_words_that_only_ask_are_not_marked():
    assert marked("hộ nghèo còn bao nhiêu", "có bao nhiêu hộ nghèo") == ["hộ nghèo"]


def test_neighbouring_words_are_one_highlight():
    assert marked("tỷ lệ hộ nghèo", "Kết quả tỷ lệ hộ nghèo giảm") == ["tỷ lệ hộ nghèo"]


def test_other_spellings_are_highlighted_as_they_stand():
    assert marked("hoà giải", "Tổ Hòa giải cơ sở") == ["Hòa giải"]


def test_a_word_of_a_run_is_not_marked_where_it_stands_alone():
    assert marked("hộ nghèo", "hộ nghèo, hộ khá, người nghèo") == ["hộ nghèo"]


def test_a_word_outside_the_runs_is_marked_too():
    assert marked("hộ nghèo giảm", "hộ nghèo đã giảm") == ["hộ nghèo", "giảm"]


def test_single_syllables_are_marked_when_nothing_better_stands_there():
    assert marked("hộ nghèo", "nhiều hộ khá") == ["hộ"]


def test_a_quoted_phrase_is_marked():
    assert marked('"đô thị loại III"', "đạt đô thị loại III sớm") == ["đô thị loại III"]


def test_nothing_is_marked_in_a_text_without_the_words():
    assert marked("hộ nghèo", "Công tác cán bộ") == []


@pytest.mark.parametrize("text", ["", "…", "123"])
def test_texts_without_words_have_no_highlights(text):
    assert marked("hộ nghèo", text) == []


@given(st.lists(st.sampled_from(["hộ", "nghèo", "tỷ lệ", "12,5%", ",", "\n", "Ủy", "“"])))
def test_highlights_are_ordered_and_never_overlap(words):
    text = " ".join(words)
    spans = highlighter("tỷ lệ hộ nghèo").spans(text)
    ends = [0, *(span.end for span in spans)]
    assert all(span.start >= end for span, end in zip(spans, ends, strict=False))
    assert all(span.end <= len(text) for span in spans)
