"""The check that every answer passes: its numbers stand in what it cites."""

from __future__ import annotations

import re
import unicodedata

from search_app.cite import Citation

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def is_grounded(text: str, citation: Citation) -> bool:
    """Say whether every number of a text stands in the quotation or the sentence that calls it.

    Numbers are compared as printed: `2,5` does not stand in `12,5`.
    """
    document = citation.document.text
    held = [citation.quote, *(anchor.span.of(document) for anchor in citation.anchors)]
    known = {number for piece in held for number in numbers_of(piece)}
    return numbers_of(text) <= known


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text as printed.

    >>> sorted(numbers_of("còn 2,5%, tương đương 1.528 hộ"))
    ['1.528', '2,5']
    """
    return frozenset(_NUMBER.findall(unicodedata.normalize("NFC", text)))
