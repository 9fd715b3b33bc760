"""A mention as it was read, before the report adds what it knows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.models import Span
from indexer.references.kinds import Kind


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention as it was read; what the report itself must add (its place) is still open.

    `key` is the number's part of the key, `scope` whose congress is meant.
    """

    span: Span
    kind: Kind
    key: str
    number: str = ""
    suffix: str = ""
    year: str = ""
    issuer: str = ""
    date: str = ""
    session: str = ""
    scope: str = ""
    subject: Span | None = None

    @property
    def is_ordinance(self) -> bool:
        """Say whether it is an ordinance told by its name."""
        return self.kind.key == "pl" and not self.suffix

    @property
    def own_end(self) -> int:
        """Return where the mention ends, without a subject that is part of it."""
        return min(self.span.end, self.subject.start) if self.subject else self.span.end

    @property
    def is_bare(self) -> bool:
        """Say whether the mention tells nothing but a number of the Party."""
        told = self.date or self.session or self.issuer or self.subject
        return bool(self.number) and not told

    def like(self, other: Draft) -> Draft:
        """Return this mention with what `other` tells of date, issuer, term and subject."""
        return replace(
            self,
            date=other.date,
            issuer=other.issuer,
            session=other.session,
            subject=other.subject,
        )
