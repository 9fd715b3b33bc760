"""Which note each raised sign calls: by page and label, because numbers may restart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from indexer.readers.marked_text import PLACEHOLDER
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_notes import Note
from indexer.readers.raised import superscript

_UNIT = re.compile(r"(?:^|[\s\d/(.,])(?:[kcdm]?m|h[am]|10)$", re.I)


class Binder:
    """Knows the notes of a file; gives every raised sign the key of its note."""

    def __init__(self, notes: Sequence[Note]) -> None:
        labels = Counter(note.label for note in notes)
        self.keys = [_key(note, labels[note.label] == 1, at) for at, note in enumerate(notes)]
        self._by_page: dict[tuple[int, str], str] = {}
        self._by_label: dict[str, list[tuple[int, str]]] = {}
        for note, key in zip(notes, self.keys, strict=True):
            self._by_page.setdefault((note.page, note.label), key)
            self._by_label.setdefault(note.label, []).append((note.page, key))
        self._any = bool(notes)

    def bind(self, lines: Iterable[Line]) -> dict[int, Line]:
        """Return for the id of each line the line with keys in place of labels.

        A raised sign that can be no call (`m²`, a sign in a file without notes) becomes text.
        """
        found = [line for line in lines if line.marks]
        held = [self._parted(line) for line in found]
        called = Counter(
            (line.page, label)
            for line in held
            for at, label in enumerate(line.marks)
            if not _is_unit(line, at)
        )
        return {
            id(line): self._bound(parted, called) for line, parted in zip(found, held, strict=True)
        }

    def _parted(self, line: Line) -> Line:
        """Return the line with "12" as 1 and 2 where its page has these notes and no note 12."""
        labels = [self._parts(line.page, label) for label in line.marks]
        if all(len(parts) == 1 for parts in labels):
            return line
        pieces = line.text.split(PLACEHOLDER)
        calls = (PLACEHOLDER * len(parts) for parts in labels)
        text = pieces[0] + "".join(map("".join, zip(calls, pieces[1:], strict=True)))
        return replace(line, text=text, marks=tuple(part for parts in labels for part in parts))

    def _parts(self, page: int, label: str) -> tuple[str, ...]:
        if label.isdecimal() and (page, label) not in self._by_page:
            for at in range(1, len(label)):
                one, other = label[:at], label[at:]
                follows = int(other) == int(one) + 1
                if follows and {(page, one), (page, other)} <= self._by_page.keys():
                    return one, other
        return (label,)

    def _bound(self, line: Line, called: Mapping[tuple[int, str], int]) -> Line:
        pieces = line.text.split(PLACEHOLDER)
        text, keys = pieces[0], []
        for at, label in enumerate(line.marks):
            key = self._key(line, at, called)
            if key is None:
                text += superscript(label)
            else:
                text += PLACEHOLDER
                keys.append(key)
            text += pieces[at + 1]
        return replace(line, text=text, marks=tuple(keys))

    def _key(self, line: Line, at: int, called: Mapping[tuple[int, str], int]) -> str | None:
        label = line.marks[at]
        if label == "?":
            return ""
        here = self._by_page.get((line.page, label))
        if _is_unit(line, at) and (here is None or called.get((line.page, label))):
            return None
        if here is not None:
            return here
        # A long note may be pushed to the next page; an endnote stands on any later one.
        later = [key for page, key in self._by_label.get(label, ()) if page > line.page]
        if later:
            next_page = self._by_page.get((line.page + 1, label))
            taken = called.get((line.page + 1, label))
            if next_page is not None and not taken:
                return next_page
            if len(self._by_label[label]) == 1:
                return later[0]
        return label if self._any and (label.isdecimal() or "*" in label) else None


def _key(note: Note, only: bool, at: int) -> str:  # noqa: FBT001
    if note.label in ("", "?"):
        return f"trang {note.page}, chú thích không số {at + 1}"
    return note.label if only else f"{note.label} (trang {note.page})"


def _is_unit(line: Line, at: int) -> bool:
    """Say whether a raised sign is the power of what stands before it: m², 10⁶."""
    if line.marks[at] not in ("2", "3") and not line.marks[at].isdecimal():
        return False
    before = PLACEHOLDER.join(line.text.split(PLACEHOLDER)[: at + 1])
    match = _UNIT.search(before)
    if match is None:
        return False
    return line.marks[at] in ("2", "3") or match[0].endswith("10")
