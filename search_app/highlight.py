"""Which words of a passage were asked for, computed by our own analysis on the original text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.models import Span
from indexer.text.analysis import analyse
from search_app.query import Question


class Highlighter:
    """Finds the words of one question in any text."""

    def __init__(self, question: Question) -> None:
        free = analyse(question.free)
        phrases = [analyse(phrase) for phrase in question.phrases]
        self._pairs = {pair.form for part in (free, *phrases) for pair in part.pairs}
        self._words = {word.form for word in free.words}
        self._syllables = {
            syllable.form for part in (free, *phrases) for syllable in part.syllables
        }

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return the spans of the words found, in order, neighbours joined.

        Neighbouring words of the question count everywhere, its other words where no such
        neighbours hold them; single syllables, which occur everywhere, only as a last resort.

        >>> from search_app.query import read_question
        >>> question = read_question("tỷ lệ hộ nghèo", 99)
        >>> [s.of("Tỉ lệ hộ nghèo còn 2%") for s in Highlighter(question).spans("Tỉ lệ hộ nghèo")]
        ['Tỉ lệ hộ nghèo']
        """
        analysis = analyse(text)
        pairs = [pair for pair in analysis.pairs if pair.form in self._pairs]
        covered = {form for pair in pairs for form in pair.form.split(" ")}
        words = [
            word
            for word in analysis.words
            if word.form in self._words and not covered.issuperset(word.form.split("_"))
        ]
        found = [term.span for term in (*pairs, *words)]
        if not found:
            found = [term.span for term in analysis.syllables if term.form in self._syllables]
        return tuple(_join(found, text))


def _join(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield the spans in order; those that touch or have only white space between are one."""
    current: Span | None = None
    for span in sorted(spans):
        if current is not None and not text[current.end : span.start].strip():
            current = Span(current.start, max(current.end, span.end))
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current
