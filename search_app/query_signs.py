"""What the signs in a question mean: quotation marks, minus, distance, the beginning of a word."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.text.normalise import fold_characters
from search_app.languages import gettext as _

_QUOTED = re.compile(
    r"(?P<minus>(?<!\S)-)?[\"“”„](?P<phrase>[^\"“”„]*)[\"“”„](?:~(?P<slop>\d{1,3})(?!\w))?"
)
_EXCLUDED = re.compile(r"(?<!\S)-(?P<word>[^\s\"“”„\d-][^\s\"“”„]*)")
_BEGINNING = re.compile(r"(?<![\w*])(?P<start>[^\W_](?:[\w/.,-]*[^\W_])?)\*(?![\w*])")
_QUOTE = re.compile(r"[\"“”„]")
# Farther apart words are not told of together.
_WIDEST = 50


@dataclass(frozen=True, slots=True)
class Near:
    """Words in this order, each at most `slop` syllables farther than next to the one before it."""

    words: str
    slop: int


@dataclass(frozen=True, slots=True)
class Question:
    """A text after reading its signs: free words, quoted phrases, what must not occur.

    `near` are words that must stand close together, `beginnings` those of which only the beginning
    is known. `notes` say in Vietnamese what was understood differently than it was typed.
    """

    text: str
    free: str
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]
    notes: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()
    beginnings: tuple[str, ...] = ()


def read_signs(text: str) -> Question:
    """Return the parts of a question.

    >>> question = read_signs('"tỷ lệ hộ nghèo" giảm -cận')
    >>> question.free, question.phrases, question.excluded
    ('giảm', ('tỷ lệ hộ nghèo',), ('cận',))
    >>> question = read_signs('"hộ nghèo"~3 2384/QĐ*')
    >>> question.near, question.beginnings
    ((Near(words='hộ nghèo', slop=3),), ('2384/QĐ',))
    """
    folded = " ".join(fold_characters(text).split())
    phrases: list[str] = []
    excluded: list[str] = []
    near: list[Near] = []

    def take(match: re.Match[str]) -> str:
        words = match["phrase"].strip()
        if words and match["slop"] and not match["minus"]:
            near.append(Near(words, min(int(match["slop"]), _WIDEST)))
        elif words:
            (excluded if match["minus"] else phrases).append(words)
        return " "

    rest = _QUOTED.sub(take, folded)
    notes = []
    if _QUOTE.search(rest):
        notes.append(_("Dấu ngoặc kép chưa đóng: các từ sau nó được tìm như từ thường."))
        rest = _QUOTE.sub(" ", rest)
    notes += [
        _(
            "Các từ “%(words)s” phải đứng theo thứ tự này, cách nhau không quá %(slop)s tiếng.",
            words=each.words,
            slop=each.slop,
        )
        for each in near
    ]
    excluded += [match["word"] for match in _EXCLUDED.finditer(rest)]
    rest = _EXCLUDED.sub(" ", rest)
    beginnings = tuple(dict.fromkeys(match["start"] for match in _BEGINNING.finditer(rest)))
    if any("*" in words for words in (*phrases, *excluded)):
        notes.append(_("Dấu * trong ngoặc kép và sau dấu trừ không thay cho chữ nào."))
    notes += [_("“%(start)s*” là mọi từ bắt đầu như vậy.", start=start) for start in beginnings]
    free = " ".join(_BEGINNING.sub(" ", rest).split())
    return Question(
        folded, free, tuple(phrases), tuple(excluded), tuple(notes), tuple(near), beginnings
    )


def loosen(question: Question) -> Question:
    """Return the question with its quoted phrases as plain words, and a note that says so.

    >>> loosen(read_signs('ai nói "hộ nghèo" -cận')).free
    'ai nói hộ nghèo'
    """
    text = _QUOTED.sub(
        lambda match: " " if match["minus"] else f" {match['phrase']} ", question.text
    )
    for signs in (_QUOTE, _EXCLUDED, _BEGINNING):
        text = signs.sub(" ", text)
    loose = (*question.phrases, *(near.words for near in question.near))
    quoted = "; ".join(f"“{words}”" for words in loose)
    note = _("Không có đoạn nào chứa nguyên văn %(words)s: các từ được tìm rời.", words=quoted)
    free = " ".join(text.split())
    return replace(question, free=free, phrases=(), near=(), notes=(*question.notes, note))
