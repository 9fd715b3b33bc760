"""Fixed expressions inside a question: what is found there and what it is searched as, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value")


class ExpansionKind(StrEnum):
    """Which list an expansion comes from."""

    ABBREVIATION = "abbreviation"
    SYNONYM = "synonym"


@dataclass(frozen=True, slots=True)
class Expansion:
    """Something else to search for, beside the syllables `start` to `end` of a question.

    `reason` is shown to the person who asks. `documents` limits it to reports that define it
    (empty: everywhere); it is not `sure` when the expression has other meanings as well.
    """

    from_text: str
    to_text: str
    kind: ExpansionKind
    reason: str
    start: int
    end: int
    documents: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """An expression of the table and the syllables of the question where it stands."""

    start: int
    end: int
    value: Value


class PhraseTable(Generic[Value]):
    """Expressions by their syllable forms.

    >>> table = PhraseTable({("nước", "sạch"): 1, ("nước",): 2})
    >>> [(found.start, found.end, found.value) for found in table.find(("dùng", "nước", "sạch"))]
    [(1, 3, 1)]
    """

    def __init__(self, phrases: Mapping[tuple[str, ...], Value]) -> None:
        self._values = {phrase: value for phrase, value in phrases.items() if phrase}
        lengths: dict[str, set[int]] = {}
        for phrase in self._values:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def get(self, phrase: tuple[str, ...]) -> Value | None:
        """Return the value of exactly this expression, or None when it is not in the table."""
        return self._values.get(phrase)

    def find(self, forms: Sequence[str]) -> tuple[Found[Value], ...]:
        """Return the expressions in a question: the longest first wins, none overlaps another."""
        spans = self._spans(forms)
        if not spans:
            return ()
        taken = [False] * len(forms)
        chosen = []
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                chosen.append(Found(start, end, self._values[tuple(forms[start:end])]))
        return tuple(sorted(chosen, key=lambda found: found.start))

    def _spans(self, forms: Sequence[str]) -> list[tuple[int, int]]:
        return [
            (start, start + length)
            for start, form in enumerate(forms)
            for length in self._lengths.get(form, ())
            # A slice that reaches past the end would be another, shorter expression.
            if start + length <= len(forms) and tuple(forms[start : start + length]) in self._values
        ]
