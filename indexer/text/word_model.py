"""Which tokens begin a word: a conditional random field over two labels, "begins" and "goes on".

What speaks for a label at a position are the n-grams of one to three tokens that stand near it.
With two labels only the difference of their weights counts, so the score of a position is one
number: how much more likely a word begins there than goes on. It is added up from tables by
n-gram, without ever spelling out the features themselves.
"""

from __future__ import annotations

import marshal
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import nan
from typing import NamedTuple

# The number of a row for the first place of an n-gram that starts two tokens ahead of a position,
# and so on: a token counts at five places, a pair at four, a triple at three.
Row = tuple[float, ...]

_INTEGER = re.compile(r"[+-]?[0-9]+")
_INTEGER_LIMIT = 1 << 31
# Sums of the same weights in another order differ by less.
_TIE = 1e-9
_NOTHING: Row = (0.0,) * 5


class Token(NamedTuple):
    """A token, and what it adds to the scores of the five positions that it is near to."""

    text: str
    is_cased: bool  # not all in lower case
    is_title: bool  # its first sign is no small letter
    weights: Row


_UNKNOWN: Row = (nan,) * 5


class Grams(NamedTuple):
    """What n-grams of one length add to the scores; one that is in neither table adds nothing.

    `written` is for n-grams spelled just so, `folded` for all others, by their lower-case form.
    """

    written: dict[str, Row]
    folded: dict[str, Row]


@dataclass(frozen=True, slots=True)
class WordModel:
    """The tables of the model."""

    words: Grams
    pairs: Grams
    triples: Grams
    titles: tuple[Row, Row]  # of a token: is its first sign a small letter, or not
    numbers: tuple[Row, Row]  # of a token: is it an integer
    title_pair: float  # at the first of two such tokens
    title_triple: float
    inside: float  # everywhere
    first: Row  # at the first two tokens, from the start of the text
    last: Row  # at the last two tokens, from its end
    steps: tuple[float, float, float, float]  # begins → begins, → goes on; goes on → ditto

    def token(self, text: str) -> Token:
        """Return a token with what it adds to the scores around it."""
        lower = text.lower()
        if _is_doubtful(text[0]):
            return Token(text, lower != text, is_title=False, weights=_UNKNOWN)
        own = self.words.written.get(text) or self.words.folded.get(lower, _NOTHING)
        is_title = text[0] == text[0].upper()
        is_number = bool(_INTEGER.fullmatch(text)) and (
            -_INTEGER_LIMIT <= float(text) < _INTEGER_LIMIT
        )
        rows = zip(own, self.titles[is_title], self.numbers[is_number], strict=True)
        return Token(text, lower != text, is_title, tuple(map(sum, rows)))

    def begins(self, tokens: Sequence[Token]) -> list[bool] | None:
        """Say of each token whether a word begins with it, in the likeliest sequence of all.

        None when two are equally likely (unknown signs in a row), so that only rounding decides,
        and when a token is not known well enough.
        """
        begin_begin, begin_on, on_begin, on_on = self.steps
        # How far "begins" must be ahead of "goes on" at a token to be the best way to the next.
        for_begin, for_on = on_begin - begin_begin, on_on - begin_on
        lead = 0.0
        leads: list[float] = []
        for score in self._scores(tokens):
            if leads:
                score += lead + begin_begin if lead >= for_begin else on_begin
                score -= lead + begin_on if lead >= for_on else on_on
            lead = score
            leads.append(lead)
        needed = 0.0
        found = []
        for lead in reversed(leads):
            begins = lead > needed + _TIE
            if not begins and not lead < needed - _TIE:  # also when it is no number
                return None
            found.append(begins)
            needed = for_begin if begins else for_on
        found.reverse()
        return found

    def _scores(self, tokens: Sequence[Token]) -> list[float]:
        """Return how far "begins" is ahead of "goes on" at each token, by its neighbours alone."""
        rows = [_NOTHING, _NOTHING, *(weights for _, _, _, weights in tokens), _NOTHING, _NOTHING]
        inside = self.inside
        scores = [
            inside + a[0] + b[1] + c[2] + d[3] + e[4]
            for a, b, c, d, e in zip(rows, rows[1:], rows[2:], rows[3:], rows[4:], strict=False)
        ]
        # Room for the places before the first and behind the last token.
        scores = [0.0, *scores, 0.0]
        for distance, (first, last) in enumerate(zip(self.first, self.last, strict=True)):
            if distance < len(tokens):
                scores[1 + distance] += first
                scores[len(tokens) - distance] += last
        self._add_pairs_and_triples(tokens, scores)
        return scores[1:-1]

    def _add_pairs_and_triples(self, tokens: Sequence[Token], scores: list[float]) -> None:
        # The scores stand one to the right of their tokens; `at` is that of the third token.
        written_pair, folded_pair = self.pairs.written.get, self.pairs.folded.get
        written_triple, folded_triple = self.triples.written.get, self.triples.folded.get
        pair = before = ""
        cased_pair = cased_before = title_pair = title_before = False
        for at, (text, is_cased, is_title, _) in enumerate(tokens, 1):
            triple = f"{pair} {text}"
            row = written_triple(triple)
            if row is None and (is_cased or cased_pair):
                row = folded_triple(triple.lower())
            if row:
                scores[at] += row[0]
                scores[at - 1] += row[1]
                scores[at - 2] += row[2]
            pair, before = f"{before} {text}", text
            cased_pair, cased_before = is_cased or cased_before, is_cased
            row = written_pair(pair)
            if row is None and cased_pair:
                row = folded_pair(pair.lower())
            if row:
                scores[at + 1] += row[0]
                scores[at] += row[1]
                scores[at - 1] += row[2]
                scores[at - 2] += row[3]
            if is_title:
                if title_before:
                    scores[at - 1] += self.title_pair
                if title_pair:
                    scores[at - 2] += self.title_triple
            title_pair, title_before = is_title and title_before, is_title

    def to_bytes(self) -> bytes:
        """Return the tables as bytes that this version of Python reads again."""
        values = (getattr(self, field.name) for field in fields(self))
        return marshal.dumps(tuple(tuple(v) if isinstance(v, Grams) else v for v in values))

    @classmethod
    def from_bytes(cls, data: bytes) -> WordModel:
        """Return the tables. Raises ValueError, TypeError or EOFError when they are none."""
        words, pairs, triples, *others = marshal.loads(data)  # noqa: S302
        return cls(Grams(*words), Grams(*pairs), Grams(*triples), *others)


def _is_doubtful(sign: str) -> bool:
    """Say whether newer tables of Unicode may know a capital of this sign, or that it is one."""
    category = unicodedata.category(sign)
    return category == "Cn" or (category == "Ll" and sign == sign.upper())
