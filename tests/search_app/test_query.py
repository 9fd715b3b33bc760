from __future__ import annotations

import pytest

from indexer.errors import EmptyQuery, QueryTooBroad, QueryTooLong
from indexer.models import Field, Filters, Group, Match
from indexer.text.synonyms import Synonym, Synonyms
from search_app.query import begun_words, build_query, read_question, words_to_mark
from search_app.understand import Knowledge, understand


def query_of(text: str, filters: Filters | None = None):
    question = read_question(text, 1000)
    meaning = understand(question.free, Knowledge())
    return build_query(question, meaning, filters or Filters(), 10, 0)


@pytest.mark.parametrize("quotes", ['"{}"', "“{}”", "„{}“", '“{}"'])
def test_quoted_words_are_a_phrase_whatever_the_quotation_marks(quotes):
    question = read_question("giảm " + quotes.format("hộ nghèo"), 1000)
    assert question.phrases == ("hộ nghèo",)
    assert question.free == "giảm"


def test_a_minus_excludes_a_word_or_a_phrase():
    question = read_question('hộ nghèo -cận -"tái nghèo"', 1000)
    assert question.free == "hộ nghèo"
    assert set(question.excluded) == {"cận", "tái nghèo"}


def test_a_hyphen_inside_words_excludes_nothing():
    question = read_question("kinh tế - xã hội 22-NQ/TW văn hóa -xã hội", 1000)
    assert question.excluded == ("xã",)
    assert "22-NQ/TW" in question.free


def test_an_unclosed_quote_is_said_and_its_words_are_searched():
    question = read_question('giảm "hộ nghèo', 1000)
    assert question.free == "giảm hộ nghèo"
    assert question.phrases == ()
    assert "chưa đóng" in question.notes[0]


@pytest.mark.parametrize("text", ["", "   ", "?!.,;", '""', "-", "“”", "🙂", "\u200b"])
def test_a_question_without_a_word_is_refused(text):
    with pytest.raises(EmptyQuery, match="Hãy gõ"):
        query_of(text)


def test_filters_alone_are_a_question():
    assert query_of("", Filters(places=("thị xã A",))).groups == ()


def test_only_excluded_words_are_no_question():
    with pytest.raises(EmptyQuery):
        query_of("-nghèo")


def test_a_long_question_is_refused_with_both_lengths():
    with pytest.raises(QueryTooLong, match=r"10000 .* 1000"):
        read_question("a" * 10_000, 1000)


def test_every_syllable_is_wanted_once_and_most_are_needed():
    query = query_of("hộ nghèo hộ cận nghèo")
    assert [group.alternatives[0].forms for group in query.groups] == [
        ("hộ",),
        ("nghèo",),
        ("cận",),
    ]
    assert query.minimum == 3
    assert query_of("hộ nghèo cận giảm nhanh").minimum == 4


def test_neighbours_raise_the_score_without_being_needed():
    boosts = {(match.field, match.forms) for match in query_of("tỷ lệ hộ nghèo").boosts}
    assert (Field.PAIRS, ("hộ nghèo",)) in boosts
    assert (Field.WORDS, ("tỉ_lệ",)) in boosts


def test_a_question_needs_less_of_its_words_than_a_list_of_words():
    words, question = query_of("hộ nghèo giảm nhanh"), query_of("vì sao hộ nghèo giảm nhanh?")
    assert (words.minimum, question.minimum) == (3, 1)
    assert words.complete_first
    assert not question.complete_first


def test_words_that_ask_are_not_wanted():
    forms = {group.alternatives[0].forms[0] for group in query_of("có bao nhiêu hộ nghèo").groups}
    assert forms == {"hộ", "nghèo"}


def test_an_expansion_is_another_way_to_find_its_words():
    known = Knowledge(synonyms=Synonyms((Synonym(("trạm xá", "trạm y tế"), ""),)))
    question = read_question("trạm xá", 1000)
    query = build_query(question, understand("trạm xá", known), Filters(), 10, 0)
    for group in query.groups:
        runs = {match.forms for match in group.alternatives}
        assert ("trạm", "y", "tế") in runs


def test_spelling_and_unicode_form_do_not_change_the_query():
    decomposed = "Tỷ lệ hộ nghèo"
    assert query_of(decomposed).groups == query_of("tỉ lệ hộ nghèo").groups


def test_a_date_is_found_in_digits_and_spelt_out():
    spelt = query_of("05/11/2019").groups[0].alternatives
    assert ("5", "tháng", "11", "năm", "2019") in [match.forms for match in spelt]
    groups = query_of("ngày 05 tháng 11 năm 2019").groups
    assert all(("5/11/2019",) in [m.forms for m in group.alternatives] for group in groups)


@pytest.mark.parametrize("text", ["thu 2016 -2020", "tăng trưởng -2,5%"])
def test_a_minus_before_a_number_excludes_nothing(text):
    assert read_question(text, 99).excluded == ()


def _forms(field, beginning, most):
    known = {Field.SYLLABLES: ("nông", "nông1", "nống"), Field.FOLDED: ("nong", "nong1")}[field]
    return tuple(form for form in known if form.startswith(beginning))[:most]


def test_a_beginning_stands_for_the_words_that_begin_so():
    assert begun_words(["Nông"], _forms)[0].alternatives == (
        Match(Field.SYLLABLES, ("nông",)),
        Match(Field.SYLLABLES, ("nông1",)),
    )


def test_a_beginning_without_accents_stands_for_words_with_any():
    assert begun_words(["nong"], _forms)[0].alternatives == (
        Match(Field.FOLDED, ("nong",)),
        Match(Field.FOLDED, ("nong1",)),
    )


def test_of_several_syllables_the_last_is_begun():
    assert begun_words(["02-Nông"], _forms)[0].alternatives[0] == Match(
        Field.SYLLABLES, ("2", "nông")
    )


def test_the_beginning_of_too_many_words_is_refused():
    with pytest.raises(QueryTooBroad, match=r"“no\*”.*1000"):
        begun_words(["no"], lambda field, beginning, most: tuple(map(str, range(most))))


def test_all_beginnings_of_a_question_share_one_bound():
    def forms_of(field, beginning, most):
        return tuple(f"{beginning}{n}" for n in range(min(most, 300)))

    assert len(begun_words(["á", "ế", "í"], forms_of)) == 3
    with pytest.raises(QueryTooBroad, match=r"“ú\*”"):
        begun_words(["á", "ế", "í", "ú"], forms_of)


def test_words_near_each_other_are_required_with_their_distance():
    question = read_question('"tỷ lệ nghèo"~2 xã', 99)
    query = build_query(question, understand(question.free, Knowledge()), Filters(), 10, 0)
    assert query.required == (Group((Match(Field.SYLLABLES, ("tỉ", "lệ", "nghèo"), slop=2),)),)
    assert query.boosts[-1] == query.required[0].alternatives[0]
    assert words_to_mark(question, query) == ("tỷ lệ", "nghèo")
