"""What a file of a pack is made of."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.citing.records import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A quotation in a file. `url` is its link with the host, `changed` says what became of it.

    `changed` is empty as long as the report says the same.
    """

    record: Record
    note: str
    url: str
    changed: str = ""

    @property
    def report(self) -> str:
        """Return whose report it is, and of which year."""
        return self.record.by or self.record.title

    @property
    def way(self) -> str:
        """Return the headings that lead to the quotation, behind the report."""
        return "".join(f" › {heading}" for heading in self.record.headings)

    @property
    def place(self) -> str:
        """Return the place in the report, as it stands behind author and title."""
        return f", {self.record.place}" if self.record.place else ""
