"""Vietnamese alphabetical order."""

from __future__ import annotations

import unicodedata

# Letters follow one another as in the alphabet, tones only decide between equals.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{at:02}" for at, letter in enumerate(_ALPHABET)}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def alphabetical(text: str) -> tuple[str, ...]:
    """Return a key that sorts Vietnamese text: ă after a, đ after d, tones last.

    >>> sorted(["Đa", "Dung", "Ân", "An", "Ảo"], key=alphabetical)
    ['An', 'Ảo', 'Ân', 'Dung', 'Đa']
    """
    letters = unicodedata.normalize("NFD", text.lower())
    toneless = "".join(letter for letter in letters if letter not in _TONES)
    composed = unicodedata.normalize("NFC", toneless)
    return "".join(_RANK.get(letter, letter) for letter in composed), letters
