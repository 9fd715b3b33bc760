"""Text of the old Vietnamese encodings, letter by letter into Unicode. No I/O, no guessing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import cache

from indexer.text import legacy_tables
from indexer.text.keystrokes import is_syllable


class Encoding(StrEnum):
    """An encoding of Vietnamese from before Unicode, by the name people know."""

    TCVN3 = "TCVN3"
    VNI = "VNI"
    VISCII = "VISCII"
    VPS = "VPS"
    VIQR = "VIQR"


_TABLES: dict[Encoding, Callable[[], dict[str, str]]] = {
    Encoding.TCVN3: legacy_tables.tcvn3,
    Encoding.VNI: legacy_tables.vni,
    Encoding.VISCII: legacy_tables.viscii,
    Encoding.VPS: legacy_tables.vps,
    Encoding.VIQR: legacy_tables.viqr,
}
_WORD_OF_VIQR = re.compile(r"[A-Za-z'`?~.^(+\\]+")
# "I." and "b." number a paragraph; in VIQR they would be letters with a dot below.
_LABEL = re.compile(r"(?:[IVXLC]+|[A-Za-z])\.")
# "NDD", "HDDND": capitals without a vowel.
_SHORT_FORM = re.compile(r"[B-DF-HJ-NP-TV-XZ]*DD[B-DF-HJ-NP-TV-XZ]*|dd")
_VIQR_PUNCTUATION = ".?'"
# No word of VNI begins with a tone: it draws over what stands before it, over "giô)ø" as well.
_STRAYED = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{0,9}[AEOUYaeouy\xd4\xd6\xf4\xf6])([ ),.;:\]\"]{1,3})"
    rf"([{legacy_tables.VNI_TONES}])"
)
_GLIDES = re.compile("(?:[aâ][uy]|a[io]|eo|êu|[oôơư]i|ưu|ưa|(?<!q)u[ia]|(?<!g)i[ua])$")


def decode(text: str, encoding: Encoding) -> str:
    """Return the text in Unicode, NFC.

    `text` holds the characters that stand in the file, its bytes read as cp1252 or Latin-1;
    U+00AD must still be in it, because it is a letter in TCVN3.

    >>> decode("n\\xad\\xedc s\\xb9ch", Encoding.TCVN3), decode("nu+o+'c sa.ch", Encoding.VIQR)
    ('nước sạch', 'nước sạch')
    """
    if encoding is Encoding.TCVN3:
        text = _look_alikes().sub(lambda sign: legacy_tables.TCVN3_LOOK_ALIKES[sign[0]], text)
    if encoding is Encoding.VIQR:
        decoded = _WORD_OF_VIQR.sub(lambda word: _word_of_viqr(word[0]), text)
    else:
        table = _table(encoding)
        if encoding is Encoding.VNI:
            text = _STRAYED.sub(_brought_back, text)
        decoded = _signs(encoding).sub(lambda signs: table[signs[0]], text)
    return unicodedata.normalize("NFC", decoded)


def _brought_back(match: re.Match[str]) -> str:
    """Return a word with the tone that was typed behind what follows it, if that makes a word."""
    word, between, tone = match[1], match[2], match[3]
    decoded = decode(word + tone, Encoding.VNI)
    made = is_syllable(decoded.lower()) and not _is_misplaced(decoded)
    return word + tone + between if made else match[0]


@cache
def _table(encoding: Encoding) -> dict[str, str]:
    return _TABLES[encoding]()


@cache
def _signs(encoding: Encoding) -> re.Pattern[str]:
    longest_first = sorted(_table(encoding), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


@cache
def _look_alikes() -> re.Pattern[str]:
    # A minus between numbers stays a minus: only beside a letter is it one.
    signs = "".join(legacy_tables.TCVN3_LOOK_ALIKES)
    letter = rf"(?:[^\W\d_]|[{''.join(_table(Encoding.TCVN3))}])"
    return re.compile(rf"(?<={letter})[{signs}]|[{signs}](?={letter})")


def _word_of_viqr(word: str) -> str:
    """Return a word in Unicode; signs at its end that no syllable has end a sentence."""
    if _LABEL.fullmatch(word):
        return word
    least = len(word.rstrip(_VIQR_PUNCTUATION))
    # A letter bears one tone: of "...." only the first can be it.
    for end in range(min(len(word), least + 1), max(least, 1) - 1, -1):
        decoded = _letters_of_viqr(word[:end])
        if _is_word(decoded, word[:end]):
            return decoded + word[end:]
    # "add" and "e.g." are no syllables: what would not become one stays as it was written.
    return word


def _letters_of_viqr(word: str) -> str:
    table = _table(Encoding.VIQR)
    signs = _signs(Encoding.VIQR)
    parts = re.split(r"(\\.)", word)
    return "".join(
        part[1] if part.startswith("\\") and part[1:] else signs.sub(lambda s: table[s[0]], part)
        for part in parts
    )


def _is_word(decoded: str, written: str) -> bool:
    letters = re.findall(r"[^\W\d_]+", decoded)
    ends_in_sign = written[-1] in _VIQR_PUNCTUATION
    if ends_in_sign and letters and _is_misplaced(letters[-1]):
        return False
    if _SHORT_FORM.fullmatch(written):
        return True
    known = bool(letters) and all(map(is_syllable, letters))
    # "o^to^" is no syllable, yet nothing but VIQR writes so.
    return known or ("^" in written and decoded.isalpha() and not ends_in_sign)


def _is_misplaced(word: str) -> bool:
    """Say whether a tone stands on the last letter where another one would bear it: "caọ"."""
    base = unicodedata.normalize("NFD", word[-1].lower())
    return len(base) > 1 and _GLIDES.search(word[:-1].lower() + base[0]) is not None
