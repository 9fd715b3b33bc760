"""What to ask: completions of what is being typed, and what a question was meant to be.

Completions are the headings, indicators and phrases of the reports.

Every word of a phrase is a place where typing may have begun. The places are sorted once; a typed
beginning is found by bisection, with accents or without.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from indexer.learned import Learned
from indexer.text.abbreviations import Abbreviations
from indexer.text.analysis import forms
from indexer.text.normalise import fold_characters, strip_accents
from indexer.text.segment import split_syllables
from search_app.completions import END, Completions
from search_app.meant import did_you_mean
from search_app.slips import Slips

MAX_TYPED = 200
_LIMIT = 8
# Words that make a plural or a chapter of the same thing.
_LEADING = frozenset(forms("các những mọi về công tác việc"))
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion and what it is in the reports: indicator, heading or phrase."""

    text: str
    kind: str


def complete(
    typed: str, book: Completions, limit: int = _LIMIT, *, itself: bool = False
) -> tuple[Suggestion, ...]:
    """Return what typing may go on to, the best first; nothing for more than 200 letters.

    A phrase that was typed to its end is no completion, unless it counts `itself`.

    >>> from indexer.phrasebook import Phrase, PhraseKind
    >>> book = Completions([Phrase("Tỷ lệ hộ nghèo", PhraseKind.INDICATOR, 9)])
    >>> [found.text for found in complete("ty le h", book)]
    ['Tỷ lệ hộ nghèo']
    >>> complete("tý lệ h", book), complete("hộ ng", book)[0].kind
    ((), 'indicator')
    """
    beginning = _read(typed) if len(typed) <= MAX_TYPED else None
    found: list[Suggestion] = []
    if beginning is None:
        return ()
    taken = set() if itself else {beginning.words}
    for number, offset in book.starting(beginning.keys()):
        if len(found) >= limit:
            break
        key = tuple(book.keys[number].split(" "))
        same = {key, _core(key)}
        if taken.isdisjoint(same) and beginning.fits(book.keys[number][offset:].split(" ")):
            taken |= same
            phrase = book.phrases[number]
            found.append(Suggestion(phrase.text, phrase.kind.value))
    return tuple(found)


class Suggester:
    """All suggestions from what was learnt; what they need is prepared when first asked for."""

    def __init__(self, learned: Learned, abbreviations: Abbreviations) -> None:
        self._learned = learned
        self._abbreviations = abbreviations

    @cached_property
    def _completions(self) -> Completions:
        return Completions(self._learned.phrasebook.phrases)

    @cached_property
    def _slips(self) -> Slips | None:
        return Slips(self._learned.language) if self._learned.language else None

    def prepare(self) -> None:
        """Make now what the first question would wait for."""
        _ = self._completions, self._slips

    def complete(self, typed: str) -> tuple[Suggestion, ...]:
        """Return what typing may go on to; an abbreviation also to what it stands for."""
        if len(typed) > MAX_TYPED:
            return ()
        meant = self._abbreviations.expand(typed.strip(), ()) if len(forms(typed)) == 1 else ()
        longs = dict.fromkeys(item.to_text for item in meant if item.sure)
        share = _LIMIT // (1 + len(longs))
        found = [*complete(typed, self._completions, share)]
        for long in longs:
            found += complete(long, self._completions, share, itself=True)
        return tuple({forms(item.text): item for item in found}.values())

    def did_you_mean(self, text: str, known: Collection[str], *, found: bool) -> str | None:
        """Return the question with its slips put right, None when nothing is plausible."""
        if self._slips is None:
            return None
        return did_you_mean(text, self._slips, found=found, known=known)


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What was typed. `last` is the last word as typed, empty when it is finished."""

    words: tuple[str, ...]
    last: str
    accented: bool

    def keys(self) -> list[str]:
        """Return how the place of a phrase may begin, without accents."""
        before = [strip_accents(word) for word in self.words[:-1]]
        whole = " ".join([*before, strip_accents(self.words[-1])])
        unfinished = " ".join([*before, strip_accents(self.last)])
        # "ky" is the whole word of "kỹ thuật", written "ki" here, but no beginning of "kinh tế".
        finished = [whole + " ", whole + END] if unfinished != whole else []
        return [*finished, unfinished] if self.last else finished or [whole + " ", whole + END]

    def fits(self, words: Sequence[str]) -> bool:
        """Say whether the accents that were typed are those of a phrase."""
        if not self.accented:
            return True
        before = zip(self.words[:-1], words, strict=False)
        at_last = words[len(self.words) - 1]
        return all(_fits(typed, word) for typed, word in before) and (
            _fits(self.words[-1], at_last) or (bool(self.last) and _begins(self.last, at_last))
        )


def _read(typed: str) -> _Beginning | None:
    text = fold_characters(typed).lower()
    spans = split_syllables(text)
    if not spans:
        return None
    last = spans[-1].of(text) if spans[-1].end == len(text) else ""
    return _Beginning(forms(text), last, accented=strip_accents(text) != text)


def _fits(typed: str, word: str) -> bool:
    return len(typed) == len(word) and _begins(typed, word)


def _begins(typed: str, word: str) -> bool:
    """Say whether a word begins like this; what was typed without an accent may have any."""
    letters, tone = _parts(typed)
    others, other_tone = _parts(word)
    return (
        len(letters) <= len(others)
        and tone in ("", other_tone)
        and all(
            one in (other, strip_accents(other))
            for one, other in zip(letters, others, strict=False)
        )
    )


@lru_cache(maxsize=1 << 12)
def _parts(word: str) -> tuple[str, str]:
    """Return the letters of a syllable and its tone mark."""
    signs = unicodedata.normalize("NFD", word)
    tone = "".join(sign for sign in signs if sign in _TONES)
    letters = "".join(sign for sign in signs if sign not in _TONES)
    return unicodedata.normalize("NFC", letters), tone


def _core(key: tuple[str, ...]) -> tuple[str, ...]:
    """Return a phrase without the words that only make a plural or a chapter of it."""
    start = 0
    while start < len(key) - 2 and key[start] in _LEADING:
        start += 1
    return key[start:]
