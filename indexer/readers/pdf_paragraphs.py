"""Paragraphs out of lines: what a printed page shows by indents, gaps and short last lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.readers.pdf_breaks import Placed, Style
from indexer.readers.pdf_columns import Flow, Item
from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_tables import TableRow
from indexer.text.keystrokes import is_bare_syllable

# What numbers a paragraph, set off by a tab from its text.
_LABEL_ALONE = re.compile(
    r"[-–—+*•●▪◦]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[A-ZĐ]|[IVXL]{1,6})[.)\-–:]{1,2}|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}|(?:Điều|Chương|Phần|Mục)\s[\dIVXL]{1,6}[.:]?"
)
_LABEL_GAP = 6.0
# A line broken behind these goes on without a space: `2020-` and `2025`, `12/QĐ-` and `UBND`.
_OPEN_END = re.compile(r"\w[-/]$|\u00ad$")
# A word of another language that was divided; Vietnamese ones never are.
_DIVIDED = re.compile(r"(?<![^\W\d_])([A-Za-z][a-z]{2,})-$")
_REST = re.compile(r"([a-z]{2,})(?![^\W\d_])")


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


def join_text(lines: Iterable[Line]) -> str:
    """Return the text of lines as one; Vietnamese words are never divided at a line's end.

    >>> def line(text): return Line(text, 0, 9, 0, 9, False, 1, 1, 0)
    >>> join_text(map(line, ["nhiệm kỳ 2020-", "2025 về", "kinh tế"]))
    'nhiệm kỳ 2020-2025 về kinh tế'
    >>> join_text(map(line, ["máy electro-", "cardiogram"]))
    'máy electrocardiogram'
    """
    text = ""
    for line in lines:
        more = line.text.strip(" ")
        gap = "" if not text or _OPEN_END.search(text) else " "
        text = text.removesuffix("-") if _is_divided(text, more) else text
        text += gap + more
    return text


def _is_divided(text: str, more: str) -> bool:
    """Say whether the hyphen at the end only divides a word that `more` goes on with."""
    word, rest = _DIVIDED.search(text), _REST.match(more)
    if word is None or rest is None:
        return False
    return not (is_bare_syllable(word[1]) and is_bare_syllable(rest[1]))


def paragraphs(flows: Sequence[Flow]) -> Iterator[Paragraph | TableRow]:
    """Yield the paragraphs and table rows of all pages in order."""
    style = Style(flows)
    begun: list[Placed] = []
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


def _finished(begun: Sequence[Placed]) -> Iterator[Paragraph]:
    if begun:
        centered = begun[-1].centered and all(item.even for item in begun)
        yield Paragraph(tuple(item.line for item in begun), centered)


def _side_by_side(flow: Flow) -> Iterator[Placed | TableRow]:
    """Yield the lines of a flow, those at one height joined by tabs, and its table rows."""
    rows = Counter(item.row for item in flow.items if isinstance(item, Line))
    row: list[Line] = []
    for item in flow.items:
        if row and (not isinstance(item, Line) or item.row != row[0].row):
            yield _in_row(row, flow)
            row = []
        if isinstance(item, Line) and rows[item.row] > 1:
            row.append(item)
        else:
            yield Placed(item, flow, alone=False) if isinstance(item, Line) else item
    if row:
        yield _in_row(row, flow)


def _in_row(row: Sequence[Line], flow: Flow) -> Placed:
    """Return the lines of one height as one; a label and its text are no columns."""
    label, text = row[0], row[1 % len(row)]
    near = text.left - label.right <= _LABEL_GAP * label.size
    if len(row) == 2 and near and _LABEL_ALONE.fullmatch(label.plain.strip()):
        return Placed(replace(_joined(row, " "), second=text.left), flow, alone=False)
    return Placed(_joined(row, "\t"), flow, len(row) > 1)


def _joined(row: Sequence[Line], gap: str) -> Line:
    return Line(
        text=gap.join(line.text for line in row),
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


def body_size(pages: Iterable[Sequence[Item]]) -> float:
    """Return the size in which most of a file is set; 0 without any line."""
    letters: Counter[float] = Counter()
    for items in pages:
        for item in items:
            if isinstance(item, Line):
                letters[item.size] += len(item.text)
    return letters.most_common(1)[0][0] if letters else 0.0
