"""Raised and lowered signs as characters that stay so in plain text: m², 10⁶, H₂O."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISED_LETTERS = str.maketrans("n", "ⁿ")


def superscript(sign: str) -> str:
    """Return a raised sign as characters that stay raised; raised words stay as they are.

    >>> superscript("2"), superscript("n-1"), superscript("th"), superscript("Ước 2019")
    ('²', 'ⁿ⁻¹', 'th', 'Ước 2019')
    """
    if _is_prose(sign):
        return sign
    letters = set(filter(str.isalpha, sign))
    return sign.translate(_RAISED).translate(_RAISED_LETTERS if letters == {"n"} else {})


def subscript(sign: str) -> str:
    """Return a lowered sign as characters that stay lowered; words stay as they are.

    >>> subscript("2"), subscript("max")
    ('₂', 'max')
    """
    return sign if _is_prose(sign) else sign.translate(_LOWERED)


def _is_prose(sign: str) -> bool:
    return len(sign.split()) > 1 and any(map(str.isalpha, sign))
