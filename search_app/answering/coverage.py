"""How much of a question stands in a piece of text, and how close to the answer.

A question is a row of words, each worth its rarity: ln(tokens / occurrences), the surprise of
meeting it (Shannon 1948, in nats). A text is a row of zones from near to far (the clause of a
number, its sentence, the sentence that calls the note, the headings); a word counts by the nearest
zone in which it stands.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from indexer.models import Span
from indexer.text.analysis import forms
from indexer.text.language import LanguageModel, syllable_form
from indexer.text.normalise import match_form
from indexer.text.numerals import number_form
from indexer.text.segment import split_syllables
from search_app.understand import Understanding

# All syllables of a word, but not side by side.
_SCATTERED = 0.5
# Words that say how a value is told rather than of what; the kind and the period care for them.
_LIGHT = frozenset(
    forms(
        "đạt chiếm còn được ghi nhận thực hiện đề ra đặt phấn đấu mục tiêu chỉ tiêu kết quả hiện "
        "tại nay giai đoạn nhiệm kỳ năm qua bình quân xảy ra toàn địa bàn cuối đầu mức tỉ lệ "
        "phần trăm vừa mới trước vòng đến tới ước cả hàng mỗi nghị quyết số lượng tăng giảm so "
        "xây dựng triển khai tổ chức quả công tác hoạt động vấn đề địa phương thị xã huyện tỉnh "
        "thành phố một hai ba bốn năm sáu bảy tám chín mười đề kì này kia đâu sao cái "
        "sang đi hồi ban lúc khi đang vừa mới lên xuống vào ra tới lại hay nhất hơn"
    )
)
_LIGHT_WEIGHT = 0.25
_SHORT_WEIGHT = 0.55
_LEAST = 0.5
_MOST = 6.0
_CHUNK = re.compile(r"\S+")
# Chunks of reports repeat, texts are asked for again by later questions; those that are long do
# not and are not. Together they take less than 40 MB.
_CHUNKS, _LONGEST_CHUNK = 1 << 15, 60
_TEXTS, _LONGEST_TEXT = 1 << 12, 2_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of the question, or two neighbours; any of `runs` stands for it.

    `indexes` are its syllables in the question.
    """

    runs: tuple[tuple[str, ...], ...]
    weight: float
    indexes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """The forms of a text and where each begins."""

    forms: tuple[str, ...]
    starts: Sequence[int]

    def zone(self, start: int, end: int) -> Zone:
        """Return the zone of the forms that begin between two places."""
        first = bisect_left(self.starts, start)
        return Zone.of(self.forms[first : bisect_left(self.starts, end, first)])


@dataclass(frozen=True, slots=True)
class Zone:
    """The forms of a piece of text and which stand side by side."""

    forms: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, found: Sequence[str]) -> Zone:
        """Return the zone of a row of forms.

        >>> Zone.of(("tỉ", "lệ", "hộ", "nghèo")).has(("hộ", "nghèo"))
        1.0
        """
        return cls(frozenset(found), frozenset(pairwise(found)))

    def has(self, run: tuple[str, ...]) -> float:
        """Return 1 when the forms stand side by side, less when they only stand there, else 0."""
        if not self.forms.issuperset(run):
            return 0.0
        return 1.0 if self.pairs.issuperset(pairwise(run)) else _SCATTERED

    def has_any(self, runs: Iterable[tuple[str, ...]]) -> float:
        """Return the most that the zone has of any of the runs."""
        holds, best = self.forms.issuperset, 0.0
        for run in runs:
            if holds(run):
                if self.pairs.issuperset(pairwise(run)):
                    return 1.0
                best = _SCATTERED
        return best


def is_light(form: str) -> bool:
    """Say whether a form tells how a value is told rather than of what.

    >>> is_light("đạt"), is_light("nghèo")
    (True, False)
    """
    return form in _LIGHT


def read_text(text: str) -> Text:
    """Return the syllable forms of a text and where they stand, without segmenting words."""
    return _remembered(text) if len(text) <= _LONGEST_TEXT else _read(text)


def _read(text: str) -> Text:
    found: list[str] = []
    starts: list[int] = []
    for chunk in _CHUNK.finditer(text):
        signs, start = chunk.group(), chunk.start()
        read = _read_chunk if len(signs) <= _LONGEST_CHUNK else _read_chunk.__wrapped__
        for form, at in read(signs):
            found.append(form)
            starts.append(start + at)
    return Text(tuple(found), array("L", starts))


_remembered = lru_cache(maxsize=_TEXTS)(_read)


@lru_cache(maxsize=_CHUNKS)
def _read_chunk(chunk: str) -> tuple[tuple[str, int], ...]:
    """Return the forms between two spaces, and where they stand."""
    return tuple((_form(span.of(chunk)), span.start) for span in split_syllables(chunk))


def _form(word: str) -> str:
    return number_form(word) if word[0].isdigit() else match_form(word)


@lru_cache(maxsize=1 << 10)
def zone_of(text: str) -> Zone:
    """Return the zone of a whole text."""
    return Zone.of(read_text(text).forms)


def units_of(
    meaning: Understanding, language: LanguageModel | None, skip: Iterable[Span] = ()
) -> tuple[Unit, ...]:
    """Return the words that an answer must be about, without the pieces that are to be skipped.

    Neighbouring words count once more as a pair, so that `hộ nghèo` is worth more than `hộ` and
    `nghèo` far apart.
    """
    skipped = tuple(skip)
    content = [
        index
        for index in meaning.content
        if not any(span.holds(meaning.analysis.syllables[index].span) for span in skipped)
    ]
    words = _words(meaning, content)
    units = [Unit(_runs(meaning, word), _weight(meaning, word, language), word) for word in words]
    for one, other in pairwise(words):
        if one[-1] + 1 == other[0]:
            run = (meaning.form(one[-1]), meaning.form(other[0]))
            light = any(form in _LIGHT for form in run)
            worth = min(_worth(form, language) for form in run) * (0.1 if light else 0.4)
            between = (one[-1], other[0])
            units.append(Unit((run, *_expanded(meaning, between)), worth, between))
    return tuple(units)


def word_at(meaning: Understanding, place: int) -> frozenset[int]:
    """Return the syllables of the segmented word that begins at a place of the question."""
    word = next(
        (w.span for w in meaning.analysis.words if w.span.start <= place < w.span.end), None
    )
    if word is None:
        return frozenset()
    syllables = enumerate(meaning.analysis.syllables)
    return frozenset(index for index, term in syllables if word.holds(term.span))


def coverage(
    units: Sequence[Unit],
    zones: Sequence[tuple[Zone, float]],
    given: frozenset[int] = frozenset(),
) -> float:
    """Return the share of the units' worth that the zones hold, between 0 and 1.

    Units whose syllables are all `given` are held without looking.

    >>> units = [Unit((("hộ", "nghèo"),), 3.0), Unit((("giường",),), 1.0)]
    >>> coverage(units, [(zone_of("Hộ nghèo còn 2%"), 1.0)])
    0.75
    """
    total = held = 0.0
    for unit in units:
        total += unit.weight
        known = given and given.issuperset(unit.indexes)
        held += unit.weight * (1.0 if known else credit(unit, zones))
    return held / total if total else 0.0


def credit(unit: Unit, zones: Sequence[tuple[Zone, float]]) -> float:
    """Return how well a unit stands in the best of the zones."""
    best = 0.0
    for zone, share in zones:
        # What a zone holds counts no more than the zone.
        if share > best:
            best = max(best, share * zone.has_any(unit.runs))
    return best


def _words(meaning: Understanding, content: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the content syllables by the word in which they stand; a name is one word."""
    found = _names(meaning, content)
    syllables = meaning.analysis.syllables
    left = [index for index in content if not any(index in name for name in found)]
    for word in meaning.analysis.words:
        inside = [i for i in left if word.span.start <= syllables[i].span.start < word.span.end]
        if inside:
            found.append(tuple(inside))
            left = [i for i in left if i not in inside]
    return sorted(found + [(i,) for i in left])


def _names(meaning: Understanding, content: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the runs of several capitalised syllables."""
    runs: list[list[int]] = []
    for index in content:
        word = meaning.analysis.syllables[index].span.of(meaning.text)
        if not word[0].isupper() or (len(word) > 1 and word.isupper()):
            continue
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    # The first word of a question is capitalised anyway.
    named = [run[1:] if run[0] == 0 and len(run) != 2 else run for run in runs]
    return [tuple(run) for run in named if len(run) > 1]


def _runs(meaning: Understanding, word: tuple[int, ...]) -> tuple[tuple[str, ...], ...]:
    """Return what stands for a word: itself, its other likely readings, what it is expanded to."""
    own = tuple(meaning.form(index) for index in word)
    readings = [
        (*own[:at], form, *own[at + 1 :])
        for at, index in enumerate(word)
        for form, _ in meaning.spelling.others.get(index, ())
    ]
    return tuple(dict.fromkeys((own, *readings, *_expanded(meaning, word))))


def _expanded(meaning: Understanding, word: tuple[int, ...]) -> list[tuple[str, ...]]:
    return [
        forms(expansion.to_text)
        for expansion in meaning.expansions
        if expansion.start <= word[0] and word[-1] < expansion.end
    ]


def _weight(meaning: Understanding, word: tuple[int, ...], language: LanguageModel | None) -> float:
    found = [meaning.form(index) for index in word]
    weight = max(_worth(form, language) for form in found) + 0.5 * (len(found) - 1)
    if all(form in _LIGHT for form in found):
        return weight * _LIGHT_WEIGHT
    # Words of one syllable are mostly verbs and classifiers, which a question words differently.
    plain = len(found) == 1 and not found[0][0].isdigit() and not _is_name(meaning, word[0])
    return weight * (_SHORT_WEIGHT if plain else 1.0)


def _is_name(meaning: Understanding, index: int) -> bool:
    """Say whether a syllable is capitalised inside the question."""
    span = meaning.analysis.syllables[index].span
    return span.start > 0 and meaning.text[span.start].isupper()


def _worth(form: str, language: LanguageModel | None) -> float:
    """Return ln(tokens / occurrences) of a form in the reports."""
    if language is None:
        return 1.0
    number = language.find(syllable_form(form))
    if number is None or not language.counts[number]:
        return _MOST
    return min(_MOST, max(_LEAST, math.log(language.tokens / language.counts[number]) - 2))
