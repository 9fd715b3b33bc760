"""From what was typed to what was meant: keystrokes into letters, missing accents restored.

Accents that were typed are kept. Other likely readings stay with the words as further spellings,
and the bare word itself is searched without accents, so that a wrong restoration still finds its
passage, only lower.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.text.analysis import forms
from indexer.text.keystrokes import decode
from indexer.text.language import LanguageModel, syllable_form
from indexer.text.normalise import strip_accents
from indexer.text.restore import Reading, restore

_BARE_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text as it is searched, and as it was typed.

    `bare` gives, by the index of a syllable that was changed, the form that was typed; `others`
    the forms that it has in other likely readings, with the share of likelihood of each.
    """

    text: str
    typed: str
    bare: Mapping[int, str] = field(default_factory=dict)
    others: Mapping[int, tuple[tuple[str, float], ...]] = field(default_factory=dict)

    @property
    def restored(self) -> bool:
        """Say whether anything was changed."""
        return self.text != self.typed


def read_spelling(text: str, model: LanguageModel | None) -> Spelling:
    """Return what a text was meant to be; as typed when nothing was learnt yet.

    >>> from indexer.text.restore import train
    >>> spelling = read_spelling("ty le ho ngheo", train(["Tỷ lệ hộ nghèo giảm"], []))
    >>> spelling.text, spelling.bare[3]
    ('tỷ lệ hộ nghèo', 'ngheo')
    """
    if model is None:
        return Spelling(text, text)
    known: LanguageModel = model
    decoded, _ = decode(text, lambda word: known.find(syllable_form(word)) is not None)
    if _is_accented(decoded, model):
        return Spelling(decoded, text)
    readings = restore(decoded, model)
    before, after = forms(decoded), forms(readings[0].text)
    if len(before) != len(after):
        return Spelling(decoded, text)
    changed = [index for index, form in enumerate(after) if before[index] != form]
    return Spelling(
        text=readings[0].text,
        typed=text,
        bare={index: before[index] for index in changed},
        others=_others(readings, changed),
    )


def _is_accented(text: str, model: LanguageModel) -> bool:
    """Say whether a text was typed with its accents: most syllables have one, others are words.

    About three syllables in ten have none in Vietnamese prose.
    """
    syllables = forms(text)
    bare = [form for form in syllables if form == strip_accents(form)]
    if len(bare) > _BARE_SHARE * len(syllables):
        return False
    return all(model.find(syllable_form(form)) is not None for form in bare if form.isalpha())


def _others(
    readings: tuple[Reading, ...], changed: list[int]
) -> dict[int, tuple[tuple[str, float], ...]]:
    best = forms(readings[0].text)
    found: dict[int, dict[str, float]] = {}
    for reading in readings[1:]:
        other = forms(reading.text)
        for index in changed if len(other) == len(best) else ():
            if other[index] != best[index]:
                shares = found.setdefault(index, {})
                shares[other[index]] = shares.get(other[index], 0.0) + reading.probability
    return {index: tuple(shares.items()) for index, shares in found.items()}
