"""The phrases of the reports, ready to be completed to.

Every word of a phrase is a place where typing may have begun. The places are sorted once; a typed
beginning is found by bisection, without accents.
"""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from indexer.phrasebook import Phrase, PhraseKind
from indexer.text.analysis import forms
from indexer.text.normalise import strip_accents

END = "\n"
# Longer than any common beginning of two phrases that matters.
_KEY = 60
_BLOCK = 512
# With accents typed most candidates may not fit; past these many nothing better is to be expected.
_MOST_TRIED = 3000
_KINDS = tuple(PhraseKind)


# Phrases are made of few words: a hundred thousand of them have some thousand syllables.
_bare = lru_cache(maxsize=1 << 14)(strip_accents)


@lru_cache(maxsize=1 << 14)
def _word_key(word: str) -> str:
    return " ".join(forms(word))


def _key(text: str) -> str:
    """Return the forms of a phrase, as `forms` gives them."""
    return " ".join(filter(None, map(_word_key, text.split())))


class Completions:
    """The phrases, ready to be completed to; the best phrase has the number 0."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(
            sorted(phrases, key=lambda p: (-p.count, _KINDS.index(p.kind), len(p.text), p.text))
        )
        self.keys = tuple(map(_key, (phrase.text for phrase in self.phrases)))
        bare = tuple([" ".join(map(_bare, key.split(" "))) for key in self.keys])
        self._whole = _Places(bare, inner=False)
        self._inner = _Places(bare, inner=True)

    def starting(self, beginnings: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield phrases and where in their key a beginning stands, the best first."""
        for places in (self._whole, self._inner):
            yield from islice(heapq.merge(*map(places.starting, beginnings)), _MOST_TRIED)


class _Places:
    """Places in all keys, sorted by what stands there."""

    def __init__(self, keys: Sequence[str], *, inner: bool) -> None:
        self.text = END.join(keys) + END
        starts, owners, offsets = array("I"), array("I"), array("H")
        begin = 0
        for owner, key in enumerate(keys):
            for offset in _word_starts(key) if inner else (0,):
                starts.append(begin + offset)
                owners.append(owner)
                offsets.append(offset)
            begin += len(key) + 1
        text = self.text
        slices = [text[start : start + _KEY] for start in starts]
        order = sorted(range(len(starts)), key=slices.__getitem__)
        self.starts = array("I", [starts[at] for at in order])
        self.owners = array("I", [owners[at] for at in order])
        self.offsets = array("H", [offsets[at] for at in order])
        blocks = range(0, len(order), _BLOCK)
        # Inside a block the best phrase comes first, so that blocks can be merged lazily.
        self.blocks = [
            array("I", sorted(self._block(at), key=self.owners.__getitem__)) for at in blocks
        ]

    def _block(self, start: int) -> range:
        return range(start, min(start + _BLOCK, len(self.owners)))

    def starting(self, beginning: str) -> Iterator[tuple[int, int]]:
        """Yield the phrases with this beginning at one of the places, the best first."""
        first = self._find(beginning)
        last = self._find(beginning + "\U0010ffff")
        inside = range(-(-first // _BLOCK), last // _BLOCK)
        if inside:
            edges = [*range(first, inside[0] * _BLOCK), *range(inside[-1] * _BLOCK + _BLOCK, last)]
        else:
            edges = list(range(first, last))
        edges.sort(key=self.owners.__getitem__)
        rows = (edges, *(self.blocks[block] for block in inside))
        for at in heapq.merge(*rows, key=self.owners.__getitem__):
            yield self.owners[at], self.offsets[at]

    def _find(self, beginning: str) -> int:
        text, size = self.text, min(len(beginning), _KEY)
        return bisect_left(
            self.starts, beginning[:_KEY], key=lambda start: text[start : start + size]
        )


def _word_starts(key: str) -> Iterator[int]:
    at = key.find(" ")
    while at >= 0:
        yield at + 1
        at = key.find(" ", at + 1)
