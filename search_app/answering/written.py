"""The place for an answer that a language model writes; none is called here.

A writer gets the question and the cited passages and gives sentences. They pass the same check as
every other answer: a number that stands in none of the quotations withholds the whole text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from search_app.answering.grounding import held_numbers, numbers_of
from search_app.cite import Citation


class Writer(Protocol):
    """Something that puts cited passages into sentences."""

    def write(self, question: str, citations: Sequence[Citation]) -> str:
        """Return an answer in sentences, from nothing but the quotations."""


def write_checked(writer: Writer, question: str, citations: Sequence[Citation]) -> str | None:
    """Return what a writer says, None when a number of it stands in no quotation."""
    text = writer.write(question, citations)
    held = frozenset().union(*(held_numbers(citation) for citation in citations))
    return text if numbers_of(text) <= held else None
