"""A few digits that stand for a text, by which a link tells whether it is still the same."""

from __future__ import annotations

import hashlib

_DIGITS = 8


def fingerprint(text: str) -> str:
    """Return 8 hex digits of a text; how its words are spaced makes no difference.

    >>> fingerprint("Đạt 5 tỷ") == fingerprint("Đạt  5\\ntỷ"), len(fingerprint("Đạt 5 tỷ"))
    (True, 8)
    """
    words = " ".join(text.split())
    # A file name that is no UTF-8 may have left half a character in a text.
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
