"""From words to lines: pieces of one height side by side, note marks as placeholders.

A line ends at a gap too wide for a space, so what stands beside it (a column, a cell, the right
half of a letterhead) is a line of its own with the same `row`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.readers.marked_text import PLACEHOLDER
from indexer.readers.pdf_words import DOUBTFUL_GAP, WORD_GAP, Word
from indexer.readers.raised import superscript
from indexer.text.keystrokes import is_bare_syllable, is_syllable

_SAME_BASE = 0.2
_RAISED_SIZE = 0.8
_RAISED = (0.12, 0.75)
_LINE_GAP = 1.6
_MARK = re.compile(r"[(\[]?(\d{1,3}|[*†‡]{1,4}|[a-zđ]|[ivxl]{1,6}|\?)[)\]]?")
_UNIT = re.compile(rf"(?:^|[\s\d/(.,])[kcdm]?m{PLACEHOLDER}$")
_SEVERAL = re.compile(r"[,;\s]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one height. `text` has a placeholder for every raised sign in `marks`.

    `first` is the width of the first word, `second` where the second one begins; `row` is the
    height of all lines that stand side by side.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    first: float
    second: float
    row: float
    marks: tuple[str, ...] = ()
    page: int = 0

    @property
    def plain(self) -> str:
        """Return the text without placeholders."""
        return self.text.replace(PLACEHOLDER, "")


def build_lines(words: Sequence[Word], page: int = 0) -> list[Line]:
    """Return the lines of a page or cell from top to bottom, side by side from the left.

    >>> words = [Word("Tăng", 10, 34, 50, 12), Word("5%", 38, 50, 50, 12),
    ...     Word("1", 50, 53, 45, 7), Word(".", 53, 56, 50, 12)]
    >>> line = build_lines(words)[0]
    >>> line.text.replace(PLACEHOLDER, "¤"), line.marks
    ('Tăng 5%¤.', ('1',))
    """
    lines: list[Line] = []
    for group in _with_raised(_same_height(words)):
        for piece in _pieces(sorted(group, key=lambda word: word.left)):
            lines.append(_line(piece, page))
    return sorted(_level(lines), key=lambda line: (line.row, line.left))


def _same_height(words: Iterable[Word]) -> list[list[Word]]:
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        # A few groups back: signs of different sizes alternate in a line with raised ones.
        for group in groups[-1:-4:-1]:
            if abs(group[0].base - word.base) <= _SAME_BASE * min(group[0].size, word.size):
                group.append(word)
                break
        else:
            groups.append([word])
    return groups


def _with_raised(groups: list[list[Word]]) -> list[list[Word]]:
    """Return the groups, words raised above those of a line put into it."""
    sizes = [_size(group) for group in groups]
    kept: list[list[Word]] = [list(group) for group in groups]
    for at, group in enumerate(groups):
        for word in group:
            host = _host(word, at, groups, sizes)
            if host is not None:
                kept[at].remove(word)
                kept[host].append(word)
    return [group for group in kept if group]


def _host(
    word: Word, at: int, groups: Sequence[Sequence[Word]], sizes: Sequence[float]
) -> int | None:
    """Return the group below in which a small word stands raised, right beside another word."""
    if len(word.text) > 6:
        return None
    for below in range(at + 1, min(at + 5, len(groups))):
        size = sizes[below]
        height = groups[below][0].base - word.base
        if not _RAISED[0] * size <= height <= _RAISED[1] * size or word.size > _RAISED_SIZE * size:
            continue
        if any(_touches(word, other) for other in groups[below] if other.size > word.size):
            return below
    return None


def _touches(word: Word, other: Word) -> bool:
    near = 0.5 * other.size
    return other.left - near <= word.right and word.left <= other.right + near


def _size(group: Sequence[Word]) -> float:
    widths: Counter[float] = Counter()
    for word in group:
        widths[word.size] += len(word.text)
    return widths.most_common(1)[0][0]


def _pieces(words: Sequence[Word]) -> list[list[Word]]:
    pieces: list[list[Word]] = []
    right = 0.0
    for word in words:
        if pieces and word.left - right <= _LINE_GAP * max(pieces[-1][-1].size, word.size):
            pieces[-1].append(word)
            right = max(right, word.right)
        else:
            pieces.append([word])
            right = word.right
    return pieces


def _line(words: Sequence[Word], page: int) -> Line:
    size = _size(words)
    full = [word for word in words if word.size > _RAISED_SIZE * size] or list(words)
    base = Counter(word.base for word in full).most_common(1)[0][0]
    text, marks = _written(words, base, size)
    letters = [word for word in words if not _is_raised(word, base, size)]
    count = sum(len(word.text) for word in letters)
    bold = sum(len(word.text) for word in letters if word.bold)
    return Line(
        text=text,
        left=words[0].left,
        right=max(word.right for word in words),
        base=base,
        size=size,
        bold=count > 0 and bold > 0.9 * count,
        first=_first_width(words),
        second=_second_start(words),
        row=base,
        marks=tuple(marks),
        page=page,
    )


def _written(words: Sequence[Word], base: float, size: float) -> tuple[str, list[str]]:
    """Return the text of words side by side, and the raised signs that may call notes."""
    text = ""
    marks: list[str] = []
    before: Word | None = None
    for word in words:
        apart = before is not None and _are_apart(before, word)
        raised = _is_raised(word, base, size)
        signs = [_MARK.fullmatch(sign) for sign in _SEVERAL.split(word.text)] if raised else []
        found = [sign[1] for sign in signs if sign is not None]
        if before is not None and not apart and _is_rest(before, word, text, found):
            marks[-1] += word.text
        elif raised and len(found) == len(signs):
            text += " " * apart + PLACEHOLDER * len(found)
            marks += found
        else:
            text += " " * apart + (superscript(word.text) if raised else word.text)
        before = word
    return text, marks


def _is_rest(before: Word, word: Word, text: str, found: Sequence[str]) -> bool:
    """Say whether a raised number goes on with the one before it: 1 and 2 of 12."""
    digits = before.text.isdigit() and word.text.isdigit()
    power = _UNIT.search(text) is not None and before.text in ("2", "3")
    return bool(found) and digits and text.endswith(PLACEHOLDER) and not power


def _are_apart(before: Word, word: Word) -> bool:
    if before.spaced:
        return True
    gap = _gap(before, word)
    return gap > WORD_GAP or (gap > DOUBTFUL_GAP and _are_syllables(before.text, word.text))


def _are_syllables(before: str, after: str) -> bool:
    """Say whether letters with a doubtful gap between them are two words and not one."""
    left, right = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    if left is None or right is None:
        return False
    whole = left[0] + right[0]
    return not _is_word(whole) and _is_word(left[0]) and _is_word(right[0])


def _is_word(letters: str) -> bool:
    return is_syllable(letters.lower()) or is_bare_syllable(letters)


def _gap(before: Word, word: Word) -> float:
    return (word.left - before.right) / min(before.size, word.size)


def _is_raised(word: Word, base: float, size: float) -> bool:
    height = base - word.base
    return word.size <= _RAISED_SIZE * size and height >= _RAISED[0] * size


def _first_width(words: Sequence[Word]) -> float:
    right = words[0].right
    for before, word in zip(words, words[1:], strict=False):
        if _are_apart(before, word):
            break
        right = word.right
    return right - words[0].left


def _second_start(words: Sequence[Word]) -> float:
    pairs = zip(words, words[1:], strict=False)
    return next((word.left for before, word in pairs if _are_apart(before, word)), words[0].left)


def _level(lines: list[Line]) -> list[Line]:
    """Give lines that stand side by side the height of the first of them as their row."""
    levelled: list[Line] = []
    for line in sorted(lines, key=lambda line: line.base):
        if levelled and line.base - levelled[-1].row <= 0.3 * min(line.size, levelled[-1].size):
            levelled.append(replace(line, row=levelled[-1].row))
        else:
            levelled.append(line)
    return levelled
