"""The questions that engines are asked: usual ones, and runs of words of every rarity."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from indexer.text.analysis import forms

# What people ask of such reports; the words of each occur in the sample reports.
USUAL = (
    "tỷ lệ hộ nghèo",
    "tỷ lệ lao động qua đào tạo",
    "thu nhập bình quân đầu người",
    "trường đạt chuẩn quốc gia",
    "xây dựng nông thôn mới",
    "bảo hiểm y tế",
    "cải cách hành chính",
    "tổng vốn đầu tư toàn xã hội",
    "hộ sử dụng nước sạch",
    "tỷ lệ đô thị hóa",
    "giải phóng mặt bằng",
    "tạo việc làm mới",
)
OTHER = "quốc phòng, an ninh"
_DRAWN = 12
_LENGTHS = (2, 3, 4)
_DRAWS = 40


def questions(passages: Sequence[str], seed: int = 1) -> list[list[str]]:
    """Return the forms of each question: the usual ones, and runs drawn from the passages.

    The drawn ones spread from runs of frequent words to runs with a word that is met once.
    """
    chance = random.Random(seed)
    frequency = Counter(form for line in passages for form in set(line.split(" ")))
    runs = [_run(chance.choice(passages).split(" "), chance) for _ in range(_DRAWS * _DRAWN)]
    by_rarity = sorted(runs, key=lambda run: (min(map(frequency.__getitem__, run)), run))
    return [list(forms(text)) for text in USUAL] + by_rarity[_DRAWS // 2 :: _DRAWS]


def _run(words: Sequence[str], chance: random.Random) -> list[str]:
    length = chance.choice(_LENGTHS)
    start = chance.randrange(max(1, len(words) - length))
    return list(words[start : start + length])
