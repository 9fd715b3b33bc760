"""Running text for benchmarks: words of the sample, made-up names and numbers."""

from __future__ import annotations

import random

from tests.bench.sample_words import Inventor, SampleWords, sample_words

SYLLABLES = 110
_SPREAD = 0.45
_FEWEST, _MOST = 12, 500
_SENTENCE = (8, 26)
_RUN = (2, 6)
# How often a run of a real sentence follows, words by Zipf, or else something made up.
_RUNS, _DRAWN = 0.6, 0.9


class Prose:
    """Writes sentences and texts with the chance that is handed in."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.inventor = Inventor(chance)
        self._sample: SampleWords = sample_words()

    def text(self, typical: int = SYLLABLES) -> str:
        """Return sentences of so many syllables in the mean; lengths are lognormal.

        >>> 12 <= len(Prose(random.Random(1)).text().split()) < 600
        True
        """
        wanted = typical * self.chance.lognormvariate(-(_SPREAD**2) / 2, _SPREAD)
        left = min(max(wanted, _FEWEST), _MOST)
        sentences = []
        while left > 0:
            sentence = self.sentence(self.chance.randint(*_SENTENCE))
            left -= sentence.count(" ") + 1
            sentences.append(sentence)
        return " ".join(sentences)

    def sentence(self, syllables: int) -> str:
        """Return a sentence of about so many syllables, with a capital and a full stop."""
        pieces: list[str] = []
        count = 0
        while count < syllables:
            piece = self._piece()
            pieces.append(piece)
            count += piece.count(" ") + 1
        text = " ".join(pieces).rstrip(",;")
        return f"{text[0].upper()}{text[1:]}."

    def _piece(self) -> str:
        kind = self.chance.random()
        if kind < _RUNS:
            words = self.chance.choice(self._sample.sentences)
            start = self.chance.randrange(len(words))
            return " ".join(words[start : start + self.chance.randint(*_RUN)])
        if kind < _DRAWN:
            drawn = self.chance.choices(self._sample.words, cum_weights=self._sample.zipf, k=2)
            return " ".join(drawn)
        return self.inventor.word()
