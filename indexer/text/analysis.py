"""The one way in which documents and questions are turned into terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from indexer.models import Analysis, Span, Term
from indexer.text.normalise import match_form
from indexer.text.numerals import number_form
from indexer.text.segment import split_sentences, split_syllables, words_of_sentence

# Raise it with every change that gives another form, position or term for the same text.
ANALYSIS_VERSION: int = 4

# Wider than any distance that a phrase or a pair may bridge.
SENTENCE_GAP: int = 10

_CHUNK = re.compile(r"\S+")
# Chunks of reports repeat; those that are long do not. Together they take less than 20 MB.
_CHUNKS = 1 << 15
_LONGEST_CHUNK = 60

# An analysis takes 90 bytes for each sign of the text: 512 passages of reports are 25 MB, and no
# text makes it more than 100. Analysing again costs a millisecond, so more is not worth it.
_TEXTS = 512
_LONGEST_TEXT = 2000


def analyse(text: str) -> Analysis:
    """Return the syllables, words and pairs of a text; stop words are among them.

    >>> analysis = analyse("Tỷ lệ hộ nghèo")
    >>> [term.form for term in analysis.words]
    ['tỉ_lệ', 'hộ', 'nghèo']
    >>> [(term.form, term.position) for term in analysis.pairs]
    [('tỉ lệ', 0), ('lệ hộ', 1), ('hộ nghèo', 2)]
    """
    return _remembered(text) if len(text) <= _LONGEST_TEXT else _analysed(text)


def syllables_of(text: str) -> tuple[Term, ...]:
    """Return the syllables alone, as `analyse` gives them; nothing is segmented for them.

    >>> [(term.form, term.position) for term in syllables_of("Hộ nghèo. Hộ cận nghèo")][2:4]
    [('hộ', 12), ('cận', 13)]
    """
    return tuple(term for _, found in _sentences(text) for term in found)


def forms(text: str) -> tuple[str, ...]:
    """Return the syllable forms of a text, for phrases and filters.

    >>> forms("Thuỷ lợi, 2,5 ha")
    ('thủy', 'lợi', '2,5', 'ha')
    """
    return _forms_of_words(text) if len(text) <= _LONGEST_CHUNK else _read_forms(text)


def _read_forms(text: str) -> tuple[str, ...]:
    return tuple(_form(span.of(text)) for span in split_syllables(text))


# Lists of words are read at every start, and the same words stand in several of them.
_forms_of_words = lru_cache(maxsize=_CHUNKS)(_read_forms)


def _analysed(text: str) -> Analysis:
    syllables: list[Term] = []
    word_ends: list[int] = []
    for sentence, found in _sentences(text):
        syllables += found
        word_ends += [word.end for word in words_of_sentence(text, sentence)]
    return Analysis(
        syllables=tuple(syllables),
        words=tuple(_words(word_ends, syllables)),
        pairs=tuple(_pairs(syllables)),
    )


def _sentences(text: str) -> Iterator[tuple[Span, list[Term]]]:
    position = 0
    for sentence in split_sentences(text):
        found = _syllables(text, sentence, position)
        yield sentence, found
        position += len(found) + SENTENCE_GAP


_remembered = lru_cache(maxsize=_TEXTS)(_analysed)


def _syllables(text: str, sentence: Span, position: int) -> list[Term]:
    found = []
    for chunk in _CHUNK.finditer(text, sentence.start, sentence.end):
        signs = chunk.group()
        forms_of = _forms_of if len(signs) <= _LONGEST_CHUNK else _forms_of.__wrapped__
        start = chunk.start()
        for form, first, last in forms_of(signs):
            found.append(Term(form, position, Span(start + first, start + last)))
            position += 1
    return found


@lru_cache(maxsize=_CHUNKS)
def _forms_of(chunk: str) -> tuple[tuple[str, int, int], ...]:
    """Return the forms of the syllables between two spaces, and where they stand."""
    spans = split_syllables(chunk)
    return tuple((_form(span.of(chunk)), span.start, span.end) for span in spans)


def _form(syllable: str) -> str:
    return number_form(syllable) if syllable[0].isdecimal() else match_form(syllable)


def _words(ends: Sequence[int], syllables: Sequence[Term]) -> Iterator[Term]:
    """Give every syllable to the word in which it begins, so that no syllable is cut."""
    first = 0
    for end in ends:
        last = first
        while last < len(syllables) and syllables[last].span.start < end:
            last += 1
        if last == first + 1:
            yield syllables[first]
        elif last > first:
            yield _join("_", syllables[first:last])
        first = last


def _pairs(syllables: Sequence[Term]) -> Iterator[Term]:
    for one, two in pairwise(syllables):
        if one.position + 1 == two.position:
            span = Span(one.span.start, two.span.end)
            yield Term(f"{one.form} {two.form}", one.position, span)


def _join(separator: str, syllables: Sequence[Term]) -> Term:
    form = separator.join([syllable.form for syllable in syllables])
    span = Span(syllables[0].span.start, syllables[-1].span.end)
    return Term(form, syllables[0].position, span)
