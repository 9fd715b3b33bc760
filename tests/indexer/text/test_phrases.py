"""Finding fixed expressions in a question."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.phrases import PhraseTable

WORDS = st.sampled_from(["a", "b", "c", "d"])
PHRASES = st.lists(WORDS, min_size=1, max_size=4).map(tuple)


def found(phrases: list[str], question: str) -> list[tuple[int, int]]:
    table = PhraseTable({tuple(phrase.split()): phrase for phrase in phrases})
    return [(item.start, item.end) for item in table.find(question.split())]


def test_the_longest_wins_even_when_another_begins_before_it():
    assert found(["a b", "b c d"], "a b c d") == [(1, 4)]


def test_of_two_that_are_as_long_the_first_wins():
    assert found(["a b", "b c"], "a b c") == [(0, 2)]


def test_every_place_is_found():
    assert found(["a", "b c"], "a b c a") == [(0, 1), (1, 3), (3, 4)]


def test_a_longer_expression_is_not_mistaken_for_a_shorter_one_at_the_end():
    assert found(["a", "a b"], "b a") == [(1, 2)]


def test_an_empty_expression_is_never_found():
    assert PhraseTable({(): 1}).find(("a",)) == ()


def test_only_the_whole_expression_has_a_value():
    table = PhraseTable({("a", "b"): 1})
    assert (table.get(("a", "b")), table.get(("a",))) == (1, None)


@given(st.dictionaries(PHRASES, st.integers(), max_size=12), st.lists(WORDS, max_size=15))
def test_what_is_found_stands_there_and_nothing_overlaps(phrases, question):
    end = 0
    for item in PhraseTable(phrases).find(question):
        assert end <= item.start < item.end <= len(question)
        assert phrases[tuple(question[item.start : item.end])] == item.value
        end = item.end
