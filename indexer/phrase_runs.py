"""Runs of words inside sentences: what stands together without a sign or a number between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

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

    def written(self, span: Span) -> str:
        """Return a range of syllables as it stands in the text."""
        start, end = self.syllables[span.start].span.start, self.syllables[span.end - 1].span.end
        return " ".join(self.text[start:end].split())

    def ngrams(self) -> Iterator[tuple[str, int, int]]:
        """Yield all words and all words side by side: forms, first syllable, the one after."""
        forms = [term.form for term in self.syllables]
        words = [(" ".join(forms[word.start : word.end]), word.end) for word in self.words]
        for index, word in enumerate(self.words):
            start, key = word.start, ""
            for added, end in words[index:]:
                if end - start > LONGEST:
                    break
                key = f"{key} {added}" if key else added
                yield key, start, end


def split_runs(text: str) -> Iterator[Run]:
    """Yield the runs of a text.

    >>> [run.written(word) for run in split_runs("Tỷ lệ hộ nghèo: 2%.") for word in run.words]
    ['Tỷ lệ', 'hộ', 'nghèo']
    """
    analysis = analyse(text)
    starts = {term.span.start for term in analysis.words}
    run: list[Term] = []
    first, after = True, ""
    for term, follower in zip_longest(analysis.syllables, analysis.syllables[1:]):
        run.append(term)
        goes_on = follower is not None and follower.position == term.position + 1
        says = goes_on and _is_number(follower)
        is_number = _is_number(term)
        if (
            goes_on
            and not says
            and not is_number
            and _joins(text[term.span.end : follower.span.start])
        ):
            continue
        if not is_number:
            yield _run(text, run, starts, begins=first, says=says, after=after)
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


def _joins(between: str) -> bool:
    return between == " " or _JOINTS.fullmatch(between) is not None


def _is_number(term: Term) -> bool:
    return term.form[0].isdigit()
