"""What stands on a page and where: words, ruled lines. Places are in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass

# Letters and digits of one font lie side by side; a gap wider than this share of the size parts
# words. Justified lines narrow their spaces to about 0.2.
WORD_GAP = 0.15
# Fonts that declare a letter too wide leave less of a space: such a gap is for the words to judge.
DOUBTFUL_GAP = 0.06
# Ruled lines this close, in points, meet or are one.
NEAR = 3.0


@dataclass(frozen=True, slots=True)
class Word:
    """Letters side by side in one font and size; `base` is the height that they stand on.

    `spaced`: a space follows. A word in two fonts is two of these without a gap.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    font: str = ""
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line from (`left`, `top`) to (`right`, `bottom`), level or upright."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Say whether it runs from left to right."""
        return self.right - self.left > self.bottom - self.top


def touch(one: Rule, other: Rule) -> bool:
    """Say whether two ruled lines meet, or nearly so.

    >>> touch(Rule(0, 9, 50, 9), Rule(50, 0, 50, 10)), touch(Rule(0, 9, 50, 9), Rule(60, 0, 60, 9))
    (True, False)
    """
    across = one.left - NEAR <= other.right and other.left <= one.right + NEAR
    return across and one.top - NEAR <= other.bottom and other.top <= one.bottom + NEAR


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page as it was drawn or recognised. `turned` are words that do not run to the right.

    `image`: a picture covers most of it; `hidden`: its text is not drawn, it lies behind a
    scan. `ocr` and `confidence` are those of `RawPage`.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    turned: tuple[str, ...] = ()
    image: bool = False
    hidden: bool = False
    ocr: bool = False
    confidence: int | None = None

    @property
    def letters(self) -> int:
        """Return how many characters stand on the page."""
        return sum(len(word.text) for word in self.words)
