"""The tables against their definition: every feature spelt out, every sequence of labels tried."""

from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.crf_file import Crf
from indexer.text.word_tables import build_model

PLACES = {
    "": ["-2", "-1", "0", "1", "2", "-2,-1", "-1,0", "0,1", "1,2", "-2,0", "-1,1", "0,2"],
    ".lower": ["-2", "-1", "0", "1", "2", "-2,-1", "-1,0", "0,1", "1,2"],
    ".isdigit": ["-1", "0", "1"],
    ".istitle": ["-2", "-1", "0", "1", "2", "0,1", "0,2"],
    ".is_in_dict": ["-2", "-1", "0", "1", "2", "-2,-1", "-1,0", "0,1", "1,2", "-1,1", "0,2"],
}
NAMES = [f"T[{places}]{what}" for what, all_places in PLACES.items() for places in all_places]
DICTIONARY = {"xã", "thị xã", "ủy ban xã", " xã", "xã  xã"}
TOKENS = ["xã", "Xã", "thị", "THỊ", "ủy", "Ủy", "ban", "5", "-5", "9" * 12, "EOS", "BOS", ","]


def value_of(name: str, tokens: list[str], at: int) -> str:
    places, what = name[2:].split("]")
    first, last = (at + int(place) for place in (places.split(",") * 2)[:2])
    if places.count(",") == 1:
        last = at + int(places.split(",")[1])
    if first < 0:
        return "BOS"
    if last >= len(tokens):
        return "EOS"
    parts = tokens[first : last + 1]
    text = " ".join(parts)
    return {
        "": text,
        ".lower": text.lower(),
        ".isdigit": str(text.lstrip("-").isdigit() and len(text) < 10),
        ".istitle": str(all(part[0] == part[0].upper() for part in parts)),
        ".is_in_dict": str(text.lower() in DICTIONARY),
    }[what]


def scores_of_all(crf: Crf, tokens: list[str]) -> dict[tuple[bool, ...], float]:
    """Return the sum of all weights for every sequence of labels; True: a word begins."""

    def score(labels: tuple[int, ...]) -> float:
        total = sum(crf.transitions[a][b] for a, b in pairwise(labels))
        for at, label in enumerate(labels):
            for name in NAMES:
                attribute = f"{name}={value_of(name, tokens, at)}"
                total += crf.states.get(attribute, [0.0, 0.0])[label]
        return total

    return {
        tuple(label == 0 for label in labels): score(labels)
        for labels in product((0, 1), repeat=len(tokens))
    }


def drawn_model(chance: Random, tokens: list[str]) -> Crf:
    names = [f"{name}={value_of(name, tokens, at)}" for name in NAMES for at in range(len(tokens))]
    other = [f"{name}={value}" for name in NAMES for value in ("True", "False", "BOS", "EOS", "xã")]
    weights = [0.0, *(chance.uniform(-2, 2) for _ in range(12))]
    states = {name: [chance.choice(weights), chance.choice(weights)] for name in (*names, *other)}
    return Crf(("B-W", "I-W"), states, [[chance.choice(weights) for _ in range(2)] for _ in "BI"])


@settings(deadline=None)  # the machine is shared
@given(st.lists(st.sampled_from(TOKENS), min_size=2, max_size=5), st.integers(0, 1 << 32))
def test_the_likeliest_sequence_of_all_is_found(tokens, seed):
    crf = drawn_model(Random(seed), tokens)
    model = build_model(crf, NAMES, DICTIONARY)
    found = model.begins([model.token(text) for text in tokens])
    scores = scores_of_all(crf, tokens)
    best, second = sorted(scores.values(), reverse=True)[:2]
    if best - second < 1e-8:
        assert found is None or best - scores[tuple(found)] < 1e-8
    else:
        assert found is not None and scores[tuple(found)] == best


def test_a_tie_is_left_undecided():
    crf = Crf(("B-W", "I-W"), {"T[0]=xã": [1.0, 0.0]}, [[0.0, 0.0], [0.0, 0.0]])
    model = build_model(crf, NAMES, DICTIONARY)
    assert model.begins([model.token("xã")] * 3) == [True, True, True]
    assert model.begins([model.token(text) for text in ("xã", "🙂", "xã")]) is None


def test_no_tokens_have_no_words():
    crf = Crf(("B-W", "I-W"), {}, [[0.0, 0.0], [0.0, 0.0]])
    assert build_model(crf, NAMES, DICTIONARY).begins([]) == []


def test_other_labels_and_features_are_refused():
    steps = [[0.0, 0.0], [0.0, 0.0]]
    with pytest.raises(ValueError):
        build_model(Crf(("B", "I"), {}, steps), NAMES, DICTIONARY)
    with pytest.raises(ValueError):
        build_model(Crf(("B-W", "I-W"), {}, steps), ["word[0]"], DICTIONARY)
