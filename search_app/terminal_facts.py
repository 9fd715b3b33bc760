"""The values that reports state, on the terminal: a table for each place, a citation under each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from indexer.models import Period
from search_app.facts import KIND_NAMES, CitedFact, FactList

_NAME, _VALUE, _KIND = 46, 20, 15


def fact_lines(found: FactList) -> Iterator[str]:
    """Yield how many facts there are, then each with its citation."""
    if not found.total:
        yield "Không có số liệu nào như vậy trong các báo cáo."
        yield "Hãy bỏ bớt điều kiện lọc, hoặc tìm trong lời văn bằng: vankien search"
        return
    shown = len(found.facts)
    yield f"{found.total} số liệu" + (f", in {shown}." if shown < found.total else ".")
    for place, facts in groupby(found.facts, key=lambda cited: cited.fact.place):
        yield ""
        yield place or "(chưa rõ địa phương)"
        for cited in facts:
            yield from _fact(cited)


def _fact(cited: CitedFact) -> Iterator[str]:
    fact = cited.fact
    columns = (
        _fit(fact.name, _NAME),
        _value(cited).ljust(_VALUE),
        KIND_NAMES[fact.kind].ljust(_KIND),
    )
    yield f"  {'  '.join(columns)}  {period_words(fact.period)}".rstrip()
    yield f"      — {cited.citation.text} ({fact.passage_id})"


def _value(cited: CitedFact) -> str:
    fact = cited.fact
    words = [fact.direction, fact.quantity.span.of(cited.document.text)]
    # "trên 5%", but "5% trở lên".
    after = fact.quantity.qualifier.startswith("trở ")
    words.insert(2 if after else 1, fact.quantity.qualifier)
    return " ".join(" ".join(words).split())


def period_words(period: Period) -> str:
    """Return a time as the report writes it; in brackets where it follows from the report alone.

    >>> period_words(Period("cuối năm 2020", "2020-12-31", "2020-12-31", explicit=True))
    'cuối năm 2020'
    >>> period_words(Period("", "2015-01-01", "2020-12-31"))
    '(2015-2020)'
    """
    years = "-".join(dict.fromkeys(day[:4] for day in (period.start, period.end) if day))
    if not period.text:
        return f"({years})" if years else ""
    return period.text if period.explicit else f"({period.text})"


def _fit(words: str, width: int) -> str:
    flat = " ".join(words.split())
    return (flat if len(flat) <= width else f"{flat[: width - 1]}…").ljust(width)
