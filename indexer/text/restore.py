"""Accents for a question that was typed without them, as the reports would write it.

Only bare syllables are free; what was typed with accents, numbers, codes and abbreviations are
their context. Which forms are the likeliest is worked out in `scoring`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.models import Span
from indexer.text.keystrokes import Change, apply_changes, as_typed, is_bare_syllable
from indexer.text.language import OTHER, DamagedModel, LanguageModel, syllable_form
from indexer.text.merging import merge
from indexer.text.normalise import strip_accents
from indexer.text.scoring import FEW_OPTIONS, LONG, OPTIONS, Scorer, Step, best_paths
from indexer.text.segment import split_syllables
from indexer.text.training import train

__all__ = [
    "Change",
    "DamagedModel",
    "LanguageModel",
    "Reading",
    "merge",
    "needs_restoring",
    "restore",
    "train",
]

# A further reading is shown when it is at least this likely beside the best one.
CLOSE = 0.2
# Who types some accents means the bare syllables more often; set by judgement, not tuned.
_MEANT_BARE = 1.5

_PIECE = re.compile(r"[\w./@:&-]+")
_ENGLISH_SHARE = 2
_FINAL_Y = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))
_FINAL_I = {y: i for i, y in _FINAL_Y.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question. Spans are those of the question as it was typed.

    `probability` is its share among the four likeliest readings.
    """

    text: str
    changes: tuple[Change, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class _Slot:
    """A syllable of the question and the forms it may have; `breaks`: a sign stands before it."""

    span: Span
    typed: str
    options: Sequence[int]
    free: bool
    breaks: bool


def needs_restoring(text: str) -> bool:
    """Say whether a syllable stands without accents, so that `restore` may find some for it.

    >>> needs_restoring("ty le ho ngheo"), needs_restoring("tỷ lệ hộ nghèo 2,5%")
    (True, False)
    """
    return any(_is_bare(span.of(text)) for span in split_syllables(text))


def restore(text: str, model: LanguageModel, *, limit: int = 3) -> tuple[Reading, ...]:
    """Return the readings of a question, best first; typed accents are never changed.

    >>> model = train(["Tỷ lệ hộ nghèo giảm", "đào tạo nghề"], ["hồ"])
    >>> [reading.text for reading in restore("Ty le ho ngheo, 2,5%", model)]
    ['Tỷ lệ hộ nghèo, 2,5%']
    """
    slots = _slots(text, model)
    if not any(slot.free for slot in slots) or _is_english(slots, model):
        return (Reading(text, (), 1.0),)
    scorer = Scorer(model)
    paths = best_paths(list(_steps(slots, scorer, model)), scorer)
    likelihoods = [math.exp(score - paths[0][0]) for score, _ in paths]
    readings: list[Reading] = []
    for likelihood, (_, forms) in zip(likelihoods, paths, strict=True):
        if likelihood >= CLOSE and len(readings) < max(limit, 1):
            changes = tuple(_changes(slots, forms, model))
            share = likelihood / sum(likelihoods)
            readings.append(Reading(apply_changes(text, changes), changes, share))
    return tuple(readings)


def _slots(text: str, model: LanguageModel) -> list[_Slot]:
    spans = split_syllables(text)
    words = [span.of(text) for span in spans]
    capitals = sum(word.isupper() for word in words) > 1 and text.isupper()
    codes = [Span(*piece.span()) for piece in _PIECE.finditer(text) if _is_code(piece.group())]
    slots: list[_Slot] = []
    end = next_code = 0
    for index, (span, word) in enumerate(zip(spans, words, strict=True)):
        while next_code < len(codes) and codes[next_code].end <= span.start:
            next_code += 1
        in_code = next_code < len(codes) and codes[next_code].holds(span)
        shouted = capitals or not _is_abbreviation(words, index)
        breaks = bool(slots) and bool(text[end : span.start].strip())
        slots.append(_slot(span, word, model, free=shouted and not in_code, breaks=breaks))
        end = span.end
    return slots


def _slot(span: Span, word: str, model: LanguageModel, *, free: bool, breaks: bool) -> _Slot:
    form = syllable_form(word)
    if free and _is_bare(word) and (options := model.candidates(form)):
        return _Slot(span, word, options, free=True, breaks=breaks)
    number = model.find(form)
    if number is None and _is_letters(word) and (options := model.candidates(form)):
        return _Slot(span, word, options, free=True, breaks=breaks)
    other = model.candidates(OTHER)
    return _Slot(span, word, other if number is None else (number,), free=False, breaks=breaks)


def _is_bare(word: str) -> bool:
    return word.isascii() and is_bare_syllable(word)


def _is_letters(word: str) -> bool:
    """Say whether a word is letters in capitals that no syllable is spelled with: "HDND"."""
    return word.isascii() and word.isupper() and word.isalpha() and not is_bare_syllable(word)


def _is_abbreviation(words: Sequence[str], index: int) -> bool:
    """Say whether a word in capitals stands alone among words that are not, as "TU" or "HĐND"."""
    word = words[index]
    if not word.isupper() or not 2 <= len(word) <= 4:
        return False
    beside = [*words[max(index - 1, 0) : index], *words[index + 1 : index + 2]]
    return not any(other.isupper() and len(other) > 1 and _is_bare(other) for other in beside)


def _is_code(piece: str) -> bool:
    """Say whether a piece between blanks is a number or an address: "22-NQ/TW", "covid19"."""
    piece = piece.strip("./:-&")
    letters = re.findall(r"[^\W\d_]+", piece)
    if not letters:
        return False
    if any(sign in piece for sign in "0123456789@_") or "://" in piece:
        return True
    joined = re.search(r"[/.&-]", piece) is not None
    return joined and any(word.isupper() and not _is_bare(word) for word in letters)


def _is_english(slots: Sequence[_Slot], model: LanguageModel) -> bool:
    """Say whether too many words are no Vietnamese, so that the others are probably none too."""
    words = [slot for slot in slots if slot.typed.isascii() and slot.typed.isalpha()]
    foreign = sum(_is_foreign(slot, model, first=slot is slots[0]) for slot in words)
    free = sum(slot.free for slot in words)
    accented = len(slots) > 0 and any(not slot.typed.isascii() for slot in slots)
    if accented or not foreign:
        return False
    return foreign >= free or (foreign > 1 and foreign * _ENGLISH_SHARE >= free)


def _is_foreign(slot: _Slot, model: LanguageModel, *, first: bool) -> bool:
    word = slot.typed
    if slot.free or _is_bare(word) or not (word.islower() or first) or word.isupper():
        return False
    known = any(model.counts[number] for number in slot.options if model.forms[number] != OTHER)
    return not known and any(vowel in word.lower() for vowel in "aeiouy")


def _steps(slots: Sequence[_Slot], scorer: Scorer, model: LanguageModel) -> Iterator[Step]:
    most = OPTIONS if len(slots) <= LONG else FEW_OPTIONS
    half_typed = any(not slot.typed.isascii() for slot in slots)
    for slot in slots:
        options = scorer.likeliest(slot.options, most)
        gains = [
            _MEANT_BARE if half_typed and model.forms[option].isascii() else 0.0
            for option in options
        ]
        yield Step(tuple(zip(options, gains, strict=True)), slot.breaks)


def _changes(
    slots: Sequence[_Slot], forms: Sequence[int], model: LanguageModel
) -> Iterator[Change]:
    for slot, form in zip(slots, forms, strict=True):
        if slot.free:
            written = as_typed(_spelled(form, slot.typed.lower(), model), slot.typed)
            if written != slot.typed:
                yield Change(slot.span, written)


def _spelled(form: int, typed: str, model: LanguageModel) -> str:
    """Return the most frequent spelling that looks like what was typed, with its i or y."""
    spellings = model.written(form)
    fitting = [each for each in spellings if strip_accents(each) == typed]
    if fitting:
        return max(fitting, key=lambda each: spellings[each])
    word = model.forms[form]
    finals = _FINAL_Y if typed.endswith("y") else _FINAL_I
    return word[:-1] + finals.get(word[-1], word[-1])
