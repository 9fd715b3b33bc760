"""Facts as JSON and as the rows of a table, as `docs/api.md` describes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from indexer.errors import UsageError
from indexer.models import Quantity, Shape, Span
from search_app.arguments import shortened
from search_app.export import Cell, Link, Row, table_csv, table_xlsx
from search_app.facts import KIND_NAMES, CitedFact, FactList
from search_app.serialise import citation_json, passage_url

Json = dict[str, Any]

_JOINTS = {Shape.RATIO: "/", Shape.RANGE: "-"}

FACT_COLUMNS = (
    "Chỉ tiêu",
    "Giá trị",
    "Trên tổng số, hoặc đến",
    "Đơn vị",
    "Tính theo",
    "Mức",
    "Loại",
    "Tăng giảm",
    "Viết là",
    "Thời gian",
    "Từ ngày",
    "Đến ngày",
    "Địa phương",
    "Trong mục",
    "Nhiệm kỳ",
    "Trích dẫn",
    "Nguyên văn",
    "Liên kết",
    "Mã chỉ tiêu",
)


def facts_json(found: FactList) -> Json:
    """Return one page of facts."""
    return {
        "facts": [fact_json(cited) for cited in found.facts],
        "total": found.total,
        "limit": found.request.limit,
        "offset": found.request.offset,
    }


def fact_json(cited: CitedFact) -> Json:
    """Return a fact with its citation; what the report does not say is null."""
    fact = cited.fact
    return {
        "indicator": fact.indicator,
        "name": fact.name,
        "value": value_text(fact.quantity),
        "value_text": fact.quantity.span.of(cited.document.text),
        "value_span": _span(fact.quantity.span),
        "unit": fact.quantity.unit or None,
        "per": fact.quantity.per or None,
        "qualifier": fact.quantity.qualifier or None,
        "direction": fact.direction or None,
        "parent": fact.parent or None,
        "period": {
            "text": fact.period.text,
            "start": fact.period.start or None,
            "end": fact.period.end or None,
            "explicit": fact.period.explicit,
        },
        "place": fact.place or cited.document.metadata.place,
        "kind": fact.kind.value,
        "citation": citation_json(cited.citation),
    }


def value_text(quantity: Quantity) -> str:
    """Return a value for programs: a decimal with a dot, a ratio or a range.

    >>> from decimal import Decimal
    >>> at = Span(0, 0)
    >>> value_text(Quantity(at, at, Decimal("2.5")))
    '2.5'
    >>> value_text(Quantity(at, at, Decimal(19), Decimal(28), Shape.RATIO))
    '19/28'
    """
    if quantity.other is None:
        return f"{quantity.value:f}"
    return f"{quantity.value:f}{_JOINTS.get(quantity.shape, '-')}{quantity.other:f}"


def fact_rows(found: FactList, base: str = "") -> Iterator[Row]:
    """Yield the headings of a table of facts, then a row for each; `base` begins its links."""
    yield FACT_COLUMNS
    for cited in found.facts:
        yield _row(cited, base)


def facts_file(found: FactList, form: str, base: str = "") -> bytes:
    """Return facts as a file of the format `csv` or `xlsx`. Raises UsageError for another."""
    if form == "csv":
        return table_csv(fact_rows(found, base))
    if form == "xlsx":
        return table_xlsx(fact_rows(found, base))
    raise UsageError(f"Không có dạng {shortened(form)!r}.", "Các dạng có: json, csv, xlsx.")


def _row(cited: CitedFact, base: str) -> tuple[Cell, ...]:
    fact, metadata = cited.fact, cited.document.metadata
    quantity = fact.quantity
    return (
        fact.name,
        quantity.value,
        quantity.other,
        quantity.unit,
        quantity.per,
        quantity.qualifier,
        KIND_NAMES[fact.kind],
        fact.direction,
        quantity.span.of(cited.document.text),
        fact.period.text,
        _date(fact.period.start),
        _date(fact.period.end),
        fact.place or metadata.place,
        fact.parent,
        metadata.term,
        cited.citation.text,
        cited.citation.quote,
        Link(base + passage_url(fact.passage_id)),
        fact.indicator,
    )


def _date(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _span(span: Span) -> list[int]:
    return [span.start, span.end]
