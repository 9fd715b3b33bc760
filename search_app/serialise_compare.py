"""Comparisons and contradictions as JSON and as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.errors import UsageError
from search_app.arguments import shortened
from search_app.compare import Comparison
from search_app.comparing.inconsistencies import Inconsistency
from search_app.comparing.rows import ComparisonRow
from search_app.export import Link, Row, table_csv, table_xlsx
from search_app.facts import KIND_NAMES, CitedFact
from search_app.serialise import passage_url
from search_app.serialise_facts import fact_json

Json = dict[str, Any]

COMPARISON_COLUMNS = (
    "Chỉ tiêu",
    "Địa phương",
    "Nhiệm kỳ",
    "Phần",
    "Loại",
    "Giá trị",
    "Đến, hoặc trên tổng số",
    "Mức",
    "Tăng giảm",
    "Đơn vị",
    "Tính theo",
    "Viết là",
    "Thời gian",
    "Đạt chỉ tiêu",
    "Vì sao",
    "Trích dẫn",
    "Nguyên văn",
    "Liên kết",
)
_REACHED = {True: "đạt", False: "không đạt", None: "chưa rõ"}


def comparison_json(comparison: Comparison) -> Json:
    """Return one indicator across reports."""
    return {
        "indicator": comparison.indicator,
        "name": comparison.name,
        "unit": comparison.unit or None,
        "better": comparison.better or None,
        "rows": [_row_json(row) for row in comparison.rows],
        "inconsistencies": [inconsistency_json(one) for one in comparison.inconsistencies],
        "others": [{"indicator": one.slug, "name": one.name} for one in comparison.others],
        "message": comparison.message or None,
    }


def _row_json(row: ComparisonRow) -> Json:
    return {
        "place": row.place,
        "term": row.term or None,
        "part": row.part or None,
        "baseline": [fact_json(cited) for cited in row.baseline],
        "target": [fact_json(cited) for cited in row.target],
        "result": [fact_json(cited) for cited in row.result],
        "share_of_target": [fact_json(cited) for cited in row.share_of_target],
        "reached": row.verdict.reached,
        "reason": row.verdict.reason or None,
        "missing": row.missing or None,
    }


def inconsistency_json(found: Inconsistency) -> Json:
    """Return a contradiction with all its sides."""
    return {
        "indicator": found.indicator,
        "name": found.name,
        "place": found.place,
        "term": found.term or None,
        "kind": found.kind.value,
        "facts": [fact_json(cited) for cited in found.facts],
    }


def comparison_file(comparison: Comparison, form: str, base: str = "") -> bytes:
    """Return a comparison as a file of the format `csv` or `xlsx`, a line for each value.

    Raises UsageError for another format.
    """
    if form == "csv":
        return table_csv(comparison_table(comparison, base))
    if form == "xlsx":
        return table_xlsx(comparison_table(comparison, base), "So sánh")
    raise UsageError(f"Không có dạng {shortened(form)!r}.", "Các dạng có: json, csv, xlsx.")


def comparison_table(comparison: Comparison, base: str = "") -> Iterator[Row]:
    """Yield the headings, then a line for each value; `base` begins the links."""
    yield COMPARISON_COLUMNS
    for row in comparison.rows:
        for cited in (*row.baseline, *row.target, *row.result, *row.share_of_target):
            yield _line(comparison.name, row, cited, base)


def _line(name: str, row: ComparisonRow, cited: CitedFact, base: str) -> Row:
    fact = cited.fact
    quantity = fact.quantity
    return (
        name,
        row.place,
        row.term,
        row.part,
        KIND_NAMES[fact.kind],
        quantity.value,
        quantity.other,
        quantity.qualifier,
        fact.direction,
        quantity.unit,
        quantity.per,
        quantity.span.of(cited.document.text),
        fact.period.text,
        _REACHED[row.verdict.reached],
        row.verdict.reason or row.missing,
        cited.citation.text,
        cited.citation.quote,
        Link(base + passage_url(fact.passage_id)),
    )
