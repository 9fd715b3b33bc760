"""Where sentences, words and syllables begin and end. The only file that knows underthesea.

Every function takes text from `fold_characters` and returns exact spans of that same text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version

from indexer.models import Span
from indexer.text.normalise import LETTERS, LOWERED, RAISED
from indexer.text.word_files import load_segmenter, package_folder
from indexer.text.word_segmenter import WordSegmenter

_STOP = re.compile(r"(?P<marks>[.!?…]+)[\"”»’)\]]*")
_OPENERS = '"“«‘([-–—+•*'
# What stands between brackets or quotes is one piece, unless its end is too far to be believed.
_ENCLOSED = re.compile(r"\([^()]{0,400}\)|“[^“”]{0,400}”|«[^«»]{0,400}»|\"[^\"]{0,400}\"")
_ABBREVIATION = re.compile(
    r"(?:.*\.)?(?:tx|tp|tt|q|p|h|x|kp|tr|đ/c|v\.v|bs|ts|ths|th\.s|tsh|pgs|gs|ks|cv|nxb|vd|đt|ql"
    r"|mr|mrs|ms|dr)",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_COUNTER = r"(?:[IVXLC]+|\d+|[^\W\d_])"
_LIST_NUMBER = re.compile(
    rf"(?:(?:điều|chương|mục|phần|khoản|bảng|biểu|phụ lục)\s+)?{_COUNTER}(?:\.{_COUNTER})*",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[\w./]*\w$")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_REMEMBERED = 80

_SYLLABLE = re.compile(rf"{LETTERS}|\d+(?:[.,/]\d+)*|[{RAISED}]+|[{LOWERED}]+")

_RUN = re.compile(r"\S{8,}")  # nothing shorter can be unsafe
_LINK = re.compile(r"(?:ftp|http)s?:|\.[a-z]{2,13}/")
_LONGEST_RUN = 100
_SEARCHED = 40

# From the commonest words to all: a word of everyday use stands in all four.
_WORD_LISTS = ("Viet11K.txt", "Viet22K.txt", "Viet39K.txt", "Viet74K.txt")
_PLACE_KEYS = ("old_ward", "old_district", "old_province", "new_ward", "new_province")


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences, without white space at their ends.

    >>> text = "Hộ nghèo còn 2,5%. TX. Hồng Ngự đạt 3.8 tỷ đồng… Tăng cường quản lý."
    >>> [span.of(text) for span in split_sentences(text)]
    ['Hộ nghèo còn 2,5%.', 'TX. Hồng Ngự đạt 3.8 tỷ đồng…', 'Tăng cường quản lý.']
    """
    spans = []
    start = 0
    for line in text.split("\n"):
        spans += [span.shift(start) for span in _split_line(line)]
        start += len(line) + 1
    return tuple(spans)


def _split_line(line: str) -> Iterator[Span]:
    enclosed = [match.span() for match in _ENCLOSED.finditer(line)]
    start = passed = 0
    for stop in _STOP.finditer(line):
        while passed < len(enclosed) and enclosed[passed][1] < stop.end():
            passed += 1
        inside = passed < len(enclosed) and enclosed[passed][0] < stop.start()
        if inside and stop.end() < enclosed[passed][1]:
            continue
        if _is_end(line, start, stop):
            yield from _trim(line, start, stop.end())
            start = stop.end()
    yield from _trim(line, start, len(line))


def _trim(line: str, start: int, end: int) -> Iterator[Span]:
    piece = line[start:end]
    if stripped := piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield Span(first, first + len(stripped))


def _is_end(line: str, start: int, stop: re.Match[str]) -> bool:
    """Say whether a sentence that began at `start` ends with these marks."""
    marks = stop["marks"]
    before = line[max(start, stop.start() - _REMEMBERED) : stop.start()]
    after = line[stop.end() : stop.end() + 2]
    next_sign = line[stop.end() : stop.end() + 40].lstrip()[:1]
    if not after:
        return True
    if after[0].isspace():
        begins = not next_sign or next_sign.isupper() or next_sign in _OPENERS
        if marks == ".":
            return (begins or next_sign.isdigit()) and not _is_short_form(before)
        return begins
    if marks == ".":
        return stop.end("marks") == stop.end() and _lacks_space(before, after)
    return ("…" in marks or ".." in marks) and after[0].isupper()


def _lacks_space(before: str, after: str) -> bool:
    """Say whether a new sentence follows a full stop without a space ("cán bộ.Tăng cường")."""
    word = _LAST_LETTERS.search(before)
    if word is None or not after.istitle() or len(after) < 2:
        return False
    return len(word.group()) > 1 and word.group().islower() and not _is_short_form(before)


def _is_short_form(before: str) -> bool:
    """Say whether a full stop after this text belongs to an abbreviation or a list number."""
    if _LIST_NUMBER.fullmatch(before.strip()):
        return True
    match = _LAST_WORD.search(before)
    if match is None:
        return False
    word = match.group()
    initials = word[-1].isupper() and _INITIALS.fullmatch(word)
    return bool(initials or _ABBREVIATION.fullmatch(word))


# --- syllables ---------------------------------------------------------------------------------


def split_syllables(text: str) -> tuple[Span, ...]:
    """Return the spans of all runs of letters and of all numbers with their inner signs.

    >>> text = "2384CV giảm 2,5% (22-NQ/TW, 05/11/2019)"
    >>> [span.of(text) for span in split_syllables(text)]
    ['2384', 'CV', 'giảm', '2,5', '22', 'NQ', 'TW', '05/11/2019']
    """
    return tuple(Span(*match.span()) for match in _SYLLABLE.finditer(text))


# --- words -------------------------------------------------------------------------------------

_segmenter = lru_cache(maxsize=1)(load_segmenter)


def segment_words(text: str) -> tuple[Span, ...]:
    """Return the spans of the words; together they cover every letter and digit.

    >>> text = "Tỷ lệ hộ nghèo giảm"
    >>> [span.of(text) for span in segment_words(text)]
    ['Tỷ lệ', 'hộ', 'nghèo', 'giảm']
    """
    return tuple(
        word for sentence in split_sentences(text) for word in words_of_sentence(text, sentence)
    )


def words_of_sentence(text: str, sentence: Span) -> list[Span]:
    """Return the spans of the words of one sentence of a text."""
    segmenter = _segmenter()
    piece = sentence.of(text)
    readable = _RUN.sub(_blank_if_unsafe, piece)
    if isinstance(segmenter, WordSegmenter) and readable == piece:
        words = segmenter.spans(piece, sentence.start)
        if words is not None:
            return words
    aligned = _fill(piece, _align(readable, segmenter.words(readable)))
    return [word.shift(sentence.start) for word in aligned]


@lru_cache(maxsize=1)
def segmenter_version() -> str:
    """Return the name and version of the segmenter, for the index to remember.

    >>> segmenter_version().startswith("underthesea ")  # and not another dictionary of từ ghép
    True
    """
    return f"underthesea {version('underthesea')}"


def lexicon() -> tuple[str, ...]:
    """Return the words and place names shipped with underthesea; its code is not imported.

    A word stands as often as there are lists that hold it, so that common words weigh more.

    >>> words = lexicon()
    >>> words.count("hộ"), words.count("nghe nhìn"), words.count("Tỉnh Đồng Tháp")
    (4, 3, 1)
    """
    folder = package_folder()
    words = [
        word
        for name in _WORD_LISTS
        for word in set((folder / "corpus/data" / name).read_text("utf-8").splitlines())
    ]
    places = json.loads((folder / "address/data/mapping.json").read_text("utf-8"))
    names = {row[key] for row in places["ward_mapping"] for key in _PLACE_KEYS if row[key]}
    return (*sorted(words), *sorted(names))


def _blank_if_unsafe(run: re.Match[str]) -> str:
    """Hide a link or an endless run: underthesea's pattern for links takes 2^n steps on some."""
    text = run.group()
    return " " * len(text) if len(text) > _LONGEST_RUN or _LINK.search(text) else text


def _align(text: str, words: Iterable[str]) -> Iterator[Span]:
    """Find the words in the text, in order, whatever the white space; drop what is not there."""
    position = 0
    for word in words:
        while text[position : position + 1].isspace():
            position += 1
        if text.startswith(word, position):
            span = Span(position, position + len(word))
        else:
            # White space may differ inside the word, and a word that was changed may be missing;
            # what `_blank_if_unsafe` hid is too wide to be white space of a word.
            pattern = r"\s{0,7}".join(map(re.escape, "".join(word.split())))
            match = re.compile(pattern).search(text, position, position + len(word) + _SEARCHED)
            if match is None:
                continue
            span = Span(*match.span())
        yield span
        position = span.end


def _fill(text: str, words: Iterable[Span]) -> Iterator[Span]:
    """Add the syllables that stand between the words, so that nothing is lost."""
    position = 0
    for word in (*words, Span(len(text), len(text))):
        between = text[position : word.start]
        yield from (syllable.shift(position) for syllable in split_syllables(between))
        if word.start < word.end:
            yield word
        position = word.end
