"""Texts that say the same once more: drafts and later versions of one report."""

from __future__ import annotations

from functools import lru_cache

from search_app.text_forms import forms_of

# Jaccard's coefficient of the syllables (Broder 1997 uses it for documents, over shingles).
_ALIKE = 0.9
_TEXTS = 256


def are_repeats(one: str, other: str) -> bool:
    """Say whether two texts are nearly the same and give the same figures.

    The same sentence with another figure is another statement.

    >>> are_repeats("Tỷ lệ hộ nghèo còn 2%.", "Tỷ lệ hộ nghèo còn 2%")
    True
    >>> are_repeats("Tỷ lệ hộ nghèo còn 2%.", "Tỷ lệ hộ nghèo còn 3%.")
    False
    """
    (numbers, a), (other_numbers, b) = _said(one), _said(other)
    return numbers == other_numbers and len(a & b) >= _ALIKE * len(a | b)


# Each hit of a page is compared with those before it.
@lru_cache(maxsize=_TEXTS)
def _said(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the numbers of a text in order of their forms, and all its syllables."""
    syllables = forms_of(text)
    return tuple(sorted(form for form in syllables if form[0].isdigit())), frozenset(syllables)
