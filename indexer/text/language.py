"""What the reports and a dictionary say about which syllable follows which.

Counts only, no probabilities: counts of two models add up to those of both texts. What is made
of them is in `restore`. No I/O here and no third party.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple
from zlib import crc32

from indexer.text.normalise import match_form, strip_accents

# Signs that are no syllables: the edge of a run of syllables, and a word too long to be one.
SIGNS = EDGE, OTHER, NUMBER = "", "*", "0"
_LONGEST = 7  # "nghiêng"

# Three syllables make one 64-bit key.
BITS = 21
MASK = (1 << BITS) - 1
_MAGIC = b"VKLM"
_FORMAT = 1
_HEADER = struct.Struct("<4sHHIQQQ")
_SIZES = struct.Struct("<Q")


class DamagedModel(ValueError):
    """The bytes are no language model of this version, or not all of it."""


class Pair(NamedTuple):
    """What was counted of two syllables side by side; `left`, `right`: different neighbours."""

    times: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Counts of syllables, pairs and triples; a syllable is its place in `forms`.

    `forms` are matching forms in the order of `bares`, the same without accents; `spellings` are
    the written ones, as "thủy 216 thuỷ 9", empty when all are written like the form.
    """

    forms: tuple[str, ...]
    bares: tuple[str, ...]
    spellings: tuple[str, ...]
    counts: array[int]
    before: array[int]  # how many different syllables stand before this one
    after: array[int]
    listed: array[int]  # in how many words of the lexicon it stands
    listed_first: array[int]  # in how many of its pairs it is the first
    listed_second: array[int]
    pairs: array[int]
    pair_counts: array[int]
    pair_before: array[int]
    pair_after: array[int]
    triples: array[int]
    triple_counts: array[int]
    listed_pairs: array[int]
    listed_pair_counts: array[int]
    tokens: int
    listed_tokens: int
    texts: int

    def find(self, form: str) -> int | None:
        """Return the number of a matching form, or None when it was never seen."""
        bare = strip_accents(form)
        numbers = self.candidates(bare)
        return next((number for number in numbers if self.forms[number] == form), None)

    def candidates(self, bare: str) -> range:
        """Return the numbers of all forms that look like this without their accents."""
        start = bisect_left(self.bares, bare)
        end = start
        while end < len(self.bares) and self.bares[end] == bare:
            end += 1
        return range(start, end)

    def pair(self, first: int, second: int) -> Pair | None:
        """Return what was counted of two syllables side by side in the texts."""
        index = _index(self.pairs, first << BITS | second)
        if index is None:
            return None
        return Pair(self.pair_counts[index], self.pair_before[index], self.pair_after[index])

    def triple(self, first: int, second: int, third: int) -> int:
        """Return how often three syllables stand side by side in the texts."""
        index = _index(self.triples, (first << BITS | second) << BITS | third)
        return 0 if index is None else self.triple_counts[index]

    def listed_pair(self, first: int, second: int) -> int:
        """Return in how many words of the lexicon two syllables stand side by side."""
        index = _index(self.listed_pairs, first << BITS | second)
        return 0 if index is None else self.listed_pair_counts[index]

    def written(self, number: int) -> dict[str, int]:
        """Return the spellings of a syllable and how often each was written."""
        if not self.spellings[number]:
            return {self.forms[number]: self.counts[number]}
        parts = self.spellings[number].split(" ")
        return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))

    def to_bytes(self) -> bytes:
        """Return the model as bytes for `from_bytes`; little-endian arrays, no pickle."""
        body = b"".join(
            _SIZES.pack(len(section)) + section
            for section in (_section(getattr(self, name)) for name, _ in _SECTIONS)
        )
        totals = (self.tokens, self.listed_tokens, self.texts)
        return _HEADER.pack(_MAGIC, _FORMAT, len(_SECTIONS), crc32(body), *totals) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> LanguageModel:
        """Return the model that `to_bytes` wrote. Raises DamagedModel.

        >>> LanguageModel.from_bytes("tỷ lệ hộ nghèo".encode() * 9)
        Traceback (most recent call last):
        indexer.text.language.DamagedModel: This is no language model of this version.
        """
        if len(data) < _HEADER.size:
            raise DamagedModel("The language model is cut off.")
        magic, version, sections, checksum, *totals = _HEADER.unpack_from(data)
        if (magic, version, sections) != (_MAGIC, _FORMAT, len(_SECTIONS)):
            raise DamagedModel("This is no language model of this version.")
        body = memoryview(data)[_HEADER.size :]
        if crc32(body) != checksum:
            raise DamagedModel("The language model is damaged.")
        return cls(*_read_sections(body), *totals)


_KEYS = frozenset(["pairs", "triples", "listed_pairs"])
# The name of each section and its type code; strings have none.
_SECTIONS = tuple(
    (each.name, "" if "str" in str(each.type) else "Q" if each.name in _KEYS else "I")
    for each in fields(LanguageModel)
    if each.type != "int"
)


def syllable_form(word: str) -> str:
    """Return the form by which a syllable is counted; numbers are all alike.

    >>> syllable_form("Thuỷ"), syllable_form("2,5"), syllable_form("Electronics")
    ('thủy', '0', '*')
    """
    if word[0].isdigit():
        return NUMBER
    form = match_form(word)
    return form if len(form) <= _LONGEST else OTHER


def _index(keys: array[int], key: int) -> int | None:
    index = bisect_left(keys, key)
    return index if index < len(keys) and keys[index] == key else None


def _section(values: Sequence[str] | array[int]) -> bytes:
    if not isinstance(values, array):
        return "\n".join(values).encode()
    return _little_endian(array(values.typecode, values)).tobytes()


def _read_sections(body: memoryview) -> list[Any]:
    sections: list[Any] = []
    start = 0
    for _, code in _SECTIONS:
        (size,) = _SIZES.unpack_from(body, start)
        start += _SIZES.size
        section = body[start : start + size]
        start += size
        if not code:
            sections.append(tuple(str(section, "utf-8").split("\n")))
            continue
        values = array(code)
        values.frombytes(section)
        sections.append(_little_endian(values))
    return sections


def _little_endian(values: array[int]) -> array[int]:
    if sys.byteorder == "big":
        values.byteswap()
    return values
