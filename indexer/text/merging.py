"""The language model of all texts together, made from the models of its parts.

The smaller model is worked into the larger one: what a report adds costs what is in that report,
not what is in all of them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain

from indexer.text.language import BITS, MASK, OTHER, SIGNS, LanguageModel
from indexer.text.normalise import strip_accents
from indexer.text.training import spelling_line, train

_PAIR_MASK = (1 << 2 * BITS) - 1


def merge(models: Iterable[LanguageModel]) -> LanguageModel:
    """Return the model of all texts together; of the lexicons each word counts once.

    >>> merge([train(["hộ nghèo"], []), train(["tỷ lệ"], [])]) == train(["hộ nghèo", "tỷ lệ"], [])
    True
    """
    return reduce(_both, models, train((), ()))


def _both(one: LanguageModel, other: LanguageModel) -> LanguageModel:
    small, large = sorted((one, other), key=lambda model: len(model.triples))
    forms, bares = _forms_of_both(large, small)
    numbers = {form: number for number, form in enumerate(forms)}
    base, added = _Part.of(large, numbers), _Part.of(small, numbers)
    pairs = _Table(base.pairs(large.pairs), large.pair_counts, large.pair_before, large.pair_after)
    triples = _Table(base.triples(), large.triple_counts)
    new_pairs = pairs.add(added.pairs(small.pairs), small.pair_counts)
    new_triples = triples.add(added.triples(), small.triple_counts)
    counts, pair_before, pair_after = pairs.columns
    for key in new_triples:
        pair_before[pairs.find(key & _PAIR_MASK)] += 1
        pair_after[pairs.find(key >> BITS)] += 1
    size = len(forms)
    words = _column(size, base.numbered(large.counts), added.numbered(small.counts))
    listed = _column(size, base.numbered(large.listed))
    for number, count in added.numbered(small.listed):
        listed[number] = max(listed[number], count)
    listed_pairs = _listed_pairs(base, added)
    return LanguageModel(
        forms,
        bares,
        _spellings(forms, base, added),
        words,
        _column(size, base.numbered(large.before), ((key & MASK, 1) for key in new_pairs)),
        _column(size, base.numbered(large.after), ((key >> BITS, 1) for key in new_pairs)),
        listed,
        _column(size, ((key >> BITS, count) for key, count in listed_pairs.items())),
        _column(size, ((key & MASK, count) for key, count in listed_pairs.items())),
        pairs.keys,
        counts,
        pair_before,
        pair_after,
        triples.keys,
        triples.columns[0],
        array("Q", listed_pairs),
        array("I", listed_pairs.values()),
        sum(words),
        sum(listed),
        large.texts + small.texts,
    )


def _forms_of_both(
    large: LanguageModel, small: LanguageModel
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    new = Counter(
        {
            form: count
            for form, count in zip(small.forms, small.counts, strict=True)
            if large.find(form) is None
        }
    )
    kept = [form for form, _ in new.most_common((1 << BITS) - len(large.forms))]
    both = [*zip(large.bares, large.forms, strict=True), *((strip_accents(f), f) for f in kept)]
    bares, forms = zip(*sorted(both), strict=True)
    return forms, bares


@dataclass(frozen=True, slots=True)
class _Part:
    """A model and the numbers that its forms have in the model of all."""

    model: LanguageModel
    ids: Sequence[int]
    moved: bool

    @classmethod
    def of(cls, model: LanguageModel, numbers: dict[str, int]) -> _Part:
        # A form for which no number is left counts as no syllable.
        ids = [numbers.get(form, numbers[OTHER]) for form in model.forms]
        return cls(model, ids, moved=ids != list(range(len(ids))))

    def numbered(self, counts: Sequence[int]) -> Iterator[tuple[int, int]]:
        return zip(self.ids, counts, strict=True)

    def pairs(self, keys: array[int]) -> array[int]:
        if not self.moved:
            return keys
        ids = self.ids
        return array("Q", [ids[key >> BITS] << BITS | ids[key & MASK] for key in keys])

    def triples(self) -> array[int]:
        if not self.moved:
            return self.model.triples
        ids = self.ids
        return array(
            "Q",
            [
                (ids[key >> 2 * BITS] << BITS | ids[key >> BITS & MASK]) << BITS | ids[key & MASK]
                for key in self.model.triples
            ],
        )


class _Table:
    """Keys in their order and columns beside them, the first of which are their counts."""

    def __init__(self, keys: array[int], *columns: array[int]) -> None:
        self.keys = keys
        self.columns = [column[:] for column in columns]

    def find(self, key: int) -> int:
        """Return the place of a key, or where it would be."""
        return bisect_left(self.keys, key)

    def add(self, keys: Iterable[int], counts: Iterable[int]) -> list[int]:
        """Add counts of keys; return the keys that are new, in order."""
        new: Counter[int] = Counter()
        for key, count in zip(keys, counts, strict=True):
            at = self.find(key)
            if at < len(self.keys) and self.keys[at] == key:
                self.columns[0][at] += count
            else:
                new[key] += count
        ordered = sorted(new)
        places = [self.find(key) for key in ordered]
        first, *others = self.columns
        self.keys = _inserted(self.keys, places, ordered)
        self.columns = [_inserted(first, places, [new[key] for key in ordered])]
        self.columns += [_inserted(other, places, [0] * len(places)) for other in others]
        return ordered


def _inserted(values: array[int], places: Sequence[int], new: Sequence[int]) -> array[int]:
    """Return the values with a new one before each of these places."""
    result = array(values.typecode)
    start = 0
    for place, value in zip(places, new, strict=True):
        result += values[start:place]
        result.append(value)
        start = place
    return result + values[start:]


def _column(size: int, *parts: Iterable[tuple[int, int]]) -> array[int]:
    """Return the sums of counts by number."""
    column = array("I", bytes(4 * size))
    for number, count in chain(*parts):
        column[number] += count
    return column


def _listed_pairs(*parts: _Part) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in parts:
        keys = part.pairs(part.model.listed_pairs)
        for key, count in zip(keys, part.model.listed_pair_counts, strict=True):
            found[key] = max(found.get(key, 0), count)
    return dict(sorted(found.items()))


def _spellings(forms: Sequence[str], base: _Part, added: _Part) -> tuple[str, ...]:
    lines = [""] * len(forms)
    before = dict(zip(base.ids, range(len(base.ids)), strict=True))
    for number, line in zip(base.ids, base.model.spellings, strict=True):
        lines[number] = line
    for own, number in enumerate(added.ids):
        if added.model.counts[own] and (form := forms[number]) not in SIGNS:
            written = Counter(added.model.written(own))
            if number in before:
                written += Counter(base.model.written(before[number]))
            lines[number] = spelling_line(form, written)
    return tuple(lines)
