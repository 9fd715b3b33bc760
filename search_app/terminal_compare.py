"""One indicator across reports, on the terminal: a block for each place and term."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from search_app.answer_terms import period_words
from search_app.compare import Comparison
from search_app.comparing.inconsistencies import Inconsistency
from search_app.comparing.rows import ComparisonRow, distinct_values
from search_app.fact_words import value_words
from search_app.facts import KIND_NAMES, CitedFact

_WIDTH = 96
_REACHED = {True: "đạt chỉ tiêu", False: "không đạt chỉ tiêu", None: "chưa kết luận được"}


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the indicator, its rows with citations, and what contradicts itself."""
    unit = f" ({comparison.unit})" if comparison.unit else ""
    yield f"{comparison.name}{unit}: {len(comparison.rows)} dòng so sánh"
    if comparison.message:
        yield from textwrap.wrap(comparison.message, _WIDTH)
    for row in comparison.rows:
        yield ""
        yield from _row(row)
    for found in comparison.inconsistencies:
        yield ""
        yield from inconsistency_lines(found)


def inconsistency_lines(found: Inconsistency) -> Iterator[str]:
    """Yield what contradicts itself, each side with its citation."""
    where = ", ".join(part for part in (found.place, found.term) if part)
    yield f"KHÔNG KHỚP  {where}: {found.name} ({KIND_NAMES[found.kind]})"
    for cited in found.facts:
        yield from _cell("nêu", (cited,))


def _row(row: ComparisonRow) -> Iterator[str]:
    part = f" – {row.part}" if row.part else ""
    yield f"{row.place or '(chưa rõ địa phương)'}, {row.term or '(chưa rõ nhiệm kỳ)'}{part}"
    cells: Sequence[tuple[str, tuple[CitedFact, ...]]] = (
        ("đầu kỳ", row.baseline),
        ("chỉ tiêu", row.target),
        ("kết quả", row.result),
        ("so với chỉ tiêu", row.share_of_target),
    )
    for name, facts in cells:
        for same in distinct_values(facts):
            yield from _cell(name, same)
    if row.missing:
        yield f"  {row.missing}"
    if row.verdict.reached is not None or row.verdict.reason:
        reason = f" ({row.verdict.reason})" if row.verdict.reason else ""
        yield f"  → {_REACHED[row.verdict.reached]}{reason}"


def _cell(name: str, same: Sequence[CitedFact]) -> Iterator[str]:
    """Yield a value once, with every place that states it."""
    first = next((cited for cited in same if cited.fact.period.explicit), same[0])
    period = period_words(first.fact.period)
    words = value_words(first.fact, first.document.text)
    yield f"  {name.ljust(16)}{words.ljust(24)}{period}".rstrip()
    for cited in same:
        yield f"      — {cited.citation.text} ({cited.fact.passage_id})"
