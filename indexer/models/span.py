"""The one way to point at text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of one text.

    >>> Span(3, 5).of("tỷ lệ hộ")
    'lệ'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the piece of `text` that this span covers."""
        return text[self.start : self.end]

    def shift(self, offset: int) -> Span:
        """Return the same span `offset` code points further on."""
        return Span(self.start + offset, self.end + offset)

    def holds(self, other: Span) -> bool:
        """Say whether `other` lies inside this span (both ends included)."""
        return self.start <= other.start and other.end <= self.end
