"""Lists of words as patterns."""

from __future__ import annotations


def any_of(words: str) -> str:
    """Return a pattern for any of the words between bars; the longest fits first.

    >>> any_of("có|có thêm")
    '(?:có thêm|có)'
    """
    return f"(?:{'|'.join(sorted(words.split('|'), key=len, reverse=True))})"
