"""Telex and VNI keystrokes that were left in a question, turned into the letters meant.

Pure: the caller says which words are known. Codes and English words stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from indexer.models import Span
from indexer.text.normalise import match_form, strip_accents


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED_TONES = ("\u0301", "\u0323")
# Every rhyme of Vietnamese without its tone; "i" stands for "y" too when it ends a syllable.
_RHYMES = _words(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong oong ooc
    op ot oăc oăm oăn oăng oăt ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uy uya uych uyên uyêt uynh uyn uyp uyt uyu uân uâng uât uây
    uê uêch uênh uô uôc uôi uôm uôn uông uôt uơ ư ưa ưc ưi ưm ưn ưng ưt ưu
    ươc ươi ươm ươn ương ươp ươt ươu y yt yêm yên yêng yêt yêu
    """
)
_BARE_RHYMES = frozenset(map(strip_accents, _RHYMES))
_SPLIT = re.compile(r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?(.+)")

_TOKEN = re.compile(r"[^\W_]+")
_TELEX_TONE = dict(zip("frxsj", "\u0300\u0309\u0303\u0301\u0323", strict=True))
_VNI_TONE = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_DOUBLES = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_VNI_SHAPES = {
    "6": (("a", "â"), ("e", "ê"), ("o", "ô")),
    "8": (("a", "ă"),),
    "9": (("d", "đ"),),
}
_HORNS = (("quă", "qua"), ("ươ", "ươ|ưo|uơ|uo"), ("oă", "oa"), ("ưa", "ua"))
_HORNED = {"u": "ư", "o": "ơ", "a": "ă"}
_VNI = re.compile(r"[a-z]{2,}[1-9][a-z1-9]*|[a-z]+[1-9][a-z1-9]*[a-z]|d9[a-z1-9]*")
_LONGEST = 11  # "nghieengx" and two keys to spare
# English words whose letters are keystrokes of a right syllable.
_ENGLISH = _words(
    """
    is as us or of if ex ox has his this thus was her per car tax max fax box six mix fix gas bus
    yes bar far for war see too bee moon soon room tool noon book look door chaos boss toss loss
    how now new low law saw show grow know view two row raw cow
    """
)


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of what was typed, and what is written in its place."""

    span: Span
    written: str


@lru_cache(maxsize=1 << 14)
def is_syllable(word: str) -> bool:
    """Say whether a word is spelled as a Vietnamese syllable may be, tone included.

    >>> is_syllable("nghèo"), is_syllable("việt"), is_syllable("viêt"), is_syllable("rate")
    (True, True, False, False)
    """
    parts = unicodedata.normalize("NFD", match_form(word))
    tones = [part for part in parts if part in _TONES]
    toneless = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
    if len(tones) > 1 or not _is_spelled(toneless, _RHYMES):
        return False
    stopped = toneless.endswith(("c", "ch", "p", "t"))
    return not stopped or any(tone in _STOPPED_TONES for tone in tones)


@lru_cache(maxsize=1 << 14)
def is_bare_syllable(word: str) -> bool:
    """Say whether a word without accents may stand for a Vietnamese syllable.

    >>> is_bare_syllable("Nghieng"), is_bare_syllable("poverty"), is_bare_syllable("UBND")
    (True, False, False)
    """
    return word.isascii() and _is_spelled(word.lower(), _BARE_RHYMES)


def decode(text: str, known: Callable[[str], bool]) -> tuple[str, tuple[Change, ...]]:
    """Return the text with its keystrokes turned into letters, and what was changed.

    `known` says of a lower-case word that it needs no decoding; spans are those of `text`.

    >>> decode("tyr leej hooj ngheof 2,5", lambda word: False)[0]
    'tỷ lệ hộ nghèo 2,5'
    >>> decode("ty3 le65 ho65 nghe2o, 22-NQ/TW, m2, A4", lambda word: False)[0]
    'tỷ lệ hộ nghèo, 22-NQ/TW, m2, A4'
    """
    changes = []
    foreign = 0
    for match in _TOKEN.finditer(text):
        word = match.group()
        if not word.isascii() or known(word.lower()) or word.lower() in _ENGLISH:
            foreign += word.lower() in _ENGLISH
            continue
        letters = "" if _in_code(text, match) else _letters(word)
        if letters:
            changes.append(Change(Span(*match.span()), letters))
        elif word.islower() and word.isalpha() and not is_bare_syllable(word):
            foreign += any(vowel in word for vowel in "aeiouy")
    if foreign and foreign >= len(changes):
        return text, ()
    return apply_changes(text, changes), tuple(changes)


def apply_changes(text: str, changes: list[Change] | tuple[Change, ...]) -> str:
    """Return the text with each piece replaced; the changes stand in the order of the text.

    >>> apply_changes("ho ngheo", [Change(Span(0, 2), "hộ"), Change(Span(3, 8), "nghèo")])
    'hộ nghèo'
    """
    pieces = []
    end = 0
    for change in changes:
        pieces += [text[end : change.span.start], change.written]
        end = change.span.end
    return "".join([*pieces, text[end:]])


def as_typed(written: str, typed: str) -> str:
    """Return lower-case letters in the letter case of what was typed.

    >>> as_typed("tỷ", "TY"), as_typed("hộ", "Ho"), as_typed("ở", "O")
    ('TỶ', 'Hộ', 'Ở')
    """
    if typed.isupper() and (len(written) > 1 or len(typed) == 1):
        return written.upper()
    if typed[0].isupper():
        return written[0].upper() + written[1:]
    return written


def _is_spelled(word: str, rhymes: frozenset[str]) -> bool:
    if word in rhymes:
        return True
    match = _SPLIT.fullmatch(word)
    if match is None or match[1] is None:
        return False
    if match[2] in rhymes:
        return True
    # "gì", "giêng": the i belongs to the rhyme; "quốc" is q and a rhyme of its own.
    return match[1] in ("gi", "qu") and word[1:] in rhymes


def _in_code(text: str, match: re.Match[str]) -> bool:
    """Say whether a word is a part of something like "22-NQ/TW", "a@b.vn" or "1.2a"."""
    plain = match.group().islower() and match.group().isalpha()
    signs = "/_@." if plain else "/_@.-"
    before, after = text[: match.start()][-2:], text[match.end() :][:2]
    inside = len(before) == 2 and before[1] in signs and before[0].isalnum()
    return inside or (len(after) == 2 and after[0] in signs and after[1].isalnum())


def _letters(word: str) -> str:
    """Return the letters that were meant, or nothing when the word is no keystrokes."""
    typed = word.lower()
    if len(word) > _LONGEST or (word.isupper() and len(word) < 3):
        return ""
    if typed.isalpha():
        decoded = _from_telex(typed) if len(word) > 1 else ""
    else:
        decoded = _from_vni(typed) if _VNI.fullmatch(typed) else ""
    if decoded in ("", typed) or not is_syllable(decoded):
        return ""
    return as_typed(decoded, "".join(filter(str.isalpha, word)))


def _from_telex(typed: str) -> str:
    shape, tone = "", ""
    voiced = False
    for key in typed:
        if voiced and key in _TELEX_TONE and not tone:
            tone = _TELEX_TONE[key]
        elif key == "w":
            shape, voiced = _with_horn(shape), True
        elif (double := _DOUBLES.get(shape[-1:] + key)) is not None:
            shape = shape[:-1] + double
        else:
            shape += key
        voiced = voiced or key in "aeiouy"
    return _with_tone(shape, tone)


def _with_horn(shape: str) -> str:
    for horned, plain in _HORNS:
        if match := re.search(plain, shape):
            return shape[: match.start()] + horned + shape[match.end() :]
    for index, letter in enumerate(shape):
        if letter in _HORNED:
            return shape[:index] + _HORNED[letter] + shape[index + 1 :]
    return shape + "ư"


def _from_vni(typed: str) -> str:
    shape, tone = "", ""
    for key in typed:
        if key in _VNI_TONE and not tone:
            tone = _VNI_TONE[key]
        elif key == "7":
            shape = _with_horn(shape)
        else:
            shapes = [(p, s) for p, s in _VNI_SHAPES.get(key, ()) if p in shape]
            shape = shape.replace(*shapes[-1], 1) if shapes else shape + key
    return _with_tone(shape, tone) if shape.isalpha() else ""


def _with_tone(shape: str, tone: str) -> str:
    """Put the tone where it stands in print; what is no syllable comes back as nothing."""
    vowels = [index for index, letter in enumerate(shape) if strip_accents(letter) in "aeiouy"]
    if not tone or not vowels:
        return shape
    place = vowels[-1] + 1
    placed = match_form(unicodedata.normalize("NFC", shape[:place] + tone + shape[place:]))
    # The form by which words match knows no final y; what was typed does.
    if shape.endswith("y") and strip_accents(placed[-1]) == "i":
        return placed[:-1] + unicodedata.normalize("NFC", "y" + tone)
    return placed
