from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.learned import Learned
from indexer.phrasebook import Phrase, Phrasebook, PhraseKind
from indexer.text.abbreviations import Abbreviations, Sense
from search_app.completions import Completions
from search_app.query import Request
from search_app.suggest import MAX_TYPED, Suggester, complete
from tests.bench.suggesting import WORST, synthetic_phrases

PHRASES = (
    Phrase("Tỷ lệ hộ nghèo", PhraseKind.INDICATOR, 9),
    Phrase("Tỷ lệ thất nghiệp", PhraseKind.INDICATOR, 5),
    Phrase("Giảm tỷ lệ sinh", PhraseKind.PHRASE, 50),
    Phrase("Thủy lợi", PhraseKind.HEADING, 4),
    Phrase("Thuỷ lợi", PhraseKind.PHRASE, 3),
    Phrase("Văn hóa - xã hội", PhraseKind.HEADING, 7),
    Phrase("Về văn hóa, xã hội", PhraseKind.HEADING, 3),
    Phrase("Kinh tế", PhraseKind.PHRASE, 80),
    Phrase("Kỹ thuật", PhraseKind.PHRASE, 8),
    Phrase("Quy hoạch", PhraseKind.PHRASE, 8),
    Phrase("Quyết định", PhraseKind.PHRASE, 9),
    Phrase("Tham gia BHYT", PhraseKind.PHRASE, 6),
    Phrase("Bảo hiểm y tế", PhraseKind.PHRASE, 6),
    Phrase("Hoàn thành", PhraseKind.PHRASE, 6),
    Phrase("Đô thị", PhraseKind.HEADING, 6),
)
BOOK = Completions(PHRASES)


def texts(typed: str, book: Completions = BOOK, limit: int = 8) -> list[str]:
    return [found.text for found in complete(typed, book, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tỷ lệ hộ", "Tỷ lệ hộ nghèo"),
        ("ty le ho ng", "Tỷ lệ hộ nghèo"),
        ("TY LE HO", "Tỷ lệ hộ nghèo"),
        ("tỉ lệ hộ", "Tỷ lệ hộ nghèo"),
        ("tỷ le ho", "Tỷ lệ hộ nghèo"),
        ("hộ ngh", "Tỷ lệ hộ nghèo"),
        ("van hoa xa", "Văn hóa - xã hội"),
        ("thuỷ l", "Thủy lợi"),
        ("hoà", "Hoàn thành"),
        ("ky", "Kỹ thuật"),
        ("quy", "Quyết định"),
        ("do th", "Đô thị"),
        ("bhyt", "Tham gia BHYT"),
        ("BHYT", "Tham gia BHYT"),
    ],
)
def test_a_beginning_is_completed(typed, first):
    assert texts(typed)[0] == first


def test_accents_that_were_typed_are_honoured():
    assert texts("ty le")[:2] == ["Tỷ lệ hộ nghèo", "Tỷ lệ thất nghiệp"]
    assert texts("tý le") == []
    assert "Đô thị" not in texts("dọ")


def test_a_phrase_that_begins_so_comes_before_one_that_holds_it():
    assert texts("tỷ lệ") == ["Tỷ lệ hộ nghèo", "Tỷ lệ thất nghiệp", "Giảm tỷ lệ sinh"]


def test_a_finished_word_is_not_completed_to_a_longer_one():
    assert texts("quy ") == ["Quy hoạch"]
    assert texts("kinh ") == ["Kinh tế"]
    assert "Kinh tế" not in texts("ky")


def test_two_spellings_and_a_chapter_of_the_same_are_offered_once():
    assert texts("thủy") == ["Thủy lợi"]
    assert texts("văn hóa") == ["Văn hóa - xã hội"]


def test_what_is_typed_to_its_end_is_no_completion():
    assert texts("kinh tế") == []
    assert texts("kinh te") == ["Kinh tế"]


def test_no_more_than_the_limit_is_offered():
    assert len(texts("t", limit=2)) == 2
    assert texts("t", limit=0) == []


@pytest.mark.parametrize("typed", ["", "   ", "%", '"', "\n", "ty" * MAX_TYPED])
def test_nothing_typed_or_too_much_gives_nothing(typed):
    assert texts(typed) == []


def test_an_abbreviation_is_completed_to_what_it_stands_for():
    known = Abbreviations((Sense("BHYT", "bảo hiểm y tế"),))
    suggester = Suggester(Learned(None, {}, (), Phrasebook(PHRASES)), known)
    assert [found.text for found in suggester.complete("bhyt")] == [
        "Tham gia BHYT",
        "Bảo hiểm y tế",
    ]


def test_nothing_learnt_means_no_suggestion():
    suggester = Suggester(Learned(None, {}, ()), Abbreviations(()))
    assert suggester.complete("tỷ lệ") == ()
    assert suggester.did_you_mean("hộ ngèo", (), found=False) is None


def test_the_library_completes_from_its_reports(sample_library):
    found = {item.text: item.kind for item in sample_library.suggest("ty le ho")}
    assert found["Tỷ lệ hộ nghèo"] == "indicator"


def test_a_search_says_what_may_have_been_meant(sample_library):
    assert sample_library.search(Request("tỷ lệ hộ ngèo")).suggestion == "tỷ lệ hộ nghèo"
    assert sample_library.search(Request("tỷ lệ hộ nghèo")).suggestion is None


def test_words_of_the_sample_reports_are_never_doubted(sample_library):
    for typed in ("ho", "xay dung", "kinh te", "dang"):
        for item in sample_library.suggest(typed):
            assert sample_library.search(Request(item.text)).suggestion is None, item.text


@pytest.fixture(scope="module")
def large_book() -> Completions:
    return Completions(synthetic_phrases(50_000))


def test_completing_among_many_phrases_is_quick(large_book):
    begun = perf_counter()
    for typed in WORST:
        complete(typed, large_book)
    assert (perf_counter() - begun) / len(WORST) < 0.1


def test_a_short_beginning_among_many_gives_the_most_frequent_first(large_book):
    counts = {phrase.text: phrase.count for phrase in large_book.phrases}
    found = [counts[text] for text in texts("th", large_book)]
    assert found == sorted(found, reverse=True)
    whole = [p.count for p in large_book.phrases if p.text.lower().startswith("th")]
    assert found[0] == max(whole)


@given(st.text(max_size=250))
def test_any_text_is_completed_without_an_error(typed):
    assert len(complete(typed, BOOK)) <= 8


@given(st.sampled_from(PHRASES), st.data())
def test_every_beginning_of_a_phrase_finds_it_or_what_stands_for_it(phrase, data):
    end = data.draw(st.integers(1, len(phrase.text) - 1))
    assert complete(phrase.text[:end], BOOK, limit=99)
