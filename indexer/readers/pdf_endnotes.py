"""Notes after the end of the text: the last lines of a file, each behind a raised label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, islice

from indexer.models import NoteKind
from indexer.readers.marked_text import PLACEHOLDER
from indexer.readers.pdf_columns import Flow
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_notes import Note, unlabelled

_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")


def take_endnotes(read: Sequence[Flow]) -> tuple[list[Flow], list[Note]]:
    """Return the flows without the notes that end the file, and those notes.

    Their labels count on from i, 1 or a, and the text before them calls the first one.
    """
    places = [(at, i) for at, flow in enumerate(read) for i in range(len(flow.items))]
    lines = [read[at].items[i] for at, i in places]
    start = _start(lines)
    if start is None:
        return list(read), []
    notes: list[Note] = []
    for line in lines[start:]:
        assert isinstance(line, Line)
        if line.text.startswith(PLACEHOLDER):
            notes.append(Note(line.marks[0], line.page, [unlabelled(line)], NoteKind.ENDNOTE))
        else:
            notes[-1].lines.append(line)
    flow, item = places[start]
    kept = [*read[:flow], replace(read[flow], items=read[flow].items[:item])]
    return [flow for flow in kept if flow.items], notes


def _start(items: Sequence[object]) -> int | None:
    """Return the place of the line from which on there are only endnotes."""
    labelled: list[int] = []
    for at in range(len(items) - 1, -1, -1):
        line = items[at]
        if not isinstance(line, Line):
            break
        if line.text.startswith(PLACEHOLDER):
            labelled.append(at)
    labels = [(at, items[at]) for at in reversed(labelled)]
    for skipped, (at, _) in enumerate(labels):
        found = [line.marks[0] for _, line in labels[skipped:] if isinstance(line, Line)]
        if any(found == sequence for sequence in _sequences(len(found))):
            called = (line for line in items[:at] if isinstance(line, Line))
            return at if any(found[0] in line.marks for line in called) else None
    return None


def _sequences(length: int) -> Iterator[list[str]]:
    yield [str(number) for number in islice(count(1), length)]
    yield [_roman(number) for number in islice(count(1), length)]
    yield [chr(ord("a") + at) for at in range(length)]


def _roman(number: int) -> str:
    """Return a number as small Roman numerals.

    >>> _roman(14), _roman(49)
    ('xiv', 'xlix')
    """
    return "c" * (number // 100) + _TENS[number // 10 % 10] + _ONES[number % 10]
