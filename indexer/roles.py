"""The roles of blocks in the outline, and what the rules ask about the blocks before one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.labels import DIVISIONS, Label, LabelKind
from indexer.models import RawBlock, Span


class Role(StrEnum):
    """What a block is in the outline."""

    FRONT = "front"
    TITLE = "title"
    CLOSING = "closing"
    ORNAMENT = "ornament"
    HEADING = "heading"
    JOINED = "joined"
    LEAD = "lead"
    BODY = "body"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Entry:
    """The role of one block.

    `heading` is the span of the heading inside the block (the whole block, or its lead);
    `number` the span of its label; `key` says which headings are its siblings; `sure` is false
    for a line that only looks like a heading.
    """

    role: Role
    key: tuple[str, int] | None = None
    heading: Span | None = None
    number: Span | None = None
    label: Label | None = None
    sure: bool = True


class Past:
    """What the rules ask about the entries before a block, each kept up to date in one step."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.opening: Entry | None = None
        self.heading_words = 0
        self._siblings: dict[tuple[tuple[str, int], tuple[int, ...]], Entry] = {}
        self._parent: Label | None = None
        self._parent_of_first: Label | None = None

    def add(self, entry: Entry, block: RawBlock) -> None:
        """Take note of the next entry."""
        words = len(block.text.split())
        joined = entry.role is Role.JOINED
        self.heading_words = self.heading_words + words if joined else words
        self.opening = self.opening if joined else entry
        self.entries.append(entry)
        label = entry.label
        if label is None or entry.key is None:
            return
        if label.kind in DIVISIONS:
            self._siblings.clear()
        self._siblings[entry.key, label.value[:-1]] = entry
        if entry.role in (Role.HEADING, Role.LEAD):
            if label.kind is LabelKind.DECIMAL or label.kind in DIVISIONS:
                self._parent = self._parent_of_first = label
            elif label.kind is LabelKind.ROMAN:
                self._parent_of_first = label

    def after_heading(self) -> bool:
        """Say whether the last block was a heading or went on with one."""
        return bool(self.entries) and self.entries[-1].role in (Role.HEADING, Role.JOINED)

    def sibling(self, label: Label, key: tuple[str, int]) -> Entry | None:
        """Return the entry whose number this one follows, unless a higher heading lies between."""
        entry = self._siblings.get((key, label.value[:-1]))
        if entry is None or entry.label is None or label.value[-1:] <= (1,):
            return None
        return entry if entry.label.value[-1:] <= label.value[-1:] else None

    def has_parent(self, label: Label) -> bool:
        """Say whether `3.1.` stands under a heading `3.` (or after `3.0`'s other children)."""
        parent = label.value[:-1]
        above = self._parent_of_first if len(parent) == 1 else self._parent
        if above is None or above.kind in DIVISIONS:
            return False
        return above.value[: len(parent)] == parent
