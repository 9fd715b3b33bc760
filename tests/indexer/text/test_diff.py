"""Matching of sequences: right, in order, and in bounded time."""

from __future__ import annotations

import random
from time import perf_counter

import pytest

from indexer.text.diff import gaps_between, matches, similar_pairs, word_forms


def pairs_of(runs):
    return [(a + at, b + at) for a, b, size in runs for at in range(size)]


@pytest.mark.parametrize("seed", range(30))
def test_what_matches_is_equal_and_in_order(seed):
    chance = random.Random(seed)
    left = [chance.choice("abcdefgh") for _ in range(chance.randrange(60))]
    right = [word for word in left if chance.random() < 0.8] + [chance.choice("abxyz")]
    pairs = pairs_of(matches(left, right))
    assert all(left[a] == right[b] for a, b in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in zip(pairs, pairs[1:], strict=False))
    # Found is nearly all that deleting words left in its order.
    assert len(pairs) >= 0.8 * (len(right) - 1)


def test_gaps_and_runs_cover_both_sides():
    left, right = ["một", "hai", "ba", "bốn", "năm"], ["hai", "ba", "sáu", "bốn"]
    runs = matches(left, right)
    gaps = list(gaps_between(runs, len(left), len(right)))
    assert [(left[one], right[other]) for one, other in gaps] == [
        (["một"], []),
        ([], ["sáu"]),
        (["năm"], []),
    ]
    assert sum(size for _, _, size in runs) == 3


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["0"] * 20_000, ["1"] + ["0"] * 20_000),
        (["0", "-"] * 10_000, ["-", "-", "0"] * 7_000),
        ([str(n) for n in range(20_000)], [str(n) for n in reversed(range(20_000))]),
    ],
    ids=["one cell again and again", "two cells in turn", "turned round"],
)
def test_long_sequences_take_bounded_time(left, right):
    started = perf_counter()
    matches(left, right)
    similar_pairs([[word] for word in left[:2_000]], [[word] for word in right[:2_000]], 0.5)
    assert perf_counter() - started < 10


def test_a_number_is_one_word_with_sign_and_separators():
    words = word_forms("Giảm -2,5% giai đoạn 2015-2020; thu 1.234,5 tỷ")
    assert words == ["giảm", "-2,5", "giai", "đoạn", "2015", "2020", "thu", "1.234,5", "tỉ"]


def test_rewritten_texts_are_paired_in_order():
    left = [["tôm", "tăng", "nhanh"], ["cá", "giảm", "nhẹ"], ["lúa", "ổn", "định"]]
    right = [["cá", "giảm", "mạnh"], ["tôm", "tăng", "nhanh"], ["lúa", "rất", "ổn", "định"]]
    assert similar_pairs(left, right, 0.5) in ([(0, 1), (2, 2)], [(1, 0), (2, 2)])
    assert similar_pairs(left, [["khác", "hẳn"]], 0.5) == []
