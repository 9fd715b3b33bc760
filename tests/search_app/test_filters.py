"""What a typed filter chooses of the values that there are."""

from __future__ import annotations

import pytest

from indexer.errors import UnknownFilter
from search_app.filters import choose

TOWNS = {"thị xã Cồn Mây", "thị xã Bàu Sen", "huyện Mây Hồng"}
TERMS = {"2015-2020", "2020-2025"}


@pytest.mark.parametrize(
    ("typed", "known", "chosen"),
    [
        ("cồn mây", TOWNS, {"thị xã Cồn Mây"}),
        ("mây", TOWNS, {"thị xã Cồn Mây", "huyện Mây Hồng"}),
        ("bau sen", TOWNS, {"thị xã Bàu Sen"}),
        ("thị xã", TOWNS, {"thị xã Cồn Mây", "thị xã Bàu Sen"}),
        ("2020", TERMS, TERMS),
        ("2020 – 2025", TERMS, {"2020-2025"}),
    ],
)
def test_whole_words_of_a_value_choose_it(typed, known, chosen):
    assert set(choose("giá trị", [typed], known)) == chosen


@pytest.mark.parametrize(
    ("typed", "known"), [("x", TOWNS), ("ã", TOWNS), ("sen ", {"xã Sensoa"}), ("20", TERMS)]
)
def test_a_piece_of_a_word_chooses_nothing_and_names_what_there_is(typed, known):
    with pytest.raises(UnknownFilter) as caught:
        choose("giá trị", [typed], known)
    assert sorted(known)[0] in str(caught.value.hint)
