"""How alike two sections of two reports are, by the words of their headings and of their texts."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

from indexer.models import Document, Section, Span
from indexer.text.diff import WORD, word_forms
from indexer.text.normalise import match_form

_OF_HEADING, _OF_TEXT = 0.6, 0.3
_LONGEST_TEXT = 20_000
# Words of every outline, which say nothing of what a section treats.
_EVERYWHERE = frozenset(
    word_forms(
        "và về các những của một số có với trong công tác thực hiện chủ yếu tiếp tục đẩy mạnh nâng"
        " cao năm nhiệm kỳ giai đoạn đến từ theo cho là"
    )
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is weighed of a section; `size` is the weight of all of it."""

    features: frozenset[str]
    size: float


class Likeness:
    """Weighs the words that two sections share: a rare word says more than one of everywhere."""

    def __init__(self, left: Document, right: Document) -> None:
        # Two files with one text have one id, and so have their sections.
        sections = (*left.sections, *right.sections)
        headings = {section.id: _features(section.title) for section in sections}
        ours, theirs = (_Couples(document.text) for document in (left, right))
        # What only one report says likens nothing, and is most of the text.
        both = ours.every & theirs.every
        texts = {section.id: ours.of(section.span) & both for section in left.sections}
        texts |= {section.id: theirs.of(section.span) & both for section in right.sections}
        self.heading_weights, self.headings = _weighed(headings)
        self.text_weights, self.texts = _weighed(texts)

    def of(self, one: Section, other: Section) -> float:
        """Return how alike two sections are, from 0 to 0.9."""
        heading = _shared(self.headings[one.id], self.headings[other.id], self.heading_weights)
        text = _shared(self.texts[one.id], self.texts[other.id], self.text_weights)
        return _OF_HEADING * heading + _OF_TEXT * math.sqrt(text)


class _Couples:
    """The words of a text two by two, as most Vietnamese words are of two syllables."""

    def __init__(self, text: str) -> None:
        found = list(WORD.finditer(text))
        self._starts = [word.start() for word in found]
        forms = match_form(" ".join(word[0] for word in found)).split(" ")
        self._couples = [f"{one} {two}" for one, two in pairwise(forms)]
        self.every = frozenset(self._couples)

    def of(self, span: Span) -> frozenset[str]:
        first = bisect_left(self._starts, span.start)
        end = bisect_left(self._starts, min(span.end, span.start + _LONGEST_TEXT))
        return frozenset(self._couples[first : max(first, end - 1)])


def _features(title: str) -> frozenset[str]:
    words = word_forms(title)
    # Of a heading made of such words alone they are all there is.
    telling = [word for word in words if word not in _EVERYWHERE] or words
    return frozenset([*telling, *(f"{one} {two}" for one, two in pairwise(telling))])


def _weighed(
    every: Mapping[str, frozenset[str]],
) -> tuple[dict[str, float], dict[str, _Words]]:
    counts = Counter(chain.from_iterable(every.values()))
    weights = {feature: math.log(1 + len(every) / count) for feature, count in counts.items()}
    weigh = weights.__getitem__
    return weights, {
        name: _Words(features, sum(map(weigh, features))) for name, features in every.items()
    }


def _shared(one: _Words, other: _Words, weights: Mapping[str, float]) -> float:
    """Return how much of the lighter side the other has, tempered by the heavier."""
    both = sum(map(weights.__getitem__, one.features & other.features))
    if not both:
        return 0.0
    lighter, heavier = sorted((one.size, other.size))
    # Long headings hold much more than their subject: Dice alone would never let them meet.
    return both / (0.65 * lighter + 0.35 * heavier)
