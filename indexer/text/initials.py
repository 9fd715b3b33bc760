"""Initials: which letters an abbreviation takes from the syllables of its long form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.text.normalise import strip_accents
from indexer.text.segment import split_syllables

CAPITALS = "A-ZĐƯ"
PARTICLES = frozenset(["và", "của", "các", "về", "cho", "với", "trong", "tại", "những"])
MOST_SKIPPED = 2

_PIECE = re.compile(rf"[{CAPITALS}][a-z]*")
_WORD = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?(?P<nucleus>[aeiouyăâêôơư]+)"
    r"(?P<coda>ch|ng|nh|[cmnpt])?"
)


def is_word(form: str) -> bool:
    """Say whether a lower-case form could be an ordinary syllable, and so hides what is short.

    >>> is_word("tư"), is_word("ca"), is_word("bhyt"), is_word("byt")
    (True, True, False, False)
    """
    plain = strip_accents(form)
    match = _WORD.fullmatch(plain)
    if match is None:
        return False
    # A syllable that ends in c, ch, p or t has a tone mark: "byt" is none.
    return match["coda"] not in ("c", "ch", "p", "t") or plain != form


def letters(short: str) -> tuple[str, ...]:
    """Return what each syllable of the long form must begin with, in lower case, bare but for đ.

    >>> letters("CNH-HĐH"), letters("TTr")
    (('c', 'n', 'h', 'h', 'đ', 'h'), ('t', 'tr'))
    """
    return tuple(bare(piece) for piece in _PIECE.findall(short))


def spells(short: str, long: str) -> bool:
    """Say whether the initials of the long form spell the short one; particles may be skipped.

    >>> spells("GD&ĐT", "giáo dục và đào tạo"), spells("KT-XH", "kinh tế - xã hội")
    (True, True)
    >>> spells("TW", "Trung ương")
    False
    """
    syllables = [span.of(long) for span in split_syllables(long)]
    return fits(letters(short), syllables) == len(syllables)


def fits(pieces: Sequence[str], words: Sequence[str], skipped: int = 0) -> int:
    """Return how many words the pieces spell, 0 when they do not; never skips at an edge.

    >>> fits(("g", "d", "đ", "t"), ("giáo", "dục", "và", "đào", "tạo", "nghề"))
    5
    """
    if not pieces or not words:
        return 0
    if bare(words[0]).startswith(pieces[0]):
        if len(pieces) == 1:
            return 1
        if rest := fits(pieces[1:], words[1:], skipped):
            return rest + 1
        after = words[1:2]
        if after and after[0] in PARTICLES and skipped < MOST_SKIPPED:
            rest = fits(pieces[1:], words[2:], skipped + 1)
            return rest + 2 if rest else 0
    return 0


def bare(word: str) -> str:
    """Return a word in lower case, without accents but with its đ.

    >>> bare("Đào"), bare("Ủy")
    ('đao', 'uy')
    """
    return "".join("đ" if sign in "Đđ" else strip_accents(sign) for sign in word).lower()
