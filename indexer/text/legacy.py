"""Runs of text in the fonts of old Vietnamese encodings, turned into Unicode.

The font of a run says what its signs draw, and its words say whether that is true: many files
declare .VnTime although their text was typed in Unicode. Such text is never touched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.models import Conversion
from indexer.text.legacy_decoding import Encoding, decode
from indexer.text.legacy_detection import detect, has_unicode_letters, score_text

__all__ = [
    "Converted",
    "ConversionLog",
    "Encoding",
    "FontEncoding",
    "RunConverter",
    "convert_run",
    "decode",
    "detect",
    "encoding_of_font",
]

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"[\s,_-]*(?:bold|italic|oblique|regular|normal|bd|mt|ps)+$", re.I)
_FONTS = (
    (re.compile(r"\.vn", re.I), Encoding.TCVN3),
    (re.compile(r"vni\b|vni[-_ ]", re.I), Encoding.VNI),
    (re.compile(r"vps", re.I), Encoding.VPS),
    (re.compile(r"viscii", re.I), Encoding.VISCII),
)
_SAMPLE = 60
_HEARD = 20_000
_ENOUGH, _LEAST_SHARE = 4, 0.34


@dataclass(frozen=True, slots=True)
class FontEncoding:
    """What a font draws: the encoding of its text; `upper`: small letters as capitals."""

    encoding: Encoding
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Converted:
    """A run in Unicode; `encoding` is what it was decoded from, None when it was left alone."""

    text: str
    encoding: Encoding | None = None


def encoding_of_font(font: str) -> FontEncoding | None:
    """Return what a font draws by its name, None for a font of Unicode.

    >>> encoding_of_font("ABCDEF+.VnTimeH,Bold")
    FontEncoding(encoding=<Encoding.TCVN3: 'TCVN3'>, upper=True)
    >>> encoding_of_font("VNI-Times").encoding.value, encoding_of_font("Times New Roman")
    ('VNI', None)
    """
    name = _SUBSET.sub("", font.partition(";")[0].strip(" '\"").lstrip("@"))
    encoding = next((known for pattern, known in _FONTS if pattern.match(name)), None)
    if encoding is None:
        return None
    plain = _STYLE.sub("", name)
    return FontEncoding(encoding, upper=encoding is Encoding.TCVN3 and plain[-1:] in "Hh")


def convert_run(text: str, font: str, around: str = "", *, trust_font: bool = True) -> Converted:
    """Return a run in Unicode, and from what it was decoded.

    `font` is the one in effect, "" when unknown. `around` is more text in the same font (the
    paragraph's) by which a short run is judged. `trust_font` decides where the words do not.

    >>> convert_run("s\\xb6n l\\xad\\xeeng", ".VnTimeH")
    Converted(text='SẢN LƯỢNG', encoding=<Encoding.TCVN3: 'TCVN3'>)
    >>> convert_run("sản lượng", ".VnTime")
    Converted(text='sản lượng', encoding=None)
    """
    known = encoding_of_font(font)
    evidence = around if text in around else text
    if known is None:
        # VIQR is a spelling of plain texts, not of fonts: runs of ASCII need no look.
        found = None if text.isascii() else detect(evidence)
        return _decoded(text, FontEncoding(found)) if found else Converted(text)
    verdict = _is_written_in(known.encoding, evidence)
    if verdict if verdict is not None else trust_font:
        return _decoded(text, known)
    return Converted(text)


class RunConverter:
    """Converts the runs of one file, which it hears first: short runs are judged by the rest."""

    def __init__(self, runs: Iterable[tuple[str, str]] = ()) -> None:
        """Hear the runs of a file, each a text and its font."""
        heard: dict[str, list[str]] = defaultdict(list)
        sizes: dict[str, int] = defaultdict(int)
        for text, font in runs:
            if sizes[font] < _HEARD and not text.isascii() and encoding_of_font(font):
                heard[font].append(text)
                sizes[font] += len(text)
        self._false = frozenset(font for font in heard if _is_false(font, heard[font]))
        self._log = ConversionLog()

    def convert(self, text: str, font: str, around: str = "") -> Converted:
        """Return a run in Unicode, as `convert_run` does, and remember what was changed."""
        converted = convert_run(text, font, around, trust_font=font not in self._false)
        self._log.add(text, converted)
        return converted

    def conversions(self) -> tuple[Conversion, ...]:
        """Return what was changed so far, an entry for each encoding."""
        return self._log.conversions()


class ConversionLog:
    """What was decoded in a file, counted by encoding, with a sample of each."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._counts: dict[Encoding, int] = defaultdict(int)
        self._samples: dict[Encoding, tuple[str, str]] = {}

    def add(self, before: str, converted: Converted) -> None:
        """Remember a run; one that was left alone is not counted."""
        encoding = converted.encoding
        if encoding is None:
            return
        self._counts[encoding] += 1
        kept = self._samples.get(encoding, ("", ""))
        # The first sample of a few words says more than a longer one further down.
        if len(kept[0]) < _SAMPLE // 3 and len(before.strip()) > len(kept[0]):
            self._samples[encoding] = (_sample(before), _sample(converted.text))

    def conversions(self) -> tuple[Conversion, ...]:
        """Return an entry for each encoding, in the order in which they were met."""
        return tuple(
            Conversion(encoding.value, count, *self._samples.get(encoding, ("", "")))
            for encoding, count in self._counts.items()
        )


def _sample(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _SAMPLE else text[:_SAMPLE].rsplit(" ", 1)[0] + "…"


def _decoded(text: str, known: FontEncoding) -> Converted:
    if has_unicode_letters(text):
        # A word typed in Unicode among old ones stays as it is.
        words = re.sub(r"\S+", lambda word: _decoded_word(word[0], known.encoding), text)
    else:
        words = decode(text, known.encoding)
    words = words.upper() if known.upper else words
    return Converted(words, known.encoding) if words != text else Converted(text)


def _decoded_word(word: str, encoding: Encoding) -> str:
    return word if has_unicode_letters(word) else decode(word, encoding)


def _is_written_in(encoding: Encoding, text: str) -> bool | None:
    """Say whether a text is of this encoding and not Unicode; None when its words do not tell."""
    if has_unicode_letters(text):
        old = " ".join(word for word in text.split() if not has_unicode_letters(word))
        return score_text(old, encoding).long > max(1, score_text(old).good)
    decoded, raw = score_text(text, encoding), score_text(text)
    if decoded.of >= _ENOUGH and decoded.share < _LEAST_SHARE:
        return False  # French or Spanish in a Vietnamese font
    if decoded.share == raw.share:
        return None
    return decoded.share > raw.share


def _is_false(font: str, texts: list[str]) -> bool:
    """Say whether a file writes Unicode in a font of an old encoding."""
    known = encoding_of_font(font)
    unicode = sum(map(has_unicode_letters, texts))
    text = " ".join(texts)
    return (
        known is not None
        and unicode > 0
        and (2 * unicode > len(texts) or _is_written_in(known.encoding, text) is False)
    )
