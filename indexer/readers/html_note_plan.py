"""What is found out about the notes of a web page before its text is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.readers.html_source import Element


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note: its key, its printed mark, the elements that hold its text one after the other."""

    key: str
    label: str
    body: Element
    endnote: bool = False
    following: tuple[Element, ...] = ()


@dataclass(slots=True)
class NotePlan:
    """Where notes are called and kept: element → key; `dropped` are marks in front of bodies.

    `missing` are printed marks of calls whose note is not in the file; `uncalled` are keys.
    """

    notes: list[FoundNote] = field(default_factory=list)
    calls: dict[Element, str] = field(default_factory=dict)
    bodies: dict[Element, str] = field(default_factory=dict)
    dropped: set[Element] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    uncalled: list[str] = field(default_factory=list)
