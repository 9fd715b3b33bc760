"""The words of a PDF as pdftotext sees them: a second opinion where the first reads badly."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

from indexer.readers.marked_text import guard
from indexer.readers.pdf_words import PageWords, Word
from indexer.readers.programs import need_program
from indexer.readers.sandbox import Limits, run

_LIMITS = Limits(seconds=120)
_PAGE = re.compile(r"<page width=")
_WORD = re.compile(
    r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>',
    re.S,
)
# Of the height of its box, how much of a word is its size, and how far down its letters stand.
_SIZE_SHARE = 0.87
_BASE_SHARE = 0.8


def read_again(path: Path, pages: Sequence[PageWords]) -> list[PageWords] | None:
    """Return the pages with the words that pdftotext sees; None when it fails.

    Raises UnsupportedFormat, naming the package to install, when the system lacks it.
    """
    program = need_program("pdftotext", "phần chữ bị rời rạc của tệp PDF này")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "words.html"
        outcome = run(
            [program, "-bbox", "-enc", "UTF-8", path.resolve(), target], Path(folder), _LIMITS
        )
        if outcome.why or not target.is_file():
            return None
        parts = _PAGE.split(target.read_text(encoding="utf-8", errors="replace"))[1:]
    if len(parts) != len(pages):
        return None
    return [
        replace(page, words=tuple(map(_word, _WORD.finditer(part))))
        for page, part in zip(pages, parts, strict=True)
    ]


def _word(match: re.Match[str]) -> Word:
    left, top, right, bottom = (float(match[at]) for at in range(1, 5))
    height = bottom - top
    return Word(
        text=guard(unescape(match[5])),
        left=left,
        right=right,
        base=top + _BASE_SHARE * height,
        size=round(_SIZE_SHARE * height, 1),
    )
