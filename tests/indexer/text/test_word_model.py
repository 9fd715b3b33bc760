"""The model of words: what a token is, and how it is kept."""

import pytest

from indexer.text.crf_file import Crf
from indexer.text.word_model import WordModel
from indexer.text.word_tables import build_model

FEATURES = ["T[0]", "T[0].lower", "T[-1,0].lower", "T[0].isdigit", "T[0].istitle"]
WEIGHTS = {
    "T[-1,0].lower=BOS": [2.0, 0.0],
    "T[0].lower=xã": [1.0, 0.0],
    "T[0]=Xã": [0.0, 3.0],
    "T[-1,0].lower=thị xã": [0.0, 9.0],
    "T[0].isdigit=True": [5.0, 0.0],
    "T[0].istitle=True": [7.0, 0.0],
}


@pytest.fixture
def model() -> WordModel:
    return build_model(Crf(("B-W", "I-W"), WEIGHTS, [[0.0, 0.0], [0.0, 0.0]]), FEATURES, {"xã"})


@pytest.mark.parametrize(
    ("text", "weight"),
    [("xã", 1), ("XÃ", 1 + 7), ("Xã", 1 - 3 + 7), ("12", 5 + 7), ("9" * 9999, 7), ("thị", 0)],
)
def test_a_token_weighs_by_its_spelling_and_its_kind(model, text, weight):
    assert model.token(text).weights[2] == weight


def test_a_pair_goes_together_in_any_spelling(model):
    for text in ("thị xã", "Thị xã", "THỊ xã"):
        tokens = [model.token(part) for part in text.split()]
        assert model.begins(tokens) == [True, False]


def test_the_tables_come_back_from_bytes(model):
    assert WordModel.from_bytes(model.to_bytes()) == model


@pytest.mark.parametrize("data", [b"", b"no tables", b"i\x01\x00\x00\x00"])
def test_damaged_bytes_are_refused(data):
    with pytest.raises((ValueError, TypeError, EOFError)):
        WordModel.from_bytes(data)
