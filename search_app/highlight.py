"""Which words of a passage were asked for, computed by our own analysis on the original text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from indexer.models import Analysis, Span
from indexer.text.analysis import analyse, forms
from search_app.understand import Understanding


class Highlighter:
    """Finds the words of one question, and what they were expanded to, in any text."""

    def __init__(self, meaning: Understanding, phrases: Sequence[str] = ()) -> None:
        content = {meaning.form(index) for index in meaning.content}
        runs = [forms(phrase) for phrase in phrases]
        expanded = [forms(expansion.to_text) for expansion in meaning.expansions]
        self._runs: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for run in (*runs, *expanded):
            if len(run) > 1:
                self._runs[run[0]].add(run)
        self._pairs = {
            pair.form for pair in meaning.analysis.pairs if content & set(pair.form.split(" "))
        }
        self._syllables = content | {run[0] for run in (*runs, *expanded) if len(run) == 1}
        self._words = self._syllables | {
            word.form for word in meaning.analysis.words if content & set(word.form.split("_"))
        }

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return the spans of the words found, in order, neighbours joined.

        Neighbouring words of the question count everywhere, its other words where no such
        neighbours hold them; single syllables, which occur everywhere, only as a last resort.

        >>> from search_app.understand import Knowledge, understand
        >>> highlighter = Highlighter(understand("tỷ lệ hộ nghèo", Knowledge()))
        >>> text = "Tỉ lệ hộ nghèo còn 2%"
        >>> [span.of(text) for span in highlighter.spans(text)]
        ['Tỉ lệ hộ nghèo']
        """
        analysis = analyse(text)
        runs = list(self._found_runs(analysis))
        pairs = [pair for pair in analysis.pairs if pair.form in self._pairs]
        covered = {form for pair in pairs for form in pair.form.split(" ")}
        words = [
            word
            for word in analysis.words
            if word.form in self._words and not covered.issuperset(word.form.split("_"))
        ]
        found = [*runs, *(term.span for term in (*pairs, *words))]
        if not found:
            found = [term.span for term in analysis.syllables if term.form in self._syllables]
        return tuple(_join(found, text))

    def _found_runs(self, analysis: Analysis) -> Iterator[Span]:
        syllables = analysis.syllables
        for start, first in enumerate(syllables):
            for run in self._runs.get(first.form, ()):
                if start + len(run) > len(syllables):
                    continue
                piece = syllables[start : start + len(run)]
                together = piece[-1].position - piece[0].position == len(run) - 1
                if together and tuple(term.form for term in piece) == run:
                    yield Span(piece[0].span.start, piece[-1].span.end)


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
