"""From the characters of a page, as they are drawn, to words. No library is known here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.readers.marked_text import guard
from indexer.readers.pdf_words import DOUBTFUL_GAP, WORD_GAP, Word

_SPACES = frozenset(" \t\u00a0\u2002\u2003\u2009\u202f\u3000")
# pdfium writes the hyphen (in old fonts the letter ư) at the end of a line so.
_LINE_END_HYPHENS = (0x02, 0xFFFE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"[,-]?(?:Bold|Italic|Oblique|Regular)+$", re.I)
_LEGACY = re.compile(r"\.?Vn[A-Z]|VNI[- ]|VNtime|VPS", re.I)
_NO_CHARACTER = "\ufffd"
_SLANT = 0.2
# Where more than one gap in so many letters is doubtful, the letters are spaced out.
_LETTERS_A_GAP = 4


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are drawn: the height they stand on, size, weight, font, direction."""

    base: float
    size: float
    bold: bool
    font: str
    level: bool
    hidden: bool


@lru_cache(256)
def plain_font(name: str) -> str:
    """Return the name of a font without what a PDF adds to it.

    >>> plain_font("AARIQC+.VnTimeH,Bold"), plain_font("VnTimeItalic"), plain_font("Arial-BoldMT")
    ('.VnTimeH', '.VnTime', 'Arial-BoldMT')
    """
    plain = _STYLE.sub("", _SUBSET.sub("", name))
    return f".{plain}" if plain.startswith("Vn") else plain


def is_legacy(font: str) -> bool:
    """Say whether a font is one of those in which other signs draw Vietnamese letters.

    >>> is_legacy(".VnTime"), is_legacy("VNI-Times"), is_legacy("Times New Roman")
    (True, True, False)
    """
    return _LEGACY.match(font) is not None


def is_paired(font: str) -> bool:
    """Say whether a font draws a letter and its tone as two signs.

    >>> is_paired("ABCDEF+VNI-Times"), is_paired(".VnTime")
    (True, False)
    """
    return plain_font(font).upper().startswith("VNI")


class Frame:
    """The visible part of a page, from its own places to points from the top left as seen.

    `turn` is by how many degrees a viewer turns the page clockwise.

    >>> Frame((0, 0, 600, 800), 0).place(100, 700), Frame((0, 0, 600, 800), 90).place(100, 700)
    ((100, 100), (700, 100))
    """

    def __init__(self, box: tuple[float, float, float, float], turn: int) -> None:
        self._left, self._bottom, self._right, self._top = box
        self._turn = turn % 360
        size = (self._right - self._left, self._top - self._bottom)
        self.width, self.height = size[::-1] if self._turn in (90, 270) else size

    def turned(self, degrees: int) -> Frame:
        """Return the page as it is seen when it is turned further clockwise."""
        box = (self._left, self._bottom, self._right, self._top)
        return Frame(box, self._turn + degrees)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is seen."""
        if self._turn == 90:
            return y - self._bottom, x - self._left
        if self._turn == 180:
            return self._right - x, y - self._bottom
        if self._turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def down(self, x: float, y: float) -> float:
        """Return how far below the top a point is seen."""
        return self.place(x, y)[1]

    def across(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
        """Return from where to where a box is seen, from the left."""
        one, other = self.place(left, bottom)[0], self.place(right, top)[0]
        return (one, other) if one <= other else (other, one)

    def is_level(self, a: float, b: float) -> bool:
        """Say whether text along the vector (a, b) is seen to run to the right."""
        along, down = {0: (a, -b), 90: (b, a), 180: (-a, b), 270: (-b, -a)}[self._turn]
        return along > 0 and abs(down) <= _SLANT * along


class Glyphs:
    """Collects the characters of a page in the order in which they are drawn."""

    def __init__(self) -> None:
        self._words: list[Word] = []
        self._turned: list[str] = []
        self._look: Look | None = None
        self._letters: list[str] = []
        self._gaps: list[tuple[int, float, float]] = []
        self._left = self._right = 0.0
        self._shown = self._hidden = 0

    def look(self, look: Look) -> None:
        """Say how the next characters look."""
        old = self._look
        # Two raised numbers side by side (the power of a unit, a call) look alike.
        number = len(self._letters) <= 2 and "".join(self._letters).isdigit()
        if old is None or not old.level or not look.level or look != old or number:
            self._end()
            if old is not None and not old.level and self._turned:
                self._turned[-1] += " "
        self._look = look

    def add(self, code: int, left: float, right: float) -> None:
        """Take the next character."""
        look = self._look
        assert look is not None
        letter = self._letter(code, look)
        if not look.level:
            self._turned.append(letter)
            return
        if letter in _SPACES:
            self._end(spaced=True)
            return
        apart = left - self._right
        if self._letters and (apart > WORD_GAP * look.size or apart < -look.size):
            self._end()
        if not self._letters:
            self._left = left
        elif apart > DOUBTFUL_GAP * look.size:
            self._gaps.append((len(self._letters), self._right, left))
        self._letters.append(letter)
        self._right = right
        self._shown += not look.hidden
        self._hidden += look.hidden

    def _letter(self, code: int, look: Look) -> str:
        if code in _LINE_END_HYPHENS:
            return "\u00ad" if is_legacy(plain_font(look.font)) else "-"
        return chr(code) if 0x1F < code < 0x110000 else _NO_CHARACTER

    def _end(self, *, spaced: bool = False) -> None:
        look = self._look
        if self._letters and look is not None:
            self._words += self._parts(look, spaced=spaced)
            self._letters, self._gaps = [], []
        elif spaced and self._words and look is not None and self._words[-1].base == look.base:
            last = self._words[-1]
            place = (last.left, last.right, last.base, last.size)
            self._words[-1] = Word(last.text, *place, last.bold, last.font, spaced=True)

    def _parts(self, look: Look, *, spaced: bool) -> Iterator[Word]:
        """Yield the word that was collected, in parts where it may be several."""
        few = _LETTERS_A_GAP * len(self._gaps) <= len(self._letters)
        at, left = 0, self._left
        # In VNI a letter is two signs, which must not be parted.
        for end, right, start in self._gaps if few and not is_paired(look.font) else ():
            text = guard("".join(self._letters[at:end]))
            yield Word(text, left, right, look.base, look.size, look.bold, look.font)
            at, left = end, start
        text = guard("".join(self._letters[at:]))
        yield Word(text, left, self._right, look.base, look.size, look.bold, look.font, spaced)

    def words(self) -> tuple[Word, ...]:
        """Return the words that run to the right, as drawn."""
        self._end()
        return tuple(word for word in self._words if word.text)

    def turned(self) -> tuple[str, ...]:
        """Return what runs in other directions, each as one text."""
        texts = "".join(self._turned).split()
        return (" ".join(texts),) if texts else ()

    def mostly_turned(self) -> bool:
        """Say whether most characters run in other directions than to the right."""
        return len(self._turned) > self.level_letters()

    def level_letters(self) -> int:
        """Return how many characters run to the right."""
        return self._shown + self._hidden

    def mostly_hidden(self) -> bool:
        """Say whether most characters are not drawn but lie behind a picture."""
        return self._hidden > self._shown
