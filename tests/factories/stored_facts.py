"""Facts of the documents that `factories.documents` makes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from indexer.models import Document, Fact, FactKind, Period, Quantity, Reference, Span

END_OF_2020 = Period("cuối năm 2020", "2020-12-31", "2020-12-31", explicit=True)


def make_fact(document: Document, written: str = "2,5%", **changes: object) -> Fact:
    """Return a fact about the first place where the document says `written` (number, unit).

    `changes` replace fields of the fact; those of its quantity are named as there.
    """
    start = document.text.index(written)
    passage = next(p for p in document.passages if p.span.start <= start < p.span.end)
    digits = written.rstrip(" %đồngtỷhaxã")
    quantity = Quantity(
        span=Span(start, start + len(written)),
        number=Span(start, start + len(digits)),
        value=Decimal(digits.replace(".", "").replace(",", ".")),
        unit=written[len(digits) :].strip(),
    )
    of_quantity = {name: changes.pop(name) for name in Quantity.__slots__ if name in changes}
    fact = Fact(
        passage_id=passage.id,
        quantity=replace(quantity, **of_quantity),  # type: ignore[arg-type]
        clause=passage.span,
        quote=passage.span,
        indicator="ty-le-ho-ngheo",
        name="Tỷ lệ hộ nghèo",
        kind=FactKind.RESULT,
        period=END_OF_2020,
        place=document.metadata.place,
    )
    return replace(fact, **changes)  # type: ignore[arg-type]


def with_facts(document: Document, *facts: Fact) -> Document:
    """Return the document with these facts and one reference."""
    number = "12/QĐ-UBND"
    start = document.text.index(number)
    passage = next(p for p in document.passages if p.span.start <= start < p.span.end)
    reference = Reference(
        passage.id, Span(start, start + len(number)), "Quyết định", number, number.lower()
    )
    return replace(document, facts=facts, references=(reference,))
