"""Whether the text of a PDF can be believed, and decoding where its fonts are of old days."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from indexer.readers.legacy_runs import RunDecoder
from indexer.readers.pdf_glyphs import is_legacy, plain_font
from indexer.readers.pdf_lines import build_lines
from indexer.readers.pdf_words import PageWords, Word
from indexer.text.keystrokes import is_syllable
from indexer.text.legacy import Encoding, encoding_of_font
from indexer.text.legacy import decode as convert

_MAX_ONE_LETTER = 0.10
_MAX_UNKNOWN = 0.05
_MARKED_SHARE, _SYLLABLE_SHARE = 0.5, 0.5
_MIN_TOKENS = 40
_TOKEN = re.compile(r"[^\W\d_]+")
_UNKNOWN = re.compile(r"[\ufffd\ue001-\uf8ff]")
# A hyphen with the letters beside it; of TCVN3 many letters are signs.
_AROUND_HYPHEN = re.compile(r"[^\s\d.,;:/()\-]*-+[^\s\d.,;:/()\-]*")
_SAMPLE_PAGES = 20
_RUN_WORDS = 80
# What drawing programs write for two signs of WinAnsi that are letters in old fonts.
_ALIASES = str.maketrans({"\u2212": "\u00ad", "\u2219": "\u00b7", "\u2215": "\u002f"})


def is_broken(pages: Sequence[PageWords]) -> bool:
    """Say whether words fall into single letters or signs without meaning.

    >>> words = tuple(Word(letter, 10 * at, 10 * at + 5, 20, 10) for at, letter in
    ...     enumerate("nhữngcôngtrìnhthủylợicủahuyệnđượcnângcấpkịpthời"))
    >>> is_broken([PageWords(1, 600, 800, words)])
    True
    """
    step = max(1, len(pages) // _SAMPLE_PAGES)
    text = " ".join(line.plain for page in pages[::step] for line in build_lines(page.words))
    tokens = _TOKEN.findall(text)
    if len(tokens) < _MIN_TOKENS:
        return bool(text) and len(_UNKNOWN.findall(text)) > _MAX_UNKNOWN * len(text)
    if _is_undecoded(tokens):
        return True
    alone = sum(len(token) == 1 for token in tokens)
    unknown = len(_UNKNOWN.findall(text))
    return alone > _MAX_ONE_LETTER * len(tokens) or unknown > _MAX_UNKNOWN * len(text)


def _is_undecoded(tokens: Sequence[str]) -> bool:
    """Say whether most words have letters beyond ASCII, as in Vietnamese, but are no syllables.

    So text of an old font reads whose name and content tell nothing. No other language that is
    written in Latin letters has signs on half of its words.
    """
    marked = [token.lower() for token in tokens if not token.isascii()]
    if len(marked) < _MARKED_SHARE * len(tokens) or not all(map(_is_latin, marked)):
        return False
    return sum(map(is_syllable, marked)) < _SYLLABLE_SHARE * len(marked)


def _is_latin(token: str) -> bool:
    return all(sign < "\u0250" or "\u1e00" <= sign <= "\u1eff" for sign in token)


def decode(pages: Sequence[PageWords], decoder: RunDecoder) -> list[PageWords]:
    """Return the pages with the words of old fonts in Unicode."""
    for page in pages:
        # The first time it only listens: a short run is judged by what else is in its font.
        deque(_decoded(page.words, decoder), maxlen=0)
    if not decoder.has_heard_old_text():
        return list(pages)
    return [replace(page, words=tuple(_decoded(page.words, decoder))) for page in pages]


def _with_horns(word: Word) -> Word:
    """Return a word of TCVN3 with its hyphens as ư where that makes syllables.

    In that font ư stands at the place that PDF calls a second hyphen.
    """
    known = encoding_of_font(plain_font(word.font)) if "-" in word.text else None
    if known is None or known.encoding is not Encoding.TCVN3:
        return word
    return replace(word, text=_AROUND_HYPHEN.sub(_horned, word.text))


def _horned(match: re.Match[str]) -> str:
    horned = match[0].replace("-", "\u00ad")
    has_letters = match[0].strip("-") != ""
    made = has_letters and is_syllable(convert(horned, Encoding.TCVN3).lower())
    return horned if made else match[0]


def _decoded(words: Sequence[Word], decoder: RunDecoder) -> Iterator[Word]:
    for font, group in groupby(map(_with_horns, words), key=lambda word: plain_font(word.font)):
        while run := list(islice(group, _RUN_WORDS)):
            text = " ".join(word.text for word in run)
            if text.isascii():
                yield from run
                continue
            signs = text.translate(_ALIASES) if is_legacy(font) else text
            texts = decoder.decode(signs, font).split(" ")
            if len(texts) != len(run):
                texts = [decoder.decode(word.text, font) for word in run]
            yield from (replace(w, text=t) for w, t in zip(run, texts, strict=True) if t)
