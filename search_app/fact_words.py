"""A stated value in words, as its report writes it."""

from __future__ import annotations

from indexer.models import Fact


def value_words(fact: Fact, text: str) -> str:
    """Return a value as the report with this text writes it, with the word that bounds it.

    A number in a table has its unit in another column, so it is added; and so is the year of a rate
    that stands before it ("mỗi năm giảm 1,5%").

    >>> from decimal import Decimal
    >>> from indexer.models import Document, Fact, FactKind, Period, Quantity, Span
    >>> at = Span(0, 3)
    >>> fact = Fact("d:p1", Quantity(at, at, Decimal("2.5"), unit="%", qualifier="dưới"), at, at,
    ...             "x", "x", FactKind.TARGET, Period())
    >>> value_words(fact, "2,5")
    'dưới 2,5%'
    """
    quantity = fact.quantity
    written = " ".join(quantity.span.of(text).split())
    bound = "" if quantity.qualifier.casefold() in written.casefold() else quantity.qualifier
    unit = quantity.unit if quantity.span == quantity.number else ""
    words = f"{written}{unit}" if unit == "%" else f"{written} {unit}".rstrip()
    words += _unwritten(quantity.per, words)
    if quantity.qualifier in ("trở lên", "trở xuống") and bound:
        return f"{words} {bound}"
    return " ".join(part for part in (bound, fact.direction, words) if part)


def _unwritten(per: str, written: str) -> str:
    """Return what a value is divided by where its words do not say it: `/năm`."""
    there = written.casefold()
    return "".join(f"/{part}" for part in per.split("/") if part and part.casefold() not in there)
