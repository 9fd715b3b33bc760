"""Recognising the text of a picture of a page with tesseract. Home of that program's call."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from pathlib import Path
from statistics import mean, median

from indexer.errors import UnreadableFile
from indexer.readers.page_images import turned
from indexer.readers.pdf_words import PageWords, Word
from indexer.readers.programs import missing_program, need_program
from indexer.readers.sandbox import Limits, run

LANGUAGE = "vie"
# A raised sign that was not read: where a note is called, but not which.
UNREAD_MARK = "?"

_LIMITS = Limits(seconds=180, memory=2 * 2**30, output=50 * 2**20)
# With more threads than one tesseract is many times slower (its issue 3109).
_ENV = {"OMP_THREAD_LIMIT": "1"}
_POINTS_PER_INCH = 72
# Slopes of lines: up to the first tesseract copes, beyond the second it lies on its side.
_SKEW = math.tan(math.radians(1.2))
_MAX_SKEW = 0.3
_DOUBTFUL = 55
_MIN_WORDS = 5
_NOISE = 30
_LINE = re.compile(
    r"<span class='ocr_(?:line|caption|header|textfloat)'[^>]*?"
    r"title=\"bbox (\d+) (\d+) (\d+) (\d+); baseline (-?[\d.]+) (-?[\d.]+);[^\"]*?x_size ([\d.]+)"
)
_WORD = re.compile(
    r"<span class='ocrx_word'[^>]*?"
    r"title='bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)[^>]*>(.*?)</span>"
)
_EITHER = re.compile(f"{_LINE.pattern}|{_WORD.pattern}")
_TAG = re.compile(r"<[^>]+>")
_ROTATE = re.compile(rb"Rotate: (\d+)")
_SIGNS_ONLY = re.compile(r"[\d'\"“”‘’°*®©!?`´,.()]{1,4}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as grey pixels."""

    width: int
    height: int
    pixels: bytes
    dpi: int


@dataclass(frozen=True, slots=True)
class _Read:
    words: tuple[Word, ...]
    confidence: int
    slope: float


def recognise(picture: Picture, number: int, name: str) -> PageWords:
    """Return the words of a picture of page `number` of the file `name`, with the confidence.

    A page that lies askew or on its side is turned upright first. Raises UnsupportedFormat
    when tesseract or its Vietnamese data is missing, UnreadableFile when it fails.
    """
    read = _read(picture, number, name)
    steep = abs(read.slope) > _MAX_SKEW
    if steep or read.confidence < _DOUBTFUL or len(read.words) < _MIN_WORDS:
        picture, read = _upright(picture, read, number, name)
    if _SKEW < abs(read.slope) <= _MAX_SKEW:
        picture = _turn(picture, math.degrees(math.atan(read.slope)))
        read = _read(picture, number, name)
    scale = _POINTS_PER_INCH / picture.dpi
    return PageWords(
        number=number,
        width=picture.width * scale,
        height=picture.height * scale,
        words=read.words,
        image=True,
        ocr=True,
        confidence=read.confidence,
    )


def require_ocr() -> Path:
    """Return the path of tesseract. Raises UnsupportedFormat, naming the package that lacks."""
    program = need_program("tesseract", "ảnh quét")
    if LANGUAGE not in _languages(program):
        raise missing_program(f"tesseract:{LANGUAGE}", "ảnh quét")
    return program


@cache
def _languages(program: Path) -> frozenset[str]:
    with tempfile.TemporaryDirectory() as folder:
        outcome = run([program, "--list-langs"], Path(folder), _LIMITS, _ENV)
    return frozenset((outcome.stdout + outcome.stderr).decode("utf-8", "replace").split())


def _upright(picture: Picture, read: _Read, number: int, name: str) -> tuple[Picture, _Read]:
    """Return the better reading of a page as it is or turned as tesseract believes it lies."""
    outcome = _call(picture, ["--psm", "0", "-l", "osd"])
    match = _ROTATE.search(outcome[0]) if outcome is not None else None
    if match is None or not int(match[1]) % 360:
        return picture, read
    other = _turn(picture, -int(match[1]))
    again = _read(other, number, name)
    return (other, again) if again.confidence > read.confidence else (picture, read)


def _turn(picture: Picture, degrees: float) -> Picture:
    width, height, pixels = turned(picture.width, picture.height, picture.pixels, degrees)
    return Picture(width, height, pixels, picture.dpi)


def _read(picture: Picture, number: int, name: str) -> _Read:
    outcome = _call(picture, ["-l", LANGUAGE, "hocr"])
    if outcome is None or outcome[1]:
        why = "" if outcome is None else f" ({outcome[1]})"
        raise UnreadableFile(
            f"Không nhận dạng được chữ ở trang {number} của `{name}`{why}.",
            "Hãy quét lại trang đó ở 300 dpi rồi thử lại.",
        )
    return _parse(outcome[0].decode("utf-8", "replace"), picture)


def _call(picture: Picture, arguments: Sequence[str]) -> tuple[bytes, str] | None:
    program = require_ocr()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.pgm"
        head = f"P5 {picture.width} {picture.height} 255\n".encode()
        source.write_bytes(head + picture.pixels)
        command: list[str | Path] = [
            program,
            source,
            "stdout",
            "--dpi",
            str(picture.dpi),
            *arguments,
        ]
        outcome = run(command, Path(folder), _LIMITS, _ENV)
        return outcome.stdout, outcome.why


def _parse(page: str, picture: Picture) -> _Read:
    words, confidences, slopes = [], [], []
    for word, confidence, slope in _words(page):
        words.append(word)
        confidences += [confidence] * len(word.text)
        slopes += [slope] * len(word.text)
    slope = median(slopes) if slopes else 0.0
    scale = _POINTS_PER_INCH / picture.dpi
    level = tuple(_levelled(word, slope, scale) for word in words)
    return _Read(level, round(mean(confidences)) if confidences else 0, slope)


def _levelled(word: Word, slope: float, scale: float) -> Word:
    """Return a word in points on the page turned level; pixels run askew by `slope`."""
    left = (word.left + slope * word.base) * scale
    right = (word.right + slope * word.base) * scale
    base = (word.base - slope * word.left) * scale
    return replace(word, left=left, right=right, base=base, size=round(word.size * scale, 1))


def _words(page: str) -> Iterator[tuple[Word, int, float]]:
    """Yield the words with their confidence and the slope of their line, in pixels."""
    left = bottom = slope = rise = size = 0.0
    for match in _EITHER.finditer(page):
        if match[1] is not None:
            left, bottom = float(match[1]), float(match[4])
            slope, rise, size = float(match[5]), float(match[6]), float(match[7])
            continue
        text = unescape(_TAG.sub("", match[13])).strip()
        confidence = int(match[12])
        if not text or (
            confidence < _NOISE
            and not any(c.isalnum() for c in text)
            and not _SIGNS_ONLY.fullmatch(text)
        ):
            continue
        start, end = float(match[8]), float(match[10])
        base = bottom + rise + slope * (start - left)
        word = Word(text, start, end, base, size, spaced=True)
        yield _raised(word, float(match[9]), float(match[11])), confidence, slope


def _raised(word: Word, top: float, bottom: float) -> Word:
    """Return the word with the height and size of its own box when it is a sign that is raised."""
    height = bottom - top
    if word.base - bottom < 0.2 * word.size or height > 0.7 * word.size:
        return word
    if not _SIGNS_ONLY.fullmatch(word.text):
        return word
    text = word.text if word.text.isdigit() else UNREAD_MARK
    return replace(word, text=text, base=bottom, size=min(height, 0.7 * word.size))
