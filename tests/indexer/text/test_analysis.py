"""The terms of documents and questions."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.models import Analysis, Term
from indexer.text.analysis import SENTENCE_GAP, analyse, forms, syllables_of
from indexer.text.normalise import fold_characters
from indexer.text.segment import split_syllables
from tests.conftest import shared_lines

PIECES = re.split(
    r"\|",
    "Tỷ lệ|hộ nghèo|Ủy ban|nhân dân|uỷ viên|thị xã|TX. |v.v.|22-NQ/TW|QĐ-UBND|2384CV|1.998|3.8 tỷ|"
    '2,5%|05/11/2019|19/28|10/2/|1,|,5| |\n|. |.|...|…|! |; |, |(|)|“|”|"|[|]|- |A|a.|m²|½|🙂|'
    "\ufffd|\u0301|漢字|http://|a.vn/|_|H'Mông|3x4|43H-0530|03-573-2357|1.2.3,4|10:20:50|é",
)


@st.composite
def report_texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=25))
    return fold_characters(draw(st.sampled_from(["", " "])).join(pieces))


def words(text: str) -> list[str]:
    return [term.form for term in analyse(text).words]


def assert_joined(term: Term, parts: list[Term], separator: str) -> None:
    assert term.form == separator.join(part.form for part in parts)
    assert term.position == parts[0].position
    assert (term.span.start, term.span.end) == (parts[0].span.start, parts[-1].span.end)


def assert_sound(analysis: Analysis, text: str) -> None:
    syllables = list(analysis.syllables)
    assert [term.span for term in syllables] == list(split_syllables(text))
    assert all((term.form,) == forms(term.span.of(text)) for term in syllables)
    assert all(a.position < b.position for a, b in pairwise(syllables))
    left = syllables.copy()
    for word in analysis.words:
        inside = [part for part in left if word.span.holds(part.span)]
        assert_joined(word, inside, "_")
        assert inside == left[: len(inside)]
        left = left[len(inside) :]
    assert left == []
    neighbours = [(a, b) for a, b in pairwise(syllables) if a.position + 1 == b.position]
    assert len(neighbours) == len(analysis.pairs)
    for pair, parts in zip(analysis.pairs, neighbours, strict=True):
        assert_joined(pair, list(parts), " ")


def test_three_views_of_a_phrase():
    analysis = analyse("Uỷ ban có trách nhiệm")
    assert [(t.form, t.position) for t in analysis.words] == [
        ("ủy_ban", 0),
        ("có", 2),
        ("trách_nhiệm", 3),
    ]
    assert [t.form for t in analysis.syllables] == ["ủy", "ban", "có", "trách", "nhiệm"]
    assert [t.form for t in analysis.pairs] == ["ủy ban", "ban có", "có trách", "trách nhiệm"]


def test_both_spellings_of_a_question_meet_the_report():
    report = analyse("Tỷ lệ hộ nghèo").syllables
    assert [t.form for t in report] == list(forms("TỈ LỆ HỘ NGHÈO"))


@pytest.mark.parametrize(
    ("printed", "typed"), [("500 m²", "500 m2"), ("4 m³/ngày", "4 m3/ngày"), ("khí CO₂", "khí CO2")]
)
def test_raised_and_lowered_digits_are_found_as_they_are_typed(printed, typed):
    assert forms(printed) == forms(typed)
    assert words(printed) == words(typed)


def test_stop_words_and_single_syllables_are_kept():
    assert words("của và là") == ["của", "và", "là"]


def test_numbers_are_one_term_each():
    expected = ("giảm", "2,5", "còn", "1998", "hộ", "ngày", "5/11/2019", "19/28")
    assert forms("giảm 2,5% còn 1.998 hộ, ngày 05/11/2019 (19/28)") == expected


def test_codes_are_split():
    assert forms("22-NQ/TW, QĐ-UBND, 2384CV") == ("22", "nq", "tw", "qđ", "ubnd", "2384", "cv")


def test_a_sentence_end_leaves_a_gap():
    syllables = analyse("Thu tăng. Chi giảm\nNợ").syllables
    gap = SENTENCE_GAP
    assert [t.position for t in syllables] == [0, 1, 2 + gap, 3 + gap, 4 + 2 * gap]


def test_no_pair_crosses_a_sentence_end():
    assert [t.form for t in analyse("Thu tăng. Chi giảm").pairs] == ["thu tăng", "chi giảm"]


def test_a_word_never_cuts_a_number():
    text = "đạt 46.028/52.100 ha"
    assert "46028/52100" in words(text)


def test_punctuation_alone_gives_nothing():
    assert analyse("… – “”. ()\n🙂") == Analysis((), (), ())


def test_a_text_without_spaces_is_analysed_too():
    text = "xã" + ".xã" * 2000
    assert_sound(analyse(text), text)


def test_long_texts_are_not_kept():
    text = "thị xã phát triển kinh tế, " * 200
    assert analyse(text) == analyse(text)
    assert analyse(text) is not analyse(text)
    assert analyse("thị xã") is analyse("thị xã")


def test_forms_are_those_of_the_syllables():
    text = "Nghị quyết số 22-NQ/TW. Kết luận."
    assert forms(text) == tuple(term.form for term in analyse(text).syllables)


@settings(deadline=None)  # the model loads, and the machine is shared
@given(report_texts())
def test_any_text_gives_sound_terms(text):
    assert_sound(analyse(text), text)


@settings(deadline=None)  # the model loads, and the machine is shared
@given(st.text(max_size=40))
def test_text_that_was_never_folded_gives_sound_spans(text):
    analysis = analyse(text)
    assert all((term.form,) == forms(term.span.of(text)) for term in analysis.syllables)


@pytest.mark.seed
@pytest.mark.parametrize("folder", ["bench/ud_vtb", "corpus"])
def test_real_text_gives_sound_terms(folder):
    lines = shared_lines(folder)
    assert len(lines) >= 300
    for line in lines:
        assert_sound(analyse(line), line)


@pytest.mark.parametrize("text", ["", "Hộ nghèo còn 2,5%. TX. Hồng đạt 3 tỷ…\nỔn định", "a.B. c"])
def test_syllables_alone_are_those_of_the_analysis(text):
    assert syllables_of(text) == analyse(text).syllables
