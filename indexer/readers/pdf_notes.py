"""Notes at the foot of pages: which lines they are, where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexer.models import NoteKind
from indexer.readers.marked_text import PLACEHOLDER
from indexer.readers.pdf_columns import Flow
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_words import Rule, touch

_SMALL = 0.93
_MAX_RULE = 0.5
_MIN_RULE = 0.12
_NUMBERED = re.compile(rf"[(\[]?(\d{{1,3}}|[*†‡]{{1,4}})[)\].]?{PLACEHOLDER}?(?=\s|[^\W\d_])")
_ENDED = (".", "!", "?", "…", ";", "”", '"', ")")


@dataclass(slots=True)
class Note:
    """A note while it is collected; `label` is what is printed in front of it."""

    label: str
    page: int
    lines: list[Line] = field(default_factory=list)
    kind: NoteKind = NoteKind.FOOTNOTE


@dataclass(frozen=True, slots=True)
class Footing:
    """A flow without its notes, and the lines of the notes under it."""

    flow: Flow
    notes: tuple[Line, ...] = ()


class NoteTaker:
    """Takes the notes out of the flows of one page after the other.

    `body` is the size of the letters of running text.
    """

    def __init__(self, body: float) -> None:
        self._body = body
        self.notes: list[Note] = []

    def take(self, flow: Flow, rules: Sequence[Rule], called: frozenset[str]) -> Flow:
        """Return the flow without its notes; `called` are the marks in the text of the page."""
        footing = self._footing(flow, rules, called)
        for line in footing.notes:
            self._add(line, called)
        return footing.flow

    def _footing(self, flow: Flow, rules: Sequence[Rule], called: frozenset[str]) -> Footing:
        under = _under_rule(flow, rules)
        if under is None:
            under = self._under_long_rule(flow, rules)
        start = self._small_from(flow) if under is None else under
        places = range(start, len(flow.items))
        at = next((i for i in places if self._opens(flow, i, called, under)), None)
        if at is None:
            return Footing(flow)
        lines = tuple(item for item in flow.items[at:] if isinstance(item, Line))
        return Footing(replace(flow, items=flow.items[:at]), lines)

    def _under_long_rule(self, flow: Flow, rules: Sequence[Rule]) -> int | None:
        """Return the first item under the long line over a note that goes on on this page."""
        at = _under_rule(flow, rules, longest=1.1)
        line = None if at is None else flow.items[at]
        return at if isinstance(line, Line) and self._is_open(line, ruled=False) else None

    def _small_from(self, flow: Flow) -> int:
        """Return from which item on everything is smaller than running text."""
        at = len(flow.items)
        while at and self._is_small(flow.items[at - 1]):
            at -= 1
        return at

    def _is_small(self, item: object) -> bool:
        return isinstance(item, Line) and item.size < _SMALL * self._body

    def _opens(self, flow: Flow, at: int, called: frozenset[str], under: int | None) -> bool:
        """Say whether notes may begin here: with a label, or going on from the page before.

        `under` is the first item under the line that parts notes from the text.
        """
        line = flow.items[at]
        if not isinstance(line, Line):
            return False
        label = self._label(line, called)
        if label is not None:
            # The line under a letterhead has numbered paragraphs below it, too.
            is_called = line.text.startswith(PLACEHOLDER) or bool({label, "?"} & called)
            return is_called or self._shrinks(flow, at)
        first_small = at == 0 or not self._is_small(flow.items[at - 1])
        return first_small and self._is_open(line, ruled=at == under and self._shrinks(flow, at))

    def _shrinks(self, flow: Flow, at: int) -> bool:
        """Say whether a line is smaller than running text, or than that right above it."""
        line, above = flow.items[at], flow.items[at - 1] if at else None
        if not (isinstance(line, Line) and isinstance(above, Line)):
            return self._is_small(line)
        return line.size < _SMALL * max(above.size, self._body)

    def _is_open(self, line: Line, *, ruled: bool) -> bool:
        """Say whether the last note of the page before may go on with a line."""
        last = self.notes[-1].lines[-1] if self.notes else None
        if last is None or line.page != last.page + 1:
            return False
        unended = not last.plain.rstrip().endswith(_ENDED)
        # A page may end where a sentence of the note ends.
        return (unended or ruled) and abs(last.size - line.size) < 0.1 * last.size

    def _add(self, line: Line, called: frozenset[str]) -> None:
        label = self._label(line, called)
        if label is not None:
            self.notes.append(Note(label, line.page, [unlabelled(line)]))
        elif self.notes:
            self.notes[-1].lines.append(line)
        else:
            self.notes.append(Note("", line.page, [line]))

    def _label(self, line: Line, called: frozenset[str]) -> str | None:
        """Return the label of the note that begins with this line."""
        if line.text.startswith(PLACEHOLDER):
            return line.marks[0]
        match = _NUMBERED.match(line.text)
        if match is None:
            return None
        label = match[1]
        if not label.isdecimal():
            return label
        return label if int(label) in self._expected(line, called) else None

    def _expected(self, line: Line, called: frozenset[str]) -> Iterator[int]:
        last = self.notes[-1] if self.notes else None
        if last is None or last.page != line.page:
            yield 1
            yield from (int(label) for label in called if label.isdecimal())
        if last is None:
            return
        if last.label.isdecimal():
            yield int(last.label) + 1


def unlabelled(line: Line) -> Line:
    """Return the first line of a note without its label."""
    if line.text.startswith(PLACEHOLDER):
        text = line.text[1:].lstrip(" .)")
        return replace(line, text=text, marks=line.marks[1:], left=line.second)
    match = _NUMBERED.match(line.text)
    assert match is not None
    return replace(line, text=line.text[match.end() :].lstrip())


def _under_rule(flow: Flow, rules: Sequence[Rule], longest: float = _MAX_RULE) -> int | None:
    """Return the first item under the line that parts notes from the text.

    It begins at the margin and is no longer than `longest` times the width of the text.
    """
    width = flow.right - flow.left
    upright = [rule for rule in rules if not rule.is_level]
    for rule in sorted(rules, key=lambda rule: -rule.top):
        long = rule.right - rule.left
        starts = abs(rule.left - flow.left) <= 0.1 * width
        if not (rule.is_level and starts and _MIN_RULE * width <= long <= longest * width):
            continue
        if any(touch(rule, other) for other in upright):
            continue
        below = [at for at, item in enumerate(flow.items) if item.row > rule.top]
        if below and all(isinstance(flow.items[at], Line) for at in below):
            return below[0]
    return None
