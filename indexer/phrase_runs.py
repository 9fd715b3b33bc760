"""Runs of words inside sentences: what stands together without a sign or a number between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.models import Span, Term
from indexer.text.analysis import analyse

# One syllable more than is offered, so that a phrase cut off at the limit is seen as a part.
LONGEST = 8
_JOINTS = re.compile(r"\s*[-–]?\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words without a sign or number between them. `words` are ranges of `syllables`."""

    text: str
    syllables: tuple[Term, ...]
    words: tuple[Span, ...]
    begins: bool  # a sentence begins here
    says: bool  # a number follows
    after: str  # the form that stands before it in the sentence

    def forms(self, span: Span) -> str:
        """Return the forms of a range of syllables."""
        return " ".join(term.form for term in self.syllables[span.start : span.end])

    def written(self, span: Span) -> str:
        """Return a range of syllables as it stands in the text."""
        start, end = self.syllables[span.start].span.start, self.syllables[span.end - 1].span.end
        return " ".join(self.text[start:end].split())

    def ngrams(self) -> Iterator[Span]:
        """Yield the ranges of syllables of all words and all words side by side."""
        for index, word in enumerate(self.words):
            for last in self.words[index:]:
                if last.end - word.start > LONGEST:
                    break
                yield Span(word.start, last.end)


def split_runs(text: str) -> Iterator[Run]:
    """Yield the runs of a text.

    >>> [run.written(word) for run in split_runs("Tỷ lệ hộ nghèo: 2%.") for word in run.words]
    ['Tỷ lệ', 'hộ', 'nghèo']
    """
    analysis = analyse(text)
    starts = {term.span.start for term in analysis.words}
    run: list[Term] = []
    first, after = True, ""
    syllables = analysis.syllables
    for index, term in enumerate(syllables):
        run.append(term)
        follower = syllables[index + 1] if index + 1 < len(syllables) else None
        goes_on = follower is not None and follower.position == term.position + 1
        between = text[term.span.end : follower.span.start] if follower and goes_on else ""
        number = goes_on and follower is not None and follower.form[0].isdigit()
        if goes_on and not number and _JOINTS.fullmatch(between) and not _is_number(term):
            continue
        if not _is_number(term):
            yield _run(text, run, starts, begins=first, says=number, after=after)
        first, after = not goes_on, term.form if goes_on else ""
        run = []


def _run(
    text: str, run: Sequence[Term], starts: set[int], *, begins: bool, says: bool, after: str
) -> Run:
    edges = [index for index, term in enumerate(run) if index == 0 or term.span.start in starts]
    words = tuple(
        Span(start, end) for start, end in zip(edges, [*edges[1:], len(run)], strict=True)
    )
    return Run(text, tuple(run), words, begins, says, after)


def _is_number(term: Term) -> bool:
    return term.form[0].isdigit()
