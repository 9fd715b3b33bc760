"""Models of parts add up to the model of the whole, whatever is merged into what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.merging import merge
from indexer.text.training import train

SYLLABLES = [
    "tỷ",
    "tỉ",
    "lệ",
    "hộ",
    "Hộ",
    "nghèo",
    "thuỷ",
    "thủy",
    "2,5",
    ",",
    "kilogram",
    "\n",
    ".",
]
texts = st.lists(st.lists(st.sampled_from(SYLLABLES), max_size=12).map(" ".join), max_size=5)
words = st.lists(st.sampled_from(["tỉ lệ", "thủy lợi", "hộ", "lỵ", "tuy nhiên"]), max_size=4)


@given(texts=texts, lexicon=words, cut=st.integers(0, 5), first=st.booleans())
def test_two_parts_are_the_whole(texts, lexicon, cut, first):
    parts = [texts[:cut], texts[cut:]]
    models = [
        train(part, lexicon if bool(number) != first else ()) for number, part in enumerate(parts)
    ]
    assert merge(models) == train(texts, lexicon)


@given(texts=texts)
def test_many_parts_are_the_whole(texts):
    assert merge(train([text], ()) for text in texts) == train(texts, ())


def test_a_word_of_two_lexicons_counts_as_often_as_in_the_larger():
    models = [train(["hộ"], ["tỉ lệ", "tỉ lệ"]), train([], ["tỉ lệ", "thủy lợi"])]
    assert merge(models) == train(["hộ"], ["tỉ lệ", "tỉ lệ", "thủy lợi"])


def test_what_is_merged_stays_as_it_was():
    models = [train(["tỷ lệ hộ nghèo"], ["tỉ lệ"]), train(["hộ cận nghèo"], ())]
    before = [model.to_bytes() for model in models]
    merge(models)
    assert [model.to_bytes() for model in models] == before


@pytest.mark.parametrize("written", ["lỵ", "tuỳ"])
def test_a_word_of_the_lexicon_is_no_spelling_of_the_texts(written):
    of_texts = ["hộ nghèo, hộ cận nghèo", written]
    lexicon = ["lỵ", "tùy"]
    assert merge([train(of_texts[:1], lexicon), train(of_texts[1:], ())]) == train(
        of_texts, lexicon
    )
