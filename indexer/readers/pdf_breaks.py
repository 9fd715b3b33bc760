"""Where one paragraph ends and the next begins: indents, gaps, short last lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from indexer.readers.pdf_columns import Flow
from indexer.readers.pdf_lines import Line

_LABEL = re.compile(
    r"(?:[-–—+*•●▪◦]\s|\d{1,3}(?:\.\d{1,3})*[.)]?\s|[a-zđ][.)]\s|[IVXL]+[.\-–)]|"
    r"(?:Điều|Chương|Phần|Mục)\s)"
)
_SENTENCE_END = re.compile(r"[.;:!?…][\"”»’)\]]*$")
_INDENT = 0.7
_EXTRA_LEADING = 0.22
_SIZE_STEP = 0.08
_CENTRED = 1.2
_ROOM = 0.35
# A first line moves in by less of the width; what stands farther to the right is a signature.
_FAR_RIGHT = 0.3
# How many lines must end so close to the margin, in points, for justified text.
_JUSTIFIED = 0.6
_AT_MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class Placed:
    """A line in its flow; `alone`: it holds several columns and is no part of a paragraph."""

    line: Line
    flow: Flow
    alone: bool

    @property
    def indent(self) -> float:
        """Return how far from the left margin it begins."""
        return self.line.left - self.flow.left

    @property
    def room(self) -> float:
        """Return how far from the right margin it ends."""
        return self.flow.right - self.line.right

    @property
    def centered(self) -> bool:
        """Say whether it stands in the middle, away from both margins."""
        return self.even and self.indent > 2 * self.line.size

    @property
    def even(self) -> bool:
        """Say whether it is as far from one margin as from the other."""
        return abs(self.indent - self.room) <= _CENTRED * self.line.size


class Style:
    """How this file sets its paragraphs: the distance of lines, and whether first lines move in."""

    def __init__(self, flows: Sequence[Flow]) -> None:
        steps: dict[float, list[float]] = {}
        lines = indented = full = 0
        for flow in flows:
            held = flow.lines
            for above, below in zip(held, held[1:], strict=False):
                if above.size == below.size and 0 < below.base - above.base < 3 * above.size:
                    steps.setdefault(above.size, []).append(below.base - above.base)
            lines += len(held)
            full += sum(abs(flow.right - x.right) <= _AT_MARGIN for x in held)
            indented += sum(0.7 * x.size < x.left - flow.left < 6 * x.size for x in held)
        self._leading = {size: _low(found) for size, found in steps.items()}
        self._indents = indented > 0.04 * lines
        self._justified = full > _JUSTIFIED * lines

    def parts(self, begun: Sequence[Placed], below: Placed) -> bool:
        """Say whether a new paragraph begins with the line `below`."""
        above = begun[-1]
        if above.alone or below.alone or below.line.page > above.line.page + 1:
            return True
        if above.line.bold != below.line.bold or _other_size(above.line, below.line):
            return True
        if _goes_on_centred(above, below):
            return above.flow is below.flow and self._is_apart(above.line, below.line)
        if above.centered != below.centered:
            return True
        if above.flow is below.flow and self._is_apart(above.line, below.line):
            return True
        if _stands_aside(above, below):
            return True
        if self._had_room(above, below):
            return not _runs_on(above, below)
        if self._justified and _ends(above) and above.room > 2 * _AT_MARGIN:
            return not below.line.plain[:1].islower()
        return self._moves_in(begun, below)

    def _is_apart(self, above: Line, below: Line) -> bool:
        step = below.base - above.base
        leading = self._leading.get(below.size, step)
        return step > leading + _EXTRA_LEADING * below.size or step < 0

    def _had_room(self, above: Placed, below: Placed) -> bool:
        """Say whether the first word below would have stood in the line above."""
        return above.room > below.line.first + (2 * _ROOM) * above.line.size

    def _moves_in(self, begun: Sequence[Placed], below: Placed) -> bool:
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


def _goes_on_centred(above: Placed, below: Placed) -> bool:
    """Say whether a centred line goes on with a line that had no room for its first word."""
    full = above.indent + above.room < below.line.first + _ROOM * above.line.size
    return above.even and below.centered and full and not _ends(above)


def _stands_aside(above: Placed, below: Placed) -> bool:
    """Say whether the line above stands far to the right of the one below, as a signature does."""
    far = above.indent > _FAR_RIGHT * (above.flow.right - above.flow.left)
    return far and below.indent < above.indent - below.line.size


def _runs_on(above: Placed, below: Placed) -> bool:
    """Say whether a sentence goes on below although the line above is short: beside a box."""
    moved_in = below.indent - above.indent > _INDENT * below.line.size
    text = below.line.plain
    return not (moved_in or _ends(above) or _LABEL.match(text)) and text[:1].islower()


def _ends(placed: Placed) -> bool:
    return _SENTENCE_END.search(placed.line.plain.rstrip()) is not None


def _other_size(above: Line, below: Line) -> bool:
    return abs(above.size - below.size) > _SIZE_STEP * max(above.size, below.size)


def _low(steps: Sequence[float]) -> float:
    return quantiles(steps, n=4)[0] if len(steps) > 1 else steps[0]
