"""Did you mean: a question with its slips of the pen put right.

Which of several words was meant say the words beside it, as the reports put them together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable

from indexer.text.initials import is_word
from indexer.text.keystrokes import decode
from indexer.text.language import NUMBER, OTHER, LanguageModel, syllable_form
from indexer.text.restore import restore
from indexer.text.segment import split_syllables
from search_app.slips import Slips

_MOST_WORDS = 5
_MOST_CHARACTERS = 1000
_COST = 1.5
_WORTH_OF_COUNT = 0.25
# A word of the dictionary may be meant although no report has it: how well another must fit then,
# when it is easily confused with it, and when only some letter differs.
_FIT_FOR_A_CONFUSION = math.log1p(2)
_FIT_FOR_A_LETTER = math.log1p(9)
# A minus sign before a word begins something else.
_JOINT = re.compile(r"\s+(?:[-–]\s+)?|[-–]")


def did_you_mean(
    text: str, slips: Slips, *, found: bool = True, known: Collection[str] = ()
) -> str | None:
    """Return the question with its slips put right; None when nothing is plausible.

    Only words that no report has are touched, or, when nothing was `found`, those that never
    stand beside their neighbours. `known` are forms that are right whatever the reports say.

    >>> from indexer.text.restore import train
    >>> slips = Slips(train(["Tỷ lệ hộ nghèo giảm", "hộ nghèo, hộ cận nghèo"], []))
    >>> did_you_mean('Vì sao "hộ ngèo" giảm?', slips), did_you_mean("hộ nghèo", slips)
    ('Vì sao "hộ nghèo" giảm?', None)
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    model = slips.model
    decoded, _ = decode(text, lambda word: model.find(syllable_form(word)) is not None)
    question = _Question(decoded, model)
    doubtful = [at for at in question.places(known) if not question.is_written(at)]
    if not doubtful and not found:
        doubtful = [at for at in question.places(known) if not question.fit(at, question.own(at))]
    changed = [at for at in doubtful[:_MOST_WORDS] if question.replace(at, slips)]
    if not changed:
        return None
    if text.isascii():
        return restore(question.text(), model)[0].text
    return question.text()


class _Question:
    """The syllables of a question while they are put right."""

    def __init__(self, text: str, model: LanguageModel) -> None:
        self._text = text
        self.model = model
        self.spans = split_syllables(text)
        self.words = [span.of(text) for span in self.spans]
        self.forms = [syllable_form(word) for word in self.words]
        self._shouted = text.isupper()

    def places(self, known: Collection[str]) -> list[int]:
        """Return the indexes of what can be a misspelt word."""
        return [
            at
            for at, form in enumerate(self.forms)
            if form not in (NUMBER, OTHER)
            and len(form) > 1
            and form not in known
            # Capitals are an abbreviation that the reports do not use.
            and (self._shouted or is_word(form) or not self.words[at].isupper())
        ]

    def is_written(self, at: int) -> bool:
        """Say whether a report has this word, or one that it may stand for."""
        return any(self.model.counts[number] for number in self.own(at))

    def own(self, at: int) -> tuple[int, ...]:
        """Return the numbers of what stands here; what has no accents may be several words."""
        form = self.forms[at]
        if form.isascii() and form not in (NUMBER, OTHER):
            return tuple(self.model.candidates(form))
        number = self.model.find(form)
        return () if number is None else (number,)

    def replace(self, at: int, slips: Slips) -> bool:
        """Put the likeliest candidate at this place; say whether there was one."""
        alone = not self._beside(at)
        listed = bool(self.own(at))
        scores = [
            (fit + _WORTH_OF_COUNT * math.log1p(self.model.counts[number]) - _COST * cost, number)
            for number, cost in slips.candidates(self.forms[at]).items()
            if (fit := self.fit(at, (number,))) > _least(cost, listed=listed)
            or (alone and cost <= 1)
        ]
        if not scores:
            return False
        number = max(scores)[1]
        written = self.model.written(number)
        self.words[at] = _cased(max(written, key=written.__getitem__), self.words[at])
        self.forms[at] = self.model.forms[number]
        return True

    def fit(self, at: int, numbers: Iterable[int]) -> float:
        """Return how often one of these words stands beside the neighbours, as a logarithm."""
        return max((self._fit(at, number) for number in numbers), default=0.0)

    def _fit(self, at: int, number: int) -> float:
        times = 0.0
        for beside in self._beside(at):
            ahead = beside < at
            pairs = [
                self.model.pair(other, number) if ahead else self.model.pair(number, other)
                for other in self.own(beside)
            ]
            times += math.log1p(max((pair.times for pair in pairs if pair), default=0))
        return times

    def _beside(self, at: int) -> list[int]:
        """Return the indexes of the neighbours; a sign between two words parts them."""
        return [
            beside
            for beside in (at - 1, at + 1)
            if 0 <= beside < len(self.spans) and self._touch(min(at, beside))
        ]

    def _touch(self, at: int) -> bool:
        between = self._text[self.spans[at].end : self.spans[at + 1].start]
        return _JOINT.fullmatch(between) is not None

    def text(self) -> str:
        """Return the question as it is now, its signs as they were."""
        parts, end = [], 0
        for span, word in zip(self.spans, self.words, strict=True):
            parts += [self._text[end : span.start], word]
            end = span.end
        return "".join([*parts, self._text[end:]])


def _least(cost: float, *, listed: bool) -> float:
    if not listed:
        return 0.0
    return _FIT_FOR_A_CONFUSION if cost < 1 else _FIT_FOR_A_LETTER


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if like[0].isupper() else word
