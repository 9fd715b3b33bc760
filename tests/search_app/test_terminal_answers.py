from __future__ import annotations

from dataclasses import replace

import click
import pytest

from search_app.cite import author_and_year
from search_app.terminal_answers import reply_lines
from tests.factories.answers import MESSAGE, make_answer, make_reply
from tests.factories.documents import CALLING, NOTE_MARKED, PARAGRAPHS, make_document

LONG = (
    "Trong nhiệm kỳ, các phong trào thi đua được duy trì đều ở cơ sở và " * 8
    + "tỷ lệ hộ nghèo giảm còn 2,5% vào cuối năm 2020, "
    + "bộ mặt nông thôn đổi thay rõ nét ở các xã vùng sâu " * 8
    + "của huyện."
)


def shown(document, *answers, styled=False) -> str:
    return "\n".join(reply_lines(make_reply(document, *answers), styled=styled))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_value_comes_first_with_place_time_and_kind():
    document = make_document()
    answer = make_answer(document, PARAGRAPHS[0], "2,5%")
    lines = shown(document, answer).splitlines()
    assert lines[0] == "2,5%  huyện An Bình · cuối năm 2020 · kết quả"
    assert flat(" ".join(lines[2:-1])) == f"— {answer.citation.text}"
    assert lines[-1] == f"   vankien show {answer.citation.passage.id}"


def test_the_value_is_in_brackets_or_bold_in_the_quotation():
    document = make_document()
    answer = make_answer(document, PARAGRAPHS[0], "2,5%")
    assert "“Tỷ lệ hộ nghèo giảm còn [2,5%] vào cuối năm 2020.”" in shown(document, answer)
    styled = shown(document, answer, styled=True)
    assert f"giảm còn {click.style('2,5%', bold=True)} vào" in styled
    assert "[2,5%]" not in styled


def test_a_value_in_a_note_comes_with_the_sentence_that_calls_it():
    document = make_document()
    text = flat(shown(document, make_answer(document, NOTE_MARKED, "An Hòa", kind=None)))
    assert f"[câu gọi chú thích 1] {CALLING}" in text
    assert "“Gồm các xã [An Hòa], An Phú" in text


def test_a_row_of_a_table_comes_with_its_column_headings():
    document = make_document()
    text = shown(document, make_answer(document, "Lao động qua đào tạo | % | 65", "65"))
    assert "[cột] Chỉ tiêu | Đơn vị | Năm 2020" in text
    assert "“Lao động qua đào tạo | % | [65]”" in text


def test_a_sentence_that_answers_as_a_whole_is_not_marked():
    document = make_document()
    answer = make_answer(document, PARAGRAPHS[0], PARAGRAPHS[0], kind=None, period=None)
    lines = shown(document, answer).splitlines()
    assert lines[:2] == ["huyện An Bình", f"   “{PARAGRAPHS[0]}”"]


def test_a_clause_that_answers_is_not_put_in_brackets():
    sentence = f"{LONG[:90].rstrip()} đã đổi thay."
    document = make_document(paragraphs=(sentence,))
    clause = sentence[10:80].strip()
    text = shown(document, make_answer(document, sentence, clause, kind=None, period=None))
    assert "[" not in text
    assert f"“{sentence}”" in flat(text)


def test_a_report_is_cited_in_full_once():
    document = make_document()
    one = make_answer(document, PARAGRAPHS[0], "2,5%")
    other = make_answer(document, NOTE_MARKED, "An Hòa", kind=None)
    text = flat(shown(document, one, other))
    assert text.count(one.citation.text.split(", ")[1]) == 1
    assert f"— như trên, {other.citation.place}" in text


def test_a_report_that_was_cited_before_another_is_named_by_its_author():
    first = make_document()
    second = replace(first, id="f" * 12, metadata=replace(first.metadata, place="huyện Bãi Vàng"))
    answers = [make_answer(one, PARAGRAPHS[0], "2,5%") for one in (first, second, first)]
    text = flat("\n".join(reply_lines(make_reply(first, *answers))))
    assert text.count(answers[0].citation.text) == 1
    assert f"— {author_and_year(first.metadata)}, đã dẫn, {answers[0].citation.place}" in text
    assert "như trên" not in text


@pytest.mark.parametrize("width", [40, 60, 96])
def test_no_line_is_wider_than_the_terminal(width):
    document = make_document(paragraphs=(LONG,))
    reply = make_reply(document, make_answer(document, LONG, "2,5%"))
    lines = list(reply_lines(reply, width=width))
    assert max(map(len, lines)) <= width


def test_a_lost_note_sign_is_a_small_sign():
    sentence = "Tỷ lệ hộ nghèo giảm còn 2,5%\N{REPLACEMENT CHARACTER} vào cuối năm 2020."
    document = make_document(paragraphs=(sentence,))
    text = shown(document, make_answer(document, sentence, "2,5%"))
    assert "[2,5%]° vào" in text


def test_a_long_quotation_is_cut_around_the_value():
    document = make_document(paragraphs=(LONG,))
    text = flat(shown(document, make_answer(document, LONG, "2,5%")))
    assert "“… " in text
    assert " …”" in text
    assert "giảm còn [2,5%] vào cuối năm 2020" in text
    assert len(text) < len(LONG)


def test_without_an_answer_the_three_nearest_passages_are_given():
    document = make_document()
    text = shown(document)
    assert text.startswith(MESSAGE)
    assert text.count("vankien show ") == 3
