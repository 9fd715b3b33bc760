"""Texts that say the same once more: drafts and later versions of one report."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.text.analysis import forms

# Jaccard's coefficient of the syllables (Broder 1997 uses it for documents, over shingles).
_ALIKE = 0.9


def are_repeats(one: str, other: str) -> bool:
    """Say whether two texts are nearly the same and give the same figures.

    The same sentence with another figure is another statement.

    >>> are_repeats("Tỷ lệ hộ nghèo còn 2%.", "Tỷ lệ hộ nghèo còn 2%")
    True
    >>> are_repeats("Tỷ lệ hộ nghèo còn 2%.", "Tỷ lệ hộ nghèo còn 3%.")
    False
    """
    a, b = forms(one), forms(other)
    if _numbers(a) != _numbers(b):
        return False
    return len(set(a) & set(b)) >= _ALIKE * len(set(a) | set(b))


def _numbers(syllables: Sequence[str]) -> list[str]:
    return sorted(form for form in syllables if form[0].isdigit())
