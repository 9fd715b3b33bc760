"""Abbreviations that a report explains itself, in brackets or by using both spellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from indexer.models import Span
from indexer.text.initials import (
    CAPITALS,
    MOST_SKIPPED,
    PARTICLES,
    bare,
    fits,
    is_word,
    letters,
    spells,
)
from indexer.text.normalise import match_form
from indexer.text.segment import split_syllables

_PART = rf"[{CAPITALS}][{CAPITALS}a-z]*"
_SHORT = rf"(?<![\w/.-]){_PART}(?:\s?[-–&]\s?{_PART})*(?![\w/])"
_CALLED = r"(?i:(?:sau đây|dưới đây|sau)?\s*(?:được\s+)?(?:gọi|viết)\s+(?:tắt|chung)\s+là:?\s*)?"
# "Bảo hiểm y tế (BHYT)" and "Ban Chấp hành (sau đây gọi tắt là BCH)"
_AFTER_LONG = re.compile(rf"\(\s*{_CALLED}[\"“]?(?P<short>{_SHORT})[\"”]?\s*\)")
# "BHYT (bảo hiểm y tế)"
_BEFORE_LONG = re.compile(rf"(?P<short>{_SHORT})\s*\((?P<long>[^()\n]{{3,120}})\)")
_IN_TEXT = re.compile(_SHORT)

_ROMAN = re.compile(r"[IVXLC]+")
_JOINS = re.compile(r"[^\S\n]+|[^\S\n]*[-–,&][^\S\n]*")
# No phrase begins or ends with these, so an n-gram that does is none.
_NEVER_AT_EDGE = PARTICLES | frozenset(
    re.findall(
        r"\w+",
        "được bị có còn từ đến là do để không chưa đã đang sẽ này đó như trên theo thì mà vào ra "
        "một hai ba nhiều mỗi từng hơn cũng nhất nhưng hoặc bằng gồm số năm",
    )
)
_PIECES = range(2, 13)
# Two letters fit too many phrases (CT: chính trị, chỉ thị, công tác), three need to recur.
_SHORTEST_GUESS = 3
_MOST_GUESSED = 500


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation and what it stands for in one report.

    `span` covers the definition, or the first place of the long form when `how` is "initials";
    `count` says how often that was found.
    """

    short: str
    long: str
    span: Span
    how: Literal["defined", "initials"]
    count: int


def mine(text: str) -> tuple[Definition, ...]:
    """Return the abbreviations that a text explains, surest and most frequent first.

    >>> found = mine("Bảo hiểm y tế (BHYT) đạt 90%. Bồi dưỡng QLNN: quản lý nhà nước, quản lý "
    ...              "nhà nước cấp xã.")
    >>> [(item.short, item.long, item.how) for item in found]
    [('BHYT', 'Bảo hiểm y tế', 'defined'), ('QLNN', 'quản lý nhà nước', 'initials')]
    """
    defined = _merge([*_defined_after(text), *_defined_before(text)])
    known = {item.short for item in defined}
    return (*defined, *_guessed(text, known))


# --- definitions in brackets -------------------------------------------------------------------


def _defined_after(text: str) -> Iterator[Definition]:
    for match in _AFTER_LONG.finditer(text):
        short = match["short"]
        line = text.rfind("\n", 0, match.start()) + 1
        start = max(line, match.start() - 150)
        before = [span.shift(start) for span in split_syllables(text[start : match.start()])]
        if _is_short(short) and (first := _first_syllable(text, letters(short), before)):
            long = text[first.start : match.start()].strip(' "“”')
            yield Definition(short, _tidy(long), Span(first.start, match.end()), "defined", 1)


def _first_syllable(text: str, pieces: Sequence[str], before: Sequence[Span]) -> Span | None:
    """Return where the long form begins that ends with the last of these syllables."""
    words = [span.of(text) for span in before]
    for length in range(len(pieces), min(len(pieces) + MOST_SKIPPED, len(words)) + 1):
        if fits(pieces, words[-length:]) == length:
            return before[-length]
    return None


def _defined_before(text: str) -> Iterator[Definition]:
    for match in _BEFORE_LONG.finditer(text):
        inside = match["long"]
        for end in (len(inside), *(m.start() for m in re.finditer(r"[,;:]", inside))):
            if _is_short(match["short"]) and spells(match["short"], inside[:end]):
                long = _tidy(inside[:end])
                yield Definition(match["short"], long, Span(*match.span()), "defined", 1)
                break


# --- the same phrase elsewhere in the text -----------------------------------------------------


def _guessed(text: str, known: set[str]) -> Iterator[Definition]:
    """Yield for each other abbreviation its most frequent n-gram with these initials."""
    uses = Counter(match.group() for match in _IN_TEXT.finditer(text))
    wanted = [
        short
        for short, _ in uses.most_common()
        if short not in known and _is_short(short) and len(letters(short)) >= _SHORTEST_GUESS
    ]
    if not wanted:
        return
    whole, plain = _runs(text)
    for short in wanted[:_MOST_GUESSED]:
        found = _ngrams(text, whole, short) or _ngrams(text, plain, short)
        if found and (found[0].count > 1 or len(letters(short)) > _SHORTEST_GUESS):
            yield found[0]


@dataclass(frozen=True, slots=True)
class _Runs:
    """The initials of all syllables in one string, a new line wherever no phrase may go on."""

    initials: str
    spans: tuple[Span, ...]


def _runs(text: str) -> tuple[_Runs, _Runs]:
    """Return the runs of all syllables, and those without the particles between others."""
    whole: list[tuple[str, Span]] = []
    plain: list[tuple[str, Span]] = []
    end = 0
    for span in split_syllables(text):
        word = span.of(text)
        joined = text[end : span.start] == " " or bool(_JOINS.fullmatch(text, end, span.start))
        end = span.end
        initial = _initial(word)
        if not (initial and joined):
            whole.append(("\n", Span(span.start, span.start)))
            plain.append(whole[-1])
        if initial:
            whole.append((initial, span))
            if not (joined and word in PARTICLES):
                plain.append(whole[-1])
    return _joined(whole), _joined(plain)


@lru_cache(maxsize=1 << 12)
def _initial(word: str) -> str:
    """Return the bare first letter; none of what no phrase holds: numbers and abbreviations."""
    if word[0].isdigit() or sum(map(str.isupper, word)) > 1:
        return ""
    return bare(word)[0]


def _joined(syllables: Sequence[tuple[str, Span]]) -> _Runs:
    return _Runs("".join(initial for initial, _ in syllables), tuple(span for _, span in syllables))


def _ngrams(text: str, runs: _Runs, short: str) -> list[Definition]:
    pieces = letters(short)
    wanted = "".join(piece[0] for piece in pieces)
    found, at = [], runs.initials.find(wanted)
    while at >= 0:
        syllables = runs.spans[at : at + len(wanted)]
        words = [span.of(text) for span in syllables]
        if _is_phrase(pieces, words):
            span = Span(syllables[0].start, syllables[-1].end)
            found.append(Definition(short, _tidy(span.of(text)), span, "initials", 1))
        at = runs.initials.find(wanted, at + 1)
    return _merge(found)


def _is_phrase(pieces: Sequence[str], words: Sequence[str]) -> bool:
    begins = all(bare(word).startswith(piece) for piece, word in zip(pieces, words, strict=True))
    return begins and not _NEVER_AT_EDGE & {words[0].lower(), words[-1].lower()}


# --- small things ------------------------------------------------------------------------------


def _merge(found: Sequence[Definition]) -> list[Definition]:
    """Count equal definitions; the first with the fewest signs keeps its spelling and place."""
    counts: Counter[tuple[str, str]] = Counter()
    kept: dict[tuple[str, str], Definition] = {}
    # "bảo hiểm, y tế" is a slip of the pen for what others write without the comma.
    for item in sorted(found, key=lambda item: (len(item.long), item.span)):
        key = (item.short, match_form(re.sub(r"[\W\d_]+", " ", item.long)))
        kept.setdefault(key, item)
        counts[key] += 1
    counted = [replace(item, count=counts[key]) for key, item in kept.items()]
    return sorted(counted, key=lambda item: (-item.count, item.span))


def _is_short(token: str) -> bool:
    """Say whether a token is an abbreviation and not a word in capitals or a Roman number."""
    capitals = sum(map(str.isupper, token))
    if capitals < 2 or len(letters(token)) not in _PIECES or _ROMAN.fullmatch(token):
        return False
    return not all(is_word(part.lower()) for part in re.split(r"[\s&–-]+", token))


def _tidy(long: str) -> str:
    return " ".join(long.split())
