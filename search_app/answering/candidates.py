"""A piece of a report that may answer a question, and how well it does."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.models import Fact, Span
from search_app.answering.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may answer.

    `quote` is cited, `value` is the answer inside it; both lie in the document's text. `covered`
    is the share of the question that stands around the value, `score` that share times how well
    the value fits what was asked.
    """

    evidence: Evidence
    quote: Span
    value: Span
    covered: float
    score: float
    fact: Fact | None = None

    @property
    def text(self) -> str:
        """Return the answer as the report prints it."""
        return " ".join(self.value.of(self.evidence.document.text).split())

    @property
    def place(self) -> str:
        """Return the place of which the statement speaks."""
        return self.fact.place if self.fact else self.evidence.document.metadata.place
