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
    return numbers_of(text) <= held_numbers(citation)


def held_numbers(citation: Citation) -> frozenset[str]:
    """Return the numbers of a quotation and of the sentences that call its note."""
    document = citation.document.text
    pieces = [citation.quote, *(anchor.span.of(document) for anchor in citation.anchors)]
    return frozenset().union(*map(numbers_of, pieces))


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text as printed.

    >>> sorted(numbers_of("còn 2,5%, tương đương 1.528 hộ"))
    ['1.528', '2,5']
    """
    return frozenset(_NUMBER.findall(unicodedata.normalize("NFC", text)))
