"""The tables of the old Vietnamese encodings: which letter each of their signs draws.

A font such as .VnTime draws Vietnamese letters in the places of other signs, so a file of that
time holds those signs: "n\u00adíc" for "nước". A sign reaches a program as the Latin-1
character of its byte or as that of cp1252; the tables know both.
"""

from __future__ import annotations

from unicodedata import normalize

# In this order the letters stand in the byte tables; "-" is a letter that an encoding lacks.
_LETTERS = (
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
    "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ"
)
# The fonts of TCVN3 have no capitals with tones: those of which the name ends in H draw them.
_TCVN3 = """
    b5 b6 b7 b8 b9 a8 bb bc bd be c6 a9 c7 c8 c9 ca cb ae cc ce cf d0 d1 aa d2 d3 d4 d5 d6
    d7 d8 dc dd de df e1 e2 e3 e4 ab e5 e6 e7 e8 e9 ac ea eb ec ed ee ef f1 f2 f3 f4 ad f5
    f6 f7 f8 f9 fa fb fc fd fe - - - - - a1 - - - - - a2 - - - - - a7 - - - - - a3 - - - - -
    - - - - - - - - - - a4 - - - - - a5 - - - - - - - - - - a6 - - - - - - - - - -
"""
_VISCII = """
    e0 e4 e3 e1 d5 e5 a2 c6 c7 a1 a3 e2 a5 a6 e7 a4 a7 f0 e8 eb a8 e9 a9 ea ab ac ad aa ae
    ec ef ee ed b8 f2 f6 f5 f3 f7 f4 b0 b1 b2 af b5 bd b6 b7 de be fe f9 fc fb fa f8 df d7
    d8 e6 d1 f1 cf d6 db fd dc c0 c4 c3 c1 80 c5 82 02 05 81 83 c2 85 86 06 84 87 d0 c8 cb
    88 c9 89 ca 8b 8c 8d 8a 8e cc 9b ce cd 98 d2 99 a0 d3 9a d4 90 91 92 8f 93 b4 96 97 b3
    95 94 d9 9c 9d da 9e bf bb bc ff ba b9 9f 14 19 dd 1e
"""
_VPS = """
    e0 e4 e3 e1 e5 e6 a2 a3 a4 a1 a5 e2 c0 c4 c5 c3 c6 c7 e8 c8 eb e9 cb ea 8a 8b cd 89 8c
    ec cc ef ed ce f2 d5 f5 f3 86 f4 d2 b0 87 d3 b6 d6 a9 aa ab a7 ae f9 fb db fa f8 dc d8
    ba bb d9 bf ff 9b cf 9a 9c 80 81 82 c1 02 88 8e 8f f0 8d 04 c2 84 85 1c 83 03 f1 d7 de
    fe c9 05 ca 93 94 95 90 06 b5 b7 b8 b4 10 bc bd be b9 11 d4 97 98 - 96 12 f7 9e 9f a6 9d
    13 a8 d1 ac da 14 d0 af b1 1d ad 15 b2 fd b3 dd 19
"""

# VNI and VIQR write signs behind the bare letter, in the order: grave, hook, tilde, acute, dot.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
VNI_TONES = "\xf8\xfb\xf5\xf9\xef"
# The shape alone, then the shape with each tone.
_VNI_SHAPES = {
    "â": "\xe2\xe0\xe5\xe3\xe1\xe4",
    "ê": "\xe2\xe0\xe5\xe3\xe1\xe4",
    "ô": "\xe2\xe0\xe5\xe3\xe1\xe4",
    "ă": "\xea\xe8\xfa\xfc\xe9\xeb",
}
_VNI_VOWELS = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "\xf4": "ơ", "\xf6": "ư"}
_VNI_LETTERS = {
    "\xf1": "đ",
    "\xf4": "ơ",
    "\xf6": "ư",
    "\xec": "ì",
    "\xe6": "ỉ",
    "\xf3": "ĩ",
    "\xed": "í",
    "\xf2": "ị",
    "\xee": "ỵ",
}
_VIQR_TONES = "`?~'."
_VIQR_SHAPES = {"â": "a^", "ê": "e^", "ô": "o^", "ă": "a(", "ơ": "o+", "ư": "u+"}
# What converters and PDF fonts put in the place of a sign of TCVN3.
TCVN3_LOOK_ALIKES = {"\u2212": "\xad", "\u2219": "\xb7", "\u03bc": "\xb5"}


def tcvn3() -> dict[str, str]:
    """Return the letters that the characters of a TCVN3 text draw.

    >>> tcvn3()["\xad"], tcvn3()["\xae"]
    ('ư', 'đ')
    """
    return _bytes_table(_TCVN3)


def viscii() -> dict[str, str]:
    """Return the letters that the characters of a VISCII text draw.

    >>> viscii()["\xbe"], viscii()["\x93"], viscii()["\u201c"]
    ('ớ', 'Ộ', 'Ộ')
    """
    return _bytes_table(_VISCII)


def vps() -> dict[str, str]:
    """Return the letters that the characters of a VPS text draw.

    >>> vps()["\xc7"], vps()["\x87"], vps()["\u2021"]
    ('đ', 'ỗ', 'ỗ')
    """
    return _bytes_table(_VPS)


def vni() -> dict[str, str]:
    """Return the letters that the characters of a VNI text draw, alone or in pairs.

    >>> vni()["a\xe1"], vni()["\xd4\xd9"], vni()["A\xf8"]
    ('ấ', 'Ớ', 'À')
    """
    table = dict(_VNI_LETTERS)
    for base, vowel in _VNI_VOWELS.items():
        table |= {base + sign: _toned(vowel, tone) for tone, sign in _signs(VNI_TONES)}
    for vowel, signs in _VNI_SHAPES.items():
        base = _bare(vowel)
        table[base + signs[0]] = vowel
        table |= {base + sign: _toned(vowel, tone) for tone, sign in _signs(signs[1:])}
        # Typed one after the other, the signs of shape and tone stand both behind the letter.
        shaped = base + signs[0]
        table |= {shaped + sign: _toned(vowel, tone) for tone, sign in _signs(VNI_TONES)}
    return _in_every_case(table)


def viqr() -> dict[str, str]:
    """Return the letters that stand for groups of ASCII characters in VIQR.

    >>> viqr()["o^'"], viqr()["dd"], viqr()["U+"]
    ('ố', 'đ', 'Ư')
    """
    table = {"dd": "đ"}
    for vowel in "aăâeêioôơuưy":
        base = _VIQR_SHAPES.get(vowel, vowel)
        table |= {base: vowel} if len(base) > 1 else {}
        table |= {base + sign: _toned(vowel, tone) for tone, sign in _signs(_VIQR_TONES)}
    return _in_every_case(table)


def _bytes_table(listed: str) -> dict[str, str]:
    table = {}
    for letter, code in zip(_LETTERS, listed.split(), strict=True):
        if code != "-":
            byte = bytes.fromhex(code)
            table[byte.decode("latin-1")] = letter
            # cp1252 leaves five bytes free, which stay what they are in Latin-1.
            table[byte.decode("cp1252", errors="ignore") or byte.decode("latin-1")] = letter
    return table


def _in_every_case(table: dict[str, str]) -> dict[str, str]:
    # The first character says whether the letter is a capital; its signs may be of either case.
    cased = {}
    for signs, letter in table.items():
        for first in {signs[0], signs[0].upper()}:
            for rest in {signs[1:], signs[1:].upper()}:
                cased[first + rest] = letter if first == signs[0] else letter.upper()
    return cased


def _signs(signs: str) -> zip[tuple[str, str]]:
    return zip(_TONES, signs, strict=True)


def _toned(vowel: str, tone: str) -> str:
    return normalize("NFC", vowel + tone)


def _bare(vowel: str) -> str:
    return normalize("NFD", vowel)[0]
