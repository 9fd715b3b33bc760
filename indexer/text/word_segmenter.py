"""Words of a sentence: tokens by the pattern of underthesea, joined where the model says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from indexer.models import Span
from indexer.text.word_model import Token, WordModel

# No token crosses white space, but some look at the sign behind them.
_CHUNK = re.compile(r"\S+\s?")
# Of chunks and of tokens; segmenting hides runs of more than a hundred signs, so that both take
# less than 20 MB.
_CHUNKS = 1 << 15

# Where a token begins and ends, and the token.
_Piece = tuple[int, int, Token]


class WordSegmenter:
    """Cuts sentences into the same words as underthesea; may be used by several threads at once.

    A sentence holds no line ends.
    """

    def __init__(self, model: WordModel, pattern: str, referee: Callable[[str], list[str]]) -> None:
        """`referee` gives the words of sentences that the model leaves undecided."""
        self._model = model
        self._referee = referee
        self._pattern = re.compile(pattern, re.VERBOSE)
        self._pieces = lru_cache(maxsize=_CHUNKS)(self._split)
        self._token = lru_cache(maxsize=_CHUNKS)(model.token)

    def spans(self, sentence: str, offset: int = 0) -> list[Span] | None:
        """Return the spans of the words, `offset` further on; None when `words` must be asked.

        That is so when a sign is normalised, when wide white space stands inside a word, and
        when the model is undecided.
        """
        tagged = self._tagged(sentence) if _normalise(sentence) == sentence else None
        if tagged is None:
            return None
        spans: list[Span] = []
        first = last = 0
        for (start, end, _), begins in tagged:
            if begins:
                if last:
                    spans.append(Span(offset + first, offset + last))
                first = start
            elif start > last + 1:
                return None
            last = end
        if last:
            spans.append(Span(offset + first, offset + last))
        return spans

    def words(self, sentence: str) -> list[str]:
        """Return the words of the normalised sentence, one space between two tokens."""
        tagged = self._tagged(_normalise(sentence))
        if tagged is None:
            return self._referee(sentence)
        words: list[str] = []
        for (_, _, token), begins in tagged:
            if begins:
                words.append(token.text)
            else:
                words[-1] += f" {token.text}"
        return words

    def _tagged(self, text: str) -> Iterator[tuple[_Piece, bool]] | None:
        """Return the tokens with their places, and whether a word begins there."""
        pieces = self._pieces
        found = [
            (start + first, start + last, token)
            for chunk in _CHUNK.finditer(text)
            for start in (chunk.start(),)
            for first, last, token in pieces(chunk.group())
        ]
        begins = self._model.begins([token for _, _, token in found])
        if begins is None:
            return None
        begins[:1] = [True] * bool(begins)
        return zip(found, begins, strict=True)

    def _split(self, chunk: str) -> tuple[_Piece, ...]:
        matches = self._pattern.finditer(chunk)
        return tuple([(*match.span(), self._token(match.group())) for match in matches])


def _normalise(text: str) -> str:
    # Icelandic eth is taken for the Vietnamese letter, as underthesea does.
    return unicodedata.normalize("NFC", text).replace("ð", "đ").replace("Ð", "Đ")
