"""Which words of a passage were asked for, computed by our own analysis on the original text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from itertools import pairwise

from indexer.models import Span
from indexer.text.analysis import analyse, forms
from indexer.text.segment import split_sentences, split_syllables
from search_app.text_forms import forms_of
from search_app.understand import Understanding


class _Sentence:
    """A sentence of a text: where it stands, and the forms of its syllables."""

    def __init__(self, text: str, span: Span) -> None:
        self.span = span
        self.text = span.of(text)
        self.forms = forms_of(self.text)

    @cached_property
    def _syllables(self) -> tuple[Span, ...]:
        # Most sentences have nothing of what is looked for.
        return split_syllables(self.text)

    def part(self, start: int, end: int) -> Span:
        """Return where the syllables from one index to before another stand in the text."""
        whole = Span(self._syllables[start].start, self._syllables[end - 1].end)
        return whole.shift(self.span.start)


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
        pairs = (tuple(pair.form.split(" ")) for pair in meaning.analysis.pairs)
        self._pairs = {pair for pair in pairs if content.intersection(pair)}
        self._syllables = content | {run[0] for run in (*runs, *expanded) if len(run) == 1}
        words = {
            word.form for word in meaning.analysis.words if content & set(word.form.split("_"))
        }
        # By their parts: a sentence is only cut into words when it has all parts of one.
        self._words = {word: frozenset(word.split("_")) for word in self._syllables | words}

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
        sentences = [_Sentence(text, span) for span in split_sentences(text)]
        found: list[Span] = []
        covered: set[str] = set()
        for sentence in sentences:
            found += self._found_runs(sentence)
            for at, pair in enumerate(pairwise(sentence.forms)):
                if pair in self._pairs:
                    found.append(sentence.part(at, at + 2))
                    covered.update(pair)
        for sentence in sentences:
            found += self._found_words(sentence, covered)
        if not found:
            found = [
                sentence.part(at, at + 1)
                for sentence in sentences
                for at, form in enumerate(sentence.forms)
                if form in self._syllables
            ]
        return tuple(_join(found, text))

    def _found_runs(self, sentence: _Sentence) -> Iterator[Span]:
        there = sentence.forms if self._runs else ()
        for start, first in enumerate(there):
            for run in self._runs.get(first, ()):
                end = start + len(run)
                if there[start:end] == run:
                    yield sentence.part(start, end)

    def _found_words(self, sentence: _Sentence, covered: Set[str]) -> Iterator[Span]:
        """Yield the words of the question that no pair holds; mostly there is none to look for."""
        there = frozenset(sentence.forms)
        wanted = {
            word for word, parts in self._words.items() if parts <= there and not parts <= covered
        }
        if wanted:
            for word in analyse(sentence.text).words:
                if word.form in wanted:
                    yield word.span.shift(sentence.span.start)


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
