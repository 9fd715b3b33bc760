"""The words of the sample reports, and made-up names and numbers: what benchmark texts consist of.

A text of only the sample's words would have a vocabulary that stops growing; real reports bring a
new place, product or figure on every page.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from unicodedata import normalize

from indexer.models import Document, PassageKind
from indexer.readers.registry import read_file
from indexer.structure import build_document
from indexer.text.segment import segment_words, split_sentences

SAMPLE = Path(__file__).parents[2] / "corpus"

_ONSETS = (
    *("b", "ch", "d", "đ", "h", "kh", "l", "m", "n", "nh", "ph", "r", "s", "t", "th", "tr", "v"),
)
# With the place of the tone mark.
_RHYMES = (
    *("a{}ng", "a{}nh", "a{}y", "ă{}m", "ă{}n", "â{}n", "â{}u", "e{}n", "ê{}nh", "iê{}n", "iê{}ng"),
    *("iê{}u", "i{}nh", "oa{}n", "o{}i", "o{}ng", "ô{}i", "ô{}ng", "ơ{}i", "ơ{}n", "uâ{}n"),
    *("u{}ng", "uâ{}ng", "ươ{}ng", "ư{}u"),
)
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
# What stands before a name that nobody has heard of.
_KINDS = ("xã", "ấp", "thôn", "khóm", "kênh", "cầu", "hợp tác xã", "công ty", "trường", "chợ")
_ISSUERS = ("UBND", "HĐND", "TTg", "TU", "CP", "TW")
_DOCUMENTS = ("QĐ", "NQ", "KH", "CT", "ĐA")
_KNOWN_NAMES = 0.7
_JOINED_MARKS = ",;"


@dataclass(frozen=True, slots=True)
class SampleWords:
    """The sample's sentences as words, its words by falling frequency, and their Zipf weights.

    `zipf` are cumulative, as `random.choices` takes them.
    """

    sentences: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    zipf: tuple[float, ...]


@cache
def sample_words() -> SampleWords:
    """Return the words of the reports in `corpus/`; they are read and segmented once.

    >>> "hộ" in sample_words().words
    True
    """
    sentences = tuple(
        tuple(_words(text))
        for path in sorted(SAMPLE.iterdir())
        if path.suffix in {".txt", ".docx"}
        for text in _sentences(_read(path))
        if text[0].isalnum() and not text.isupper()
    )
    counts = Counter(
        word for words in sentences for word in words if word.replace(" ", "").isalpha()
    )
    # Equal counts in the order of the alphabet, so that a seed gives one text on every machine.
    words = tuple(sorted(counts, key=lambda word: (-counts[word], word)))
    zipf = tuple(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    return SampleWords(sentences, words, zipf)


def _words(sentence: str) -> Iterator[str]:
    """Yield the words of a sentence, a comma with the word before it, other marks not at all."""
    word = ""
    for span in segment_words(sentence):
        piece = span.of(sentence)
        if word and piece in _JOINED_MARKS:
            word += piece
        elif piece[0].isalnum():
            if word:
                yield word
            word = piece
    if word:
        yield word


def _read(path: Path) -> Document:
    return build_document(read_file(path, path.stat().st_size), path.name, path.name)


def _sentences(document: Document) -> list[str]:
    return [
        span.of(text)
        for passage in document.passages
        if not passage.heading and passage.kind is not PassageKind.TABLE
        for text in [passage.span.of(document.text)]
        for span in split_sentences(text)
    ]


class Inventor:
    """Made-up names, numbers and document numbers: some met before, the others new."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._names: list[str] = []

    def word(self) -> str:
        """Return a name, a number or the number of a document, the names most often."""
        kind = self._chance.random()
        if kind < 0.45:
            return self.place()
        return self.number() if kind < 0.85 else self.document()

    def place(self) -> str:
        """Return a name with what it is the name of; often one that was returned before."""
        if self._names and self._chance.random() < _KNOWN_NAMES:
            return self._chance.choice(self._names)
        name = f"{self._chance.choice(_KINDS)} {self.name()}"
        self._names.append(name)
        return name

    def name(self) -> str:
        """Return a new name of two syllables, such as "Trường Khoan"."""
        return f"{self._syllable()} {self._syllable()}"

    def _syllable(self) -> str:
        rhyme = self._chance.choice(_RHYMES).format(self._chance.choice(_TONES))
        return normalize("NFC", self._chance.choice(_ONSETS) + rhyme).capitalize()

    def number(self) -> str:
        """Return a number as reports write them; small ones are met more often."""
        size = self._chance.lognormvariate(4, 2.5)
        if size < 100:
            return f"{size:.1f}".replace(".", ",")
        return f"{size:,.0f}".replace(",", ".")

    def document(self) -> str:
        """Return the number of a document, such as "1523/QĐ-UBND"."""
        number = int(self._chance.lognormvariate(5, 1.5)) + 1
        return f"{number}/{self._chance.choice(_DOCUMENTS)}-{self._chance.choice(_ISSUERS)}"
