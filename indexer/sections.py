"""From roles to sections: which heading every block stands under."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.labels import DIVISIONS, LabelKind
from indexer.models import Section, Span
from indexer.roles import Entry, Role

_WHOLE = frozenset({LabelKind.PART, LabelKind.APPENDIX})


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a report in order, and for each block the id of its innermost section."""

    sections: tuple[Section, ...]
    of_block: tuple[str | None, ...]


@dataclass(slots=True)
class _Open:
    section: Section
    key: tuple[str, int]
    parts: tuple[int, ...]


def build_sections(
    entries: Sequence[Entry], spans: Sequence[Span], text: str, document_id: str
) -> Outline:
    """Return the sections; a section reaches from its heading to the next that is not below it."""
    builder = _Builder(text, document_id)
    for entry, span in zip(entries, spans, strict=True):
        builder.take(entry, span)
    builder.close_all()
    return Outline(tuple(builder.sections), tuple(builder.of_block))


class _Builder:
    def __init__(self, text: str, document_id: str) -> None:
        self.text = text
        self.document_id = document_id
        self.sections: list[Section] = []
        self.of_block: list[str | None] = []
        self._open: list[_Open] = []
        self._index: dict[str, int] = {}
        self._last_end = 0

    def take(self, entry: Entry, span: Span) -> None:
        if entry.role is Role.ORNAMENT:
            self.of_block.append(self._current())
            return
        if entry.role in (Role.FRONT, Role.TITLE, Role.CLOSING):
            self._close(0)
            self.of_block.append(None)
        elif entry.role in (Role.HEADING, Role.LEAD):
            self._start(entry, span)
        elif entry.role is Role.JOINED:
            self._lengthen_heading(span)
        else:
            if entry.key is not None:
                self._close(self._depth_for(entry))
            self.of_block.append(self._current())
        self._last_end = span.end

    def close_all(self) -> None:
        self._close(0)

    def _current(self) -> str | None:
        return self._open[-1].section.id if self._open else None

    def _start(self, entry: Entry, span: Span) -> None:
        self._close(self._depth_for(entry))
        assert entry.heading is not None and entry.key is not None
        heading = entry.heading.shift(span.start)
        number = entry.number.shift(span.start).of(self.text) if entry.number else ""
        section = Section(
            id=f"{self.document_id}:s{len(self.sections) + 1:04d}",
            number=number.strip(),
            title=self._title(heading, number),
            level=len(self._open) + 1,
            heading=heading,
            span=span,
            parent_id=self._current(),
        )
        self._index[section.id] = len(self.sections)
        self.sections.append(section)
        self._open.append(_Open(section, entry.key, entry.label.value if entry.label else ()))
        self.of_block.append(section.id)

    def _title(self, heading: Span, number: str) -> str:
        title = " ".join(heading.of(self.text).split())
        return title.removeprefix(" ".join(number.split())).strip(" \t:-–—")

    def _lengthen_heading(self, span: Span) -> None:
        opened = self._open[-1]
        heading = Span(opened.section.heading.start, span.end)
        number = opened.section.number
        longer = replace(opened.section, heading=heading, title=self._title(heading, number))
        self._replace(longer)
        opened.section = longer
        self.of_block.append(longer.id)

    def _replace(self, section: Section) -> None:
        self.sections[self._index[section.id]] = section

    def _close(self, depth: int) -> None:
        """Close the open sections below `depth`; they end where the last block ended."""
        while len(self._open) > depth:
            section = self._open.pop().section
            self._replace(replace(section, span=Span(section.span.start, self._last_end)))

    def _depth_for(self, entry: Entry) -> int:
        """Return how many of the open sections stay open above an entry."""
        assert entry.key is not None
        kind, rank = entry.key
        if entry.label is not None and entry.label.kind in _WHOLE:
            return 0
        if kind == "item":
            return self._while(lambda key: key[0] != "item" or key[1] < rank)
        if kind == "style":
            return self._while(lambda key: key[0] == "style" and key[1] < rank)
        if kind == "capitals":
            return 0
        sibling = self._sibling_depth(entry)
        if sibling is not None:
            return sibling
        if kind == "decimal" and rank > 1:
            return self._below_decimal(entry)
        if entry.label is not None and entry.label.kind in DIVISIONS:
            return self._while(lambda key: key[0] in {k.value for k in DIVISIONS})
        return self._while(lambda key: key[0] != "item")

    def _sibling_depth(self, entry: Entry) -> int | None:
        """Return where the heading stands that this one follows; None when it opens a new row.

        A row that begins again at 1 below another kind of heading is a new row inside it.
        """
        value = entry.label.value[-1:] if entry.label else ()
        depths = [at for at, opened in enumerate(self._open) if opened.key == entry.key]
        if not depths:
            return None
        numbered = [at for at, opened in enumerate(self._open) if opened.key[0] != "item"]
        if value == (1,) and depths[-1] != numbered[-1]:
            return None
        before = [at for at in depths if self._open[at].parts[-1:] < value]
        return before[-1] if before else depths[-1]

    def _below_decimal(self, entry: Entry) -> int:
        assert entry.label is not None
        parent = entry.label.value[:-1]
        for depth in range(len(self._open), 0, -1):
            if self._open[depth - 1].parts == parent:
                return depth
        return self._while(lambda key: key[0] != "item")

    def _while(self, stays: Callable[[tuple[str, int]], bool]) -> int:
        depth = 0
        while depth < len(self._open) and stays(self._open[depth].key):
            depth += 1
        return depth


def section_path(sections: Sequence[Section], section_id: str | None) -> tuple[Section, ...]:
    """Return the sections from the outermost to the one of this id; empty for None."""
    path: list[Section] = []
    while section_id is not None:
        path.append(_find(sections, section_id))
        section_id = path[-1].parent_id
    return tuple(reversed(path))


def _find(sections: Sequence[Section], section_id: str) -> Section:
    # Sections are numbered in their order; the look through all is for documents that differ.
    number = section_id.rpartition(":s")[2]
    at = int(number) - 1 if number.isdecimal() else -1
    if 0 <= at < len(sections) and sections[at].id == section_id:
        return sections[at]
    return by_id(sections)[section_id]


def by_id(sections: Sequence[Section]) -> Mapping[str, Section]:
    """Return the sections by their ids, to look up many paths."""
    return {section.id: section for section in sections}


def path_in(sections: Mapping[str, Section], section_id: str | None) -> tuple[Section, ...]:
    """Return the path of one section among sections by their ids."""
    path: list[Section] = []
    while section_id is not None:
        path.append(sections[section_id])
        section_id = sections[section_id].parent_id
    return tuple(reversed(path))


def heading_line(section: Section) -> str:
    """Return a section's number and title as one line.

    >>> heading_line(Section("a:s0001", "I-", "KẾT QUẢ", 1, Span(0, 10), Span(0, 50)))
    'I- KẾT QUẢ'
    """
    return f"{section.number} {section.title}".strip()
