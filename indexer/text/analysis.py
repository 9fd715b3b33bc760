"""The one way in which documents and questions are turned into terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from indexer.models import Analysis, Span, Term
from indexer.text.normalise import match_form
from indexer.text.numerals import number_form
from indexer.text.segment import segment_words, split_sentences, split_syllables

# Raise it with every change that gives another form, position or term for the same text.
ANALYSIS_VERSION: int = 4

# Wider than any distance that a phrase or a pair may bridge.
SENTENCE_GAP: int = 10


@lru_cache(maxsize=512)
def analyse(text: str) -> Analysis:
    """Return the syllables, words and pairs of a text; stop words are among them.

    >>> analysis = analyse("Tỷ lệ hộ nghèo")
    >>> [term.form for term in analysis.words]
    ['tỉ_lệ', 'hộ', 'nghèo']
    >>> [(term.form, term.position) for term in analysis.pairs]
    [('tỉ lệ', 0), ('lệ hộ', 1), ('hộ nghèo', 2)]
    """
    syllables = tuple(_syllables(text))
    words = tuple(_words(segment_words(text), syllables))
    return Analysis(syllables=syllables, words=words, pairs=tuple(_pairs(syllables)))


def forms(text: str) -> tuple[str, ...]:
    """Return the syllable forms of a text, for phrases and filters.

    >>> forms("Thuỷ lợi, 2,5 ha")
    ('thủy', 'lợi', '2,5', 'ha')
    """
    return tuple(_form(span.of(text)) for span in split_syllables(text))


def _syllables(text: str) -> Iterator[Term]:
    position = 0
    for sentence in split_sentences(text):
        for syllable in split_syllables(sentence.of(text)):
            span = syllable.shift(sentence.start)
            yield Term(_form(span.of(text)), position, span)
            position += 1
        position += SENTENCE_GAP


def _form(syllable: str) -> str:
    return number_form(syllable) if syllable[0].isdecimal() else match_form(syllable)


def _words(spans: Sequence[Span], syllables: Sequence[Term]) -> Iterator[Term]:
    """Give every syllable to the word in which it begins, so that no syllable is cut."""
    first = 0
    for span in spans:
        last = first
        while last < len(syllables) and syllables[last].span.start < span.end:
            last += 1
        if last > first:
            yield _join("_", syllables[first:last])
        first = last


def _pairs(syllables: Sequence[Term]) -> Iterator[Term]:
    for pair in pairwise(syllables):
        if pair[0].position + 1 == pair[1].position:
            yield _join(" ", pair)


def _join(separator: str, syllables: Sequence[Term]) -> Term:
    form = separator.join(syllable.form for syllable in syllables)
    span = Span(syllables[0].span.start, syllables[-1].span.end)
    return Term(form, syllables[0].position, span)
