"""Names: what reports write with capitals, and texts in capitals written small but for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.models import Span
from indexer.phrase_runs import Run
from indexer.text.analysis import forms
from indexer.text.initials import is_word
from indexer.text.normalise import match_form
from indexer.text.phrases import PhraseTable
from indexer.text.segment import split_syllables

_NUMBERED = frozenset(forms("thứ khóa kỳ quý tháng phần chương lần"))
_ROMAN = re.compile(r"[IVXL]+")


def lowered(text: str, names: PhraseTable[str]) -> str:
    """Return a text that was written in capitals as it would stand in a sentence.

    >>> lowered("XÂY DỰNG XÃ CỒN MÂY", PhraseTable({("cồn", "mây"): "Cồn Mây"}))
    'xây dựng xã Cồn Mây'
    """
    spans = split_syllables(text)
    words = [_small(span.of(text), before) for span, before in _with_before(spans, text)]
    for found in names.find([match_form(word) for word in words]):
        words[found.start : found.end] = found.value.split(" ")
    parts, end = [], 0
    for span, word in zip(spans, words, strict=True):
        parts += [text[end : span.start], word]
        end = span.end
    return "".join([*parts, text[end:]])


def find_names(runs: Sequence[Run]) -> dict[str, tuple[str, int, int]]:
    """Return what begins with capitals inside sentences, and how often it does not."""
    capitals = Counter(" ".join(words) for run in runs for words in _capitalised(run))
    table = PhraseTable({tuple(map(match_form, name.split(" "))): name for name in capitals})
    small: Counter[str] = Counter()
    for run in runs:
        for found in table.find([term.form for term in run.syllables]):
            small[found.value] += run.written(Span(found.start, found.end)).islower()
    names = {" ".join(map(match_form, name.split(" "))): name for name in capitals}
    return {key: (name, capitals[name], small[name]) for key, name in names.items()}


def _capitalised(run: Run) -> Iterator[list[str]]:
    name: list[str] = []
    for term in run.syllables[int(run.begins) :]:
        word = term.span.of(run.text)
        if word.istitle() and len(word) > 1:
            name.append(word)
        else:
            if name:
                yield name
            name = []
    if name:
        yield name


def _with_before(spans: Sequence[Span], text: str) -> Iterator[tuple[Span, str]]:
    before = ""
    for span in spans:
        yield span, before
        before = match_form(span.of(text))


def _small(word: str, before: str) -> str:
    """Lower a word in capitals; abbreviations and Roman numbers stay."""
    if not is_word(match_form(word)) or (before in _NUMBERED and _ROMAN.fullmatch(word)):
        return word
    return word.lower()
