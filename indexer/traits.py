"""What kind of statement a passage makes: a result, a shortcoming, a cause, a target, a task.

Reports say it in their headings; where a section mixes results and shortcomings, the first words
of a paragraph say it ("Tuy nhiên, …", "Bên cạnh những kết quả …, còn …").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum


class Trait(StrEnum):
    """A kind of statement, as questions ask for them."""

    RESULT = "result"
    SHORTCOMING = "shortcoming"
    CAUSE = "cause"
    TARGET = "target"
    TASK = "task"
    OUTLOOK = "outlook"
    LESSON = "lesson"
    FIGURE = "figure"


_HEADINGS = (
    (Trait.SHORTCOMING, r"hạn chế|yếu kém|tồn tại|khuyết điểm|khó khăn|bất cập"),
    (Trait.CAUSE, r"nguyên nhân"),
    (Trait.TARGET, r"chỉ tiêu|mục tiêu"),
    (Trait.TASK, r"giải pháp|nhiệm vụ|phương hướng|tổ chức thực hiện|đột phá"),
    (Trait.OUTLOOK, r"dự báo|thuận lợi|khó khăn|thời cơ|thách thức"),
    (Trait.LESSON, r"bài học|kinh nghiệm"),
    (Trait.RESULT, r"kết quả|thành tựu|đánh giá|tình hình"),
)
_OPENINGS = (
    (
        Trait.SHORTCOMING,
        r"(?:tuy nhiên|tuy vậy|mặc dù|bên cạnh(?! đó)|song(?! song)|"
        r"những? (?:mặt )?(?:hạn chế|tồn tại)|hạn chế)\b",
    ),
    (Trait.CAUSE, r"(?:nguyên nhân|đạt được (?:những )?kết quả trên|do\b)"),
    (Trait.LESSON, r"(?:một|hai|ba|bốn|năm|sáu) là,"),
    (Trait.TARGET, r"(?:phấn đấu|đến (?:cuối )?năm 20\d\d,?)"),
)
_HEADING_PATTERNS = tuple((trait, re.compile(pattern, re.I)) for trait, pattern in _HEADINGS)
_OPENING_PATTERNS = tuple(
    (trait, re.compile(rf"[-+*\s]*{pattern}", re.I)) for trait, pattern in _OPENINGS
)


def find_traits(text: str, headings: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of statement that a passage makes, by its headings and first words.

    >>> find_traits("Tuy nhiên, tỷ lệ giảm chậm.", ["I- KẾT QUẢ", "1. Kinh tế"])
    ('result', 'shortcoming')
    """
    path = "\n".join(headings)
    found = {trait for trait, pattern in _HEADING_PATTERNS if pattern.search(path)}
    found |= {trait for trait, pattern in _OPENING_PATTERNS if pattern.match(text)}
    if any(letter.isdigit() for letter in text):
        found.add(Trait.FIGURE)
    return tuple(trait.value for trait in Trait if trait in found)


def place_trait(place: str) -> str:
    """Return the trait of passages in documents of a place.

    >>> place_trait("thị xã Cồn Mây")
    'place:thị_xã_Cồn_Mây'
    """
    return f"place:{'_'.join(place.split())}"


def term_trait(term: str) -> str:
    """Return the trait of passages in reports of a term.

    >>> term_trait("2020-2025")
    'term:2020-2025'
    """
    return f"term:{term}"
