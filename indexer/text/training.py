"""Count what stands beside what in the reports and in a dictionary, for `restore`.

Counts of two models add up to those of both texts, so a report that is added or taken away does
not make the others be read again.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from indexer.text.language import BITS, EDGE, NUMBER, OTHER, LanguageModel, syllable_form
from indexer.text.normalise import fold_characters, strip_accents
from indexer.text.segment import split_sentences, split_syllables

_MASK = (1 << BITS) - 1
_Forms = TypeVar("_Forms", bound=tuple[str, ...])


@dataclass(slots=True)
class _Counts:
    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    triples: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    spellings: dict[str, Counter[str]] = field(default_factory=dict)
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
    counts = _Counts()
    for text in texts:
        counts.texts += 1
        for run in _runs(fold_characters(text), counts.spellings):
            _count_run(run, counts)
    for word in lexicon:
        forms = [form for run in _runs(fold_characters(word)) for form in run]
        counts.listed.update(forms)
        counts.listed_pairs.update(pairwise(forms))
    return _pack(counts)


def merge(models: Iterable[LanguageModel]) -> LanguageModel:
    """Return the model of all texts together; of the lexicons each word counts once.

    >>> merge([train(["hộ nghèo"], []), train(["tỷ lệ"], [])]) == train(["hộ nghèo", "tỷ lệ"], [])
    True
    """
    counts = _Counts()
    for model in models:
        _unpack(model, counts)
    return _pack(counts)


def _runs(text: str, spellings: dict[str, Counter[str]] | None = None) -> Iterator[list[str]]:
    """Yield the forms between two signs, because no word goes on after a comma."""
    for sentence in split_sentences(text):
        piece = sentence.of(text)
        run: list[str] = []
        end = 0
        for span in split_syllables(piece):
            if run and piece[end : span.start].strip():
                yield run
                run = []
            end = span.end
            word = span.of(piece).lower()
            form = syllable_form(word)
            run.append(form)
            if spellings is not None and form not in (NUMBER, OTHER):
                spellings.setdefault(form, Counter())[word] += 1
        if run:
            yield run


def _count_run(run: list[str], counts: _Counts) -> None:
    framed = [EDGE, *run, EDGE]
    counts.words.update(framed[1:])
    counts.pairs.update(pairwise(framed))
    counts.triples.update(zip(framed, framed[1:], framed[2:], strict=False))


def _pack(counts: _Counts) -> LanguageModel:
    words = counts.words | Counter(dict.fromkeys((EDGE, OTHER, NUMBER, *counts.listed), 1))
    kept = [form for form, _ in words.most_common(1 << BITS)]
    bares, forms = zip(*sorted((strip_accents(form), form) for form in kept), strict=True)
    ids = {form: number for number, form in enumerate(forms)}
    pairs = _numbered(counts.pairs, ids)
    triples = _numbered(counts.triples, ids)
    listed = _numbered(counts.listed_pairs, ids)
    starts = Counter(key >> BITS for key in triples)
    ends = Counter(key & (1 << 2 * BITS) - 1 for key in triples)
    listed_first: Counter[int] = Counter()
    listed_second: Counter[int] = Counter()
    for key, count in listed.items():
        listed_first[key >> BITS] += count
        listed_second[key & _MASK] += count
    every = range(len(forms))
    return LanguageModel(
        forms,
        bares,
        tuple(_spelling_line(form, counts) for form in forms),
        array("I", (counts.words[form] for form in forms)),
        _column(Counter(key & _MASK for key in pairs), every),
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


def _numbered(counts: Mapping[_Forms, int], ids: Mapping[str, int]) -> dict[int, int]:
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


def _spelling_line(form: str, counts: _Counts) -> str:
    spellings = counts.spellings.get(form, Counter())
    if spellings.keys() <= {form}:
        return ""
    return " ".join(f"{spelling} {count}" for spelling, count in sorted(spellings.items()))


def _unpack(model: LanguageModel, counts: _Counts) -> None:
    """Add the counts of a model; of two lexicons the larger count holds."""
    forms = model.forms
    counts.texts += model.texts
    counts.words.update({f: n for f, n in zip(forms, model.counts, strict=True) if n})
    counts.listed |= Counter({f: n for f, n in zip(forms, model.listed, strict=True) if n})
    for key, count in zip(model.pairs, model.pair_counts, strict=True):
        counts.pairs[forms[key >> BITS], forms[key & _MASK]] += count
    for key, count in zip(model.triples, model.triple_counts, strict=True):
        first, second, third = key >> 2 * BITS, key >> BITS & _MASK, key & _MASK
        counts.triples[forms[first], forms[second], forms[third]] += count
    listed = zip(model.listed_pairs, model.listed_pair_counts, strict=True)
    counts.listed_pairs |= Counter(
        {(forms[key >> BITS], forms[key & _MASK]): count for key, count in listed}
    )
    for number, form in enumerate(forms):
        if model.counts[number] and form not in (EDGE, NUMBER, OTHER):
            counts.spellings.setdefault(form, Counter()).update(model.written(number))
