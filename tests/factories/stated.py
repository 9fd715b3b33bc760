"""Facts made by hand in small reports, for what compares them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from indexer.models import Document, Fact, FactKind, Metadata, Period, Quantity, Shape, Span
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from search_app.cite import cite_quote
from search_app.comparing.inconsistencies import Placed
from search_app.comparing.terms import term_of
from search_app.facts import CitedFact

PLACE = "thị xã Bến Lội"
YEAR_2020 = Period("năm 2020", "2020-01-01", "2020-12-31", explicit=True)
END_2020 = Period("cuối năm 2020", "2020-12-31", "2020-12-31", explicit=True)
PAST = Period("", "2015-01-01", "2020-12-31")


def quantity(value: str, unit: str = "%", **changes: object) -> Quantity:
    """Return a quantity that stands nowhere: `97.3`, `19/28` or `12-13`."""
    at = Span(0, 0)
    first, ratio, whole = value.partition("/")
    first, dash, end = first.partition("-")
    shape = Shape.RATIO if ratio else Shape.RANGE if dash else Shape.SINGLE
    other = Decimal(whole or end) if whole or end else None
    known = {"unit": unit, "per": "", "qualifier": ""} | changes
    return Quantity(at, at, Decimal(first), other, shape, **known)  # type: ignore[arg-type]


def fact(value: str, kind: FactKind = FactKind.RESULT, **changes: object) -> Fact:
    """Return a fact that stands nowhere; `changes` go into the fact or its quantity."""
    amounts = {key: changes.pop(key) for key in ("unit", "per", "qualifier") if key in changes}
    known: dict[str, object] = {
        "indicator": "ty-le-mai-ngoi",
        "name": "tỷ lệ mái ngói",
        "period": PAST,
        "place": PLACE,
        **changes,
    }
    at = Span(0, 0)
    amount = quantity(value, **amounts)  # type: ignore[arg-type]
    return Fact("d:p0001", amount, at, at, kind=kind, **known)  # type: ignore[arg-type]


def report(text: str, term: str = "2020-2025", source: str = "bl.txt") -> Document:
    """Return a report of the place with this text."""
    built = build_document(read_text(text), source, source.encode().hex().ljust(64, "0"))
    metadata = Metadata(title="Báo cáo", place=PLACE, term=term, date=f"{term[:4]}-07-01")
    return replace(built, metadata=metadata)


def placed(document: Document, written: str, stated: Fact, **changes: object) -> Placed:
    """Return a fact at the words of a report that write its value ("97,3%")."""
    start = document.text.index(written)
    span = Span(start, start + len(written))
    passage = next(p for p in document.passages if p.span.holds(span) and not p.heading)
    there = replace(
        stated,
        passage_id=passage.id,
        quantity=replace(stated.quantity, span=span, number=span),
        clause=passage.span,
        quote=passage.span,
    )
    cited = CitedFact(there, document, cite_quote(document, passage, passage.span))
    known = {"known_as": "tỷ lệ mái ngói"} | changes
    return Placed(cited, term_of(there, document.metadata.term), **known)  # type: ignore[arg-type]
