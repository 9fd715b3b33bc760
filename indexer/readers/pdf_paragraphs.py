"""Paragraphs out of lines: what a printed page shows by indents, gaps and short last lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

from indexer.readers.pdf_columns import Flow, Item
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_tables import TableRow

_LABEL = re.compile(
    r"(?:[-–—+*•●▪◦]\s|\d{1,3}(?:\.\d{1,3})*[.)]?\s|[a-zđ][.)]\s|[IVXL]+[.\-–)]|"
    r"(?:Điều|Chương|Phần|Mục)\s)"
)
_SENTENCE_END = re.compile(r"[.;:!?…][\"”»’)\]]*$")
# A line broken behind these goes on without a space: `2020-` and `2025`, `12/QĐ-` and `UBND`.
_OPEN_END = re.compile(r"\w[-/]$")
_INDENT = 0.7
_EXTRA_LEADING = 0.22
_SIZE_STEP = 0.08
_CENTRED = 1.2
_ROOM = 0.35


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make up one paragraph."""

    lines: tuple[Line, ...]
    centered: bool = False

    @property
    def page(self) -> int:
        """Return the page on which it begins."""
        return self.lines[0].page

    @property
    def bold(self) -> bool:
        """Say whether all of it is bold."""
        return all(line.bold for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Placed:
    line: Line
    flow: Flow
    alone: bool

    @property
    def indent(self) -> float:
        return self.line.left - self.flow.left

    @property
    def room(self) -> float:
        return self.flow.right - self.line.right

    @property
    def centered(self) -> bool:
        return self.even and self.indent > 2 * self.line.size

    @property
    def even(self) -> bool:
        return abs(self.indent - self.room) <= _CENTRED * self.line.size


def join_text(lines: Iterable[Line]) -> str:
    """Return the text of lines as one; Vietnamese words are never parted at a line's end.

    >>> def line(text): return Line(text, 0, 9, 0, 9, False, 1, 1, 0)
    >>> join_text(map(line, ["nhiệm kỳ 2020-", "2025 về", "kinh tế"]))
    'nhiệm kỳ 2020-2025 về kinh tế'
    """
    text = ""
    for line in lines:
        gap = "" if not text or _OPEN_END.search(text) else " "
        text += gap + line.text.strip(" ")
    return text


def paragraphs(flows: Sequence[Flow]) -> Iterator[Paragraph | TableRow]:
    """Yield the paragraphs and table rows of all pages in order."""
    style = _Style(flows)
    begun: list[_Placed] = []
    for flow in flows:
        for item in _side_by_side(flow):
            if isinstance(item, TableRow):
                yield from _finished(begun)
                begun = []
                yield item
                continue
            if begun and style.parts(begun, item):
                yield from _finished(begun)
                begun = []
            begun.append(item)
    yield from _finished(begun)


def _finished(begun: Sequence[_Placed]) -> Iterator[Paragraph]:
    if begun:
        centered = begun[-1].centered and all(item.even for item in begun)
        yield Paragraph(tuple(item.line for item in begun), centered)


def _side_by_side(flow: Flow) -> Iterator[_Placed | TableRow]:
    """Yield the lines of a flow, those at one height joined by tabs, and its table rows."""
    rows = Counter(item.row for item in flow.items if isinstance(item, Line))
    row: list[Line] = []
    for item in flow.items:
        if row and (not isinstance(item, Line) or item.row != row[0].row):
            yield _Placed(_joined(row), flow, len(row) > 1)
            row = []
        if isinstance(item, Line) and rows[item.row] > 1:
            row.append(item)
        else:
            yield _Placed(item, flow, alone=False) if isinstance(item, Line) else item
    if row:
        yield _Placed(_joined(row), flow, len(row) > 1)


def _joined(row: Sequence[Line]) -> Line:
    return Line(
        text="\t".join(line.text for line in row),
        left=row[0].left,
        right=row[-1].right,
        base=row[0].base,
        size=row[0].size,
        bold=all(line.bold for line in row),
        first=row[0].first,
        second=row[0].second,
        row=row[0].row,
        marks=tuple(mark for line in row for mark in line.marks),
        page=row[0].page,
    )


class _Style:
    """How this file sets its paragraphs: the distance of lines, and whether first lines move in."""

    def __init__(self, flows: Sequence[Flow]) -> None:
        steps: dict[float, list[float]] = {}
        lines = indented = 0
        for flow in flows:
            held = flow.lines
            for above, below in zip(held, held[1:], strict=False):
                if above.size == below.size and 0 < below.base - above.base < 3 * above.size:
                    steps.setdefault(above.size, []).append(below.base - above.base)
            lines += len(held)
            indented += sum(0.7 * x.size < x.left - flow.left < 6 * x.size for x in held)
        self._leading = {size: _low(found) for size, found in steps.items()}
        self._indents = indented > 0.04 * lines

    def parts(self, begun: Sequence[_Placed], below: _Placed) -> bool:
        """Say whether a new paragraph begins with the line `below`."""
        above = begun[-1]
        if above.alone or below.alone:
            return True
        if above.line.bold != below.line.bold or _other_size(above.line, below.line):
            return True
        if _goes_on_centred(above, below):
            return above.flow is below.flow and self._is_apart(above.line, below.line)
        if above.centered != below.centered:
            return True
        if above.flow is below.flow and self._is_apart(above.line, below.line):
            return True
        if self._had_room(above, below):
            return True
        return self._moves_in(begun, below)

    def _is_apart(self, above: Line, below: Line) -> bool:
        step = below.base - above.base
        leading = self._leading.get(below.size, step)
        return step > leading + _EXTRA_LEADING * below.size or step < 0

    def _had_room(self, above: _Placed, below: _Placed) -> bool:
        """Say whether the first word below would have stood in the line above."""
        return above.room > below.line.first + (2 * _ROOM) * above.line.size

    def _moves_in(self, begun: Sequence[_Placed], below: _Placed) -> bool:
        above, size = begun[-1], below.line.size
        labelled = _LABEL.match(below.line.plain) is not None
        ended = _ends(above)
        if len(begun) > 1:
            if below.indent - above.indent > _INDENT * size:
                return True
            moved = False
        else:
            # The second line: it may hang under the text behind the label of the first.
            hangs = abs(below.line.left - above.line.second) <= 0.5 * size
            moved = below.indent - above.indent > _INDENT * size and not (
                _LABEL.match(above.line.plain) and (hangs or not ended) and not labelled
            )
        if moved:
            return True
        same = abs(below.indent - begun[0].indent) <= 0.5 * size
        if labelled and ended:
            return True
        if len(begun) == 1 and same and below.indent > _INDENT * size and self._indents:
            # Two lines moved in alike are two first lines, unless a whole block is moved in.
            return ended
        if above.flow is not below.flow and ended:
            return not self._indents and below.line.plain[:1].isupper()
        return False


def _goes_on_centred(above: _Placed, below: _Placed) -> bool:
    """Say whether a centred line goes on with a line that had no room for its first word."""
    full = above.indent + above.room < below.line.first + _ROOM * above.line.size
    return above.even and below.centered and full and not _ends(above)


def _ends(placed: _Placed) -> bool:
    return _SENTENCE_END.search(placed.line.plain.rstrip()) is not None


def _other_size(above: Line, below: Line) -> bool:
    return abs(above.size - below.size) > _SIZE_STEP * max(above.size, below.size)


def _low(steps: Sequence[float]) -> float:
    return quantiles(steps, n=4)[0] if len(steps) > 1 else steps[0]


def body_size(pages: Iterable[Sequence[Item]]) -> float:
    """Return the size in which most of a file is set; 0 without any line."""
    letters: Counter[float] = Counter()
    for items in pages:
        for item in items:
            if isinstance(item, Line):
                letters[item.size] += len(item.text)
    return letters.most_common(1)[0][0] if letters else 0.0
