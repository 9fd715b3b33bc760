"""The spelling of text: what is stored, what is matched, and what is left without accents.

No I/O and no third party here. `fold_characters` must run after legacy fonts (TCVN3, VNI) have
been decoded, because it removes U+00AD, which is a letter there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# A run of letters, as a pattern; a mark without a precomposed letter stays with its letter.
RAISED = "²³¹⁰⁴⁵⁶⁷⁸⁹"
LOWERED = "₀₁₂₃₄₅₆₇₈₉"
# A raised digit counts as a letter for Python; for a reader m² is m and 2.
_LETTER = rf"[^\W\d_{RAISED}{LOWERED}]"
LETTERS = rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f])*"

_D_STROKE = {0xD0: "Đ", 0xF0: "đ", 0x189: "Đ", 0x256: "đ"}
_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
# A page break or a line mark stands between two words: dropping it would join them.
_LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_UNSEEN = (
    *(code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"),
    *(0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)),
    *(*range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC)),
    *range(0xE0000, 0xE0080),
    # Halves of a code point: no UTF-8 file and no database can hold them.
    *range(0xD800, 0xE000),
)
_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(_UNSEEN),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_LINE_ENDS, "\n"),
    **_D_STROKE,
}

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHAPED = "ăâêôơư"
_WORD = re.compile(LETTERS)
_SYLLABLE = re.compile(
    rf"(?P<onset>ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    rf"(?P<nucleus>[aeiouy{_SHAPED}]+)(?P<coda>ch|ng|nh|[cmnpt])?"
)
_Y_AS_I = re.compile(r"(qu|[hklmstv])([yỳýỷỹỵ])")
_PLAIN_DIGITS = str.maketrans(RAISED + LOWERED, "2310456789" + "0123456789")
_I_FOR_Y = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def fold_characters(text: str) -> str:
    """Return the text as it is stored: NFC, one code point for each sign.

    Look-alikes, odd spaces and unseen characters go; the spelling stays as it was written.
    U+FFFD stays, because it marks the places of lost footnote marks.

    >>> fold_characters("Ðồng\u00a0Tháp: nu\u031bo\u031b\u0301c sạch")
    'Đồng Tháp: nước sạch'
    """
    one_line_end = text.replace("\r\n", "\n")
    return unicodedata.normalize("NFC", one_line_end.translate(_CHARACTERS))


@lru_cache(maxsize=1 << 16)
def match_form(word: str) -> str:
    """Return the form by which a word is matched; it is never shown.

    Lower case, the tone mark at one place, one letter for the i/y of open syllables, and plain
    digits for raised and lowered ones.

    >>> match_form("Thuỷ lợi"), match_form("Kỹ thuật"), match_form("tỷ lệ"), match_form("m²")
    ('thủy lợi', 'kĩ thuật', 'tỉ lệ', 'm2')
    """
    lowered = unicodedata.normalize("NFC", fold_characters(word).lower()).translate(_PLAIN_DIGITS)
    return _WORD.sub(lambda match: _syllable_form(match.group()), lowered)


def strip_accents(text: str) -> str:
    """Return the text without its marks, one code point for each one of an NFC text.

    >>> strip_accents("Tỷ lệ hộ nghèo ở Đồng Tháp")
    'Ty le ho ngheo o Dong Thap'
    """
    if text.isascii():
        return text
    return "".join(map(_bare, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=1 << 12)
def _bare(character: str) -> str:
    if character in "Đđ" or ord(character) in _D_STROKE:
        return "D" if character.isupper() else "d"
    parts = unicodedata.normalize("NFD", character)
    return parts[0] if all(map(unicodedata.combining, parts[1:])) else character


def _syllable_form(syllable: str) -> str:
    placed = _place_tone(syllable)
    return placed.translate(_I_FOR_Y) if _Y_AS_I.fullmatch(placed) else placed


def _place_tone(syllable: str) -> str:
    """Move the tone mark to its old-style place; leave what is no syllable alone."""
    parts = unicodedata.normalize("NFD", syllable)
    tones = [part for part in parts if part in _TONES]
    if len(tones) != 1:
        return syllable
    toneless = unicodedata.normalize("NFC", parts.replace(tones[0], ""))
    match = _SYLLABLE.fullmatch(toneless)
    if match is None:
        return syllable
    place = match.start("nucleus") + _tone_index(match["nucleus"], closed=bool(match["coda"]))
    toned = unicodedata.normalize("NFC", toneless[place] + tones[0])
    return toneless[:place] + toned + toneless[place + 1 :]


def _tone_index(nucleus: str, *, closed: bool) -> int:
    shaped = [index for index, vowel in enumerate(nucleus) if vowel in _SHAPED]
    if shaped:
        return shaped[-1]
    if closed:
        return len(nucleus) - 1
    return 1 if len(nucleus) > 2 else 0
