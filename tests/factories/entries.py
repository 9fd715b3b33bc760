"""Entries from plain text, with an analysis that a test can do in its head.

Tokens are split at spaces and lower-cased; "tỷ_lệ" is one word of two syllables, and every two
neighbouring syllables are a pair.
"""

from __future__ import annotations

import re

from indexer.models import Analysis, Entry, PassageKind, Span, Term


def analysis(text: str) -> Analysis:
    syllables = tuple(
        Term(found.group().lower(), position, Span(*found.span()))
        for position, found in enumerate(re.finditer(r"[^\s_]+", text))
    )
    return Analysis(syllables, _words(text, syllables), _pairs(syllables))


def _words(text: str, syllables: tuple[Term, ...]) -> tuple[Term, ...]:
    positions = {syllable.span.start: syllable.position for syllable in syllables}
    return tuple(
        Term(found.group().lower(), positions[found.start()], Span(*found.span()))
        for found in re.finditer(r"\S+", text)
    )


def _pairs(syllables: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(
        Term(f"{a.form} {b.form}", a.position, Span(a.span.start, b.span.end))
        for a, b in zip(syllables, syllables[1:], strict=False)
    )


def entry(
    passage_id: str,
    text: str = "",
    *,
    heading: str = "",
    kind: PassageKind = PassageKind.BODY,
    place: str = "",
    term: str = "",
    year: str = "",
    section: str = "",
    linked: str = "",
    traits: tuple[str, ...] = (),
) -> Entry:
    """Make an entry; its document is what stands before the colon of its id."""
    return Entry(
        passage_id=passage_id,
        document_id=passage_id.partition(":")[0],
        kind=kind,
        place=place,
        term=term,
        year=year,
        section=section,
        analysis=analysis(text),
        heading=analysis(heading).syllables,
        linked=analysis(linked).syllables,
        traits=traits,
    )
