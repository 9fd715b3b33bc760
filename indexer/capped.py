"""Warnings that repeat themselves: the first of each kind are told, the others counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

MAX_OF_A_KIND = 10

# What differs between two warnings of a kind: numbers, and what is quoted of the file.
_PARTICULARS = re.compile(r"“[^”]*”|`[^`]*`|\"[^\"]*\"|\d+")


def capped(warnings: Iterable[str], most: int = MAX_OF_A_KIND) -> tuple[str, ...]:
    """Return the first warnings of each kind, in their order; the last says how many more.

    >>> capped([f"Trang {number}: chữ mờ." for number in range(5)], most=2)
    ('Trang 0: chữ mờ.', 'Trang 1: chữ mờ. Và 3 chỗ nữa như vậy.')
    """
    told = tuple(warnings)
    kinds = [_kind(warning) for warning in told]
    return tuple(_capped(told, kinds, most))


def _capped(told: tuple[str, ...], kinds: list[str], most: int) -> Iterator[str]:
    counts = Counter(kinds)
    seen: Counter[str] = Counter()
    for warning, kind in zip(told, kinds, strict=True):
        seen[kind] += 1
        more = counts[kind] - most
        if seen[kind] == most and more > 0:
            yield f"{warning} Và {_grouped(more)} chỗ nữa như vậy."
        elif seen[kind] <= most:
            yield warning


def _kind(warning: str) -> str:
    return _PARTICULARS.sub("", warning)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
