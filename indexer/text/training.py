"""Count what stands beside what in the reports and in a dictionary, for `restore`.

Counts of two models add up to those of both texts, so a report that is added or taken away does
not make the others be read again.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from indexer.text.language import (
    BITS,
    EDGE,
    MASK,
    NUMBER,
    OTHER,
    SIGNS,
    LanguageModel,
    syllable_form,
)
from indexer.text.normalise import fold_characters, strip_accents
from indexer.text.segment import split_sentences, split_syllables

_Key = TypeVar("_Key", bound=tuple[str, ...])


class _Forms(dict[str, str]):
    """The forms of words in lower case, each looked for once; an edge is one."""

    def __missing__(self, word: str) -> str:
        form = self[word] = syllable_form(word) if word else EDGE
        return form


@dataclass(slots=True)
class _Counts:
    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    triples: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    listed_pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    texts: int = 0


def train(texts: Iterable[str], lexicon: Iterable[str]) -> LanguageModel:
    """Return the counts of these texts and of the words of a lexicon.

    A word that the lexicon holds twice counts twice. Parts of a corpus may be trained without
    a lexicon and merged with `train((), lexicon)`.

    The end of each run of syllables counts as a token.

    >>> model = train(["Tỷ lệ hộ nghèo; tỷ lệ thất nghiệp"], ["tỉ lệ"])
    >>> [model.forms[number] for number in model.candidates("ti")], model.tokens
    (['tỉ'], 10)
    """
    counts, forms = _Counts(), _Forms()
    for text in texts:
        counts.texts += 1
        _count(_words(fold_characters(text)), forms, counts)
    for entry, times in Counter(lexicon).items():
        folded = fold_characters(entry)
        listed = [forms[span.of(folded).lower()] for span in split_syllables(folded)]
        for form in listed:
            counts.listed[form] += times
        for pair in pairwise(listed):
            counts.listed_pairs[pair] += times
    return _pack(counts, _spellings(counts.written, forms))


def _words(text: str) -> list[str]:
    """Return the words in lower case, an edge where a sign stands: no word goes on after it."""
    words = [EDGE]
    for sentence in split_sentences(text):
        piece = sentence.of(text)
        end = 0
        for span in split_syllables(piece):
            if end and piece[end : span.start].strip():
                words.append(EDGE)
            end = span.end
            words.append(span.of(piece).lower())
        if end:
            words.append(EDGE)
    return words


def _count(words: Sequence[str], forms: Mapping[str, str], counts: _Counts) -> None:
    counts.written.update(words)
    framed = [forms[word] for word in words]
    counts.words.update(framed[1:])
    counts.pairs.update(pairwise(framed))
    counts.triples.update(zip(framed, framed[1:], framed[2:], strict=False))


def _spellings(written: Mapping[str, int], forms: Mapping[str, str]) -> dict[str, dict[str, int]]:
    spellings: dict[str, dict[str, int]] = {}
    for word, count in written.items():
        spellings.setdefault(forms[word], {})[word] = count
    return {form: words for form, words in spellings.items() if form not in SIGNS}


def _pack(counts: _Counts, spellings: Mapping[str, Mapping[str, int]]) -> LanguageModel:
    words = counts.words | Counter(dict.fromkeys((EDGE, OTHER, NUMBER, *counts.listed), 1))
    kept = [form for form, _ in words.most_common(1 << BITS)]
    bares, forms = zip(*sorted((strip_accents(form), form) for form in kept), strict=True)
    ids = {form: number for number, form in enumerate(forms)}
    pairs = _numbered(counts.pairs, ids)
    # What stands on both sides of an edge has nothing to do with each other.
    triples = _numbered({key: n for key, n in counts.triples.items() if key[1] != EDGE}, ids)
    listed = _numbered(counts.listed_pairs, ids)
    starts = Counter(key >> BITS for key in triples)
    ends = Counter(key & (1 << 2 * BITS) - 1 for key in triples)
    listed_first: Counter[int] = Counter()
    listed_second: Counter[int] = Counter()
    for key, count in listed.items():
        listed_first[key >> BITS] += count
        listed_second[key & MASK] += count
    every = range(len(forms))
    return LanguageModel(
        forms,
        bares,
        tuple(spelling_line(form, spellings.get(form, {})) for form in forms),
        array("I", (counts.words[form] for form in forms)),
        _column(Counter(key & MASK for key in pairs), every),
        _column(Counter(key >> BITS for key in pairs), every),
        array("I", (counts.listed[form] for form in forms)),
        _column(listed_first, every),
        _column(listed_second, every),
        array("Q", pairs),
        array("I", pairs.values()),
        _column(ends, pairs),
        _column(starts, pairs),
        array("Q", triples),
        array("I", triples.values()),
        array("Q", listed),
        array("I", listed.values()),
        counts.words.total(),
        counts.listed.total(),
        counts.texts,
    )


def _numbered(counts: Mapping[_Key, int], ids: Mapping[str, int]) -> dict[int, int]:
    """Return the counts by key, in the order of the keys; what has no number is left out."""
    numbered = {}
    for forms, count in counts.items():
        key = 0
        for form in forms:
            number = ids.get(form)
            if number is None:
                break
            key = key << BITS | number
        else:
            numbered[key] = count
    return dict(sorted(numbered.items()))


def _column(counts: Mapping[int, int], keys: Iterable[int]) -> array[int]:
    return array("I", (counts.get(key, 0) for key in keys))


def spelling_line(form: str, spellings: Mapping[str, int]) -> str:
    """Return the spellings of a form as a model keeps them, "" when all are like the form.

    >>> spelling_line("thủy", {"thủy": 216, "thuỷ": 9})
    'thuỷ 9 thủy 216'
    """
    if spellings.keys() <= {form}:
        return ""
    return " ".join(f"{spelling} {count}" for spelling, count in sorted(spellings.items()))
