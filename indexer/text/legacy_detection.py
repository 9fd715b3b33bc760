"""In which old Vietnamese encoding a text is written, told by its words alone.

The right table turns the words into syllables of Vietnamese, a wrong one into none. Only words
with signs beyond ASCII are counted; what reads well as it stands is never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from indexer.text.keystrokes import is_bare_syllable, is_syllable
from indexer.text.legacy_decoding import Encoding, decode
from indexer.text.normalise import strip_accents

# Letters that only Unicode has, composed or as marks of their own.
_UNICODE_LETTERS = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_WORDS = re.compile(r"[^ \t\r\n\f\v!-/:-@\[-`{-~0-9]+")
_ASCII_WORDS = re.compile(r"(?<![^\W\d_])[A-Za-z]+(?![^\W\d_])")
# Quotation marks and dashes of cp1252; two encodings have letters in their places.
_PUNCTUATION = dict.fromkeys(
    map(ord, "\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026"), " "
)
_VOWELS = re.compile("[AEIOUY]")
_UNITS = frozenset({"µm", "µs", "µl"})
_BYTE_ENCODINGS = (Encoding.TCVN3, Encoding.VNI, Encoding.VISCII, Encoding.VPS)
_SAMPLE = 40_000

_LEAST_SHARE = 0.6
_LEAST_GAIN = 0.25
_GOOD_AS_IT_STANDS = 0.8
# A text of many words shows by less that it is read better.
_MANY, _SHARE_OF_MANY, _GAIN_OF_MANY = 20, 0.9, 0.1

_VIQR_WORDS = re.compile(r"[A-Za-z][A-Za-z'`?~.^(+]*")
# Signs that no other text puts behind a vowel inside a word.
_VIQR_SIGNS = re.compile(
    r"[aeo]\^|[aouAOU]\(|[ouOU]\+[a-z'`?~.]|[aeiouy][`~](?!~)|\bdd[aeiouy]|[aeiouy^(+]['?.][a-z]"
)
_VIQR_SHARE = 0.8
_VIQR_LEAST = 2


@dataclass(frozen=True, slots=True)
class Score:
    """How many words beyond ASCII are syllables, of how many; `long`: of two letters or more."""

    good: int = 0
    of: int = 0
    long: int = 0

    @property
    def share(self) -> float:
        """Return the share of syllables, 0 when there are no such words."""
        return self.good / self.of if self.of else 0.0


def has_unicode_letters(text: str) -> bool:
    """Say whether the text holds Vietnamese letters that only Unicode has.

    >>> has_unicode_letters("tỉnh"), has_unicode_letters("t\\xd8nh")
    (True, False)
    """
    return _UNICODE_LETTERS.search(text) is not None


def detect(text: str) -> Encoding | None:
    """Return the encoding of a text by its content; None for Unicode and for what is unclear.

    >>> detect("x\\xb7 \\xae\\xb9t chu\\xc8n"), detect("t\xecnh h\xecnh"), detect("señor")
    (<Encoding.TCVN3: 'TCVN3'>, None, None)
    """
    if has_unicode_letters(text):
        return None
    sample = _sample(text)
    if sample.isascii():
        return _detect_viqr(sample)
    words = Counter(word for word in _WORDS.findall(sample) if not word.isascii())
    raw = score(words)
    found = max(_BYTE_ENCODINGS, key=lambda encoding: score(words, encoding).share)
    return found if _is_sure(score(words, found), raw, sample) else None


def score_text(text: str, encoding: Encoding | None = None) -> Score:
    """Return how well a text reads, decoded or as it stands.

    >>> score_text("x\\xb7 \\xae\\xb9t", Encoding.TCVN3), score_text("x\\xb7 \\xae\\xb9t")
    (Score(good=2, of=2, long=2), Score(good=0, of=2, long=0))
    """
    found = (word for word in _WORDS.findall(text) if not word.isascii())
    return score(Counter(found), encoding)


def score(words: Counter[str], encoding: Encoding | None = None) -> Score:
    """Return how well counted words read, decoded or as they stand."""
    good = total = long = 0
    for word, times in words.items():
        read = word if encoding is None else decode(word, encoding)
        for part in read.translate(_PUNCTUATION).split():
            counted, right = _judge(part, times)
            total += counted
            good += right
            long += right if len(part) > 1 else 0
    return Score(good, total, long)


def _judge(part: str, times: int) -> tuple[int, int]:
    """Return how often a word counts, and how often as a syllable."""
    if part.isascii() or not any(map(str.isalpha, part)):
        return 0, 0
    if part in _UNITS or (part.isalpha() and is_syllable(part.lower()) and not _mixed(part)):
        return times, times
    # "HĐND" is no syllable and no sign of a wrong table either.
    is_short_form = part.isalpha() and part.isupper() and not _VOWELS.search(strip_accents(part))
    return (0, 0) if is_short_form else (times, 0)


def _mixed(part: str) -> bool:
    # "m²" is no "mỜ"; the fonts of TCVN3 have small letters with tones among capitals, "TRIểN".
    return any(
        left.islower() and left.isascii() and right.isupper() and not right.isascii()
        for left, right in pairwise(part)
    )


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _is_sure(found: Score, raw: Score, text: str) -> bool:
    gain = found.share - raw.share
    if found.of >= _MANY and found.share >= _SHARE_OF_MANY and gain >= _GAIN_OF_MANY:
        return True
    if raw.share >= _GOOD_AS_IT_STANDS or gain < _LEAST_GAIN or found.share < _LEAST_SHARE:
        return False
    if found.long > 1:
        return True
    # A single word is enough among syllables only: "tôt ou tard" is no Vietnamese.
    return found.long == found.of == 1 and all(map(is_bare_syllable, _ASCII_WORDS.findall(text)))


def _detect_viqr(text: str) -> Encoding | None:
    words = _VIQR_WORDS.findall(text)
    signed = sum(_VIQR_SIGNS.search(word) is not None for word in words)
    if signed < _VIQR_LEAST:
        return None
    read = re.findall(r"[^\W\d_]+", decode(" ".join(words), Encoding.VIQR))
    good = sum(is_syllable(word.lower()) or is_bare_syllable(word) for word in read)
    return Encoding.VIQR if good >= _VIQR_SHARE * len(read) else None
