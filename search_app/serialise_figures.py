"""The figures that two reports both state, as rows of a table for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from indexer.errors import UsageError
from search_app.arguments import shortened
from search_app.comparing.rows import distinct_values
from search_app.export import Cell, Link, Row, table_csv, table_xlsx
from search_app.facts import KIND_NAMES, CitedFact
from search_app.figure_pairs import FigurePair
from search_app.page_figures import note_words
from search_app.serialise import passage_url

_ABOUT = ("Chỉ tiêu", "Loại", "Phần")
_OF_SIDE = (
    "Giá trị",
    "Đến, hoặc trên tổng số",
    "Mức",
    "Tăng giảm",
    "Đơn vị",
    "Tính theo",
    "Viết là",
    "Thời gian",
    "Trích dẫn",
    "Nguyên văn",
    "Liên kết",
)
_GAP = ("Chênh lệch", "Đơn vị chênh lệch", "Chênh lệch (%)", "Lưu ý")


def figures_file(
    pairs: Sequence[FigurePair], form: str, names: tuple[str, str], base: str = ""
) -> bytes:
    """Return the figures of two reports of these names as `csv` or `xlsx`.

    Raises UsageError for another format.
    """
    if form == "csv":
        return table_csv(figures_table(pairs, names, base))
    if form == "xlsx":
        return table_xlsx(figures_table(pairs, names, base), "So sánh hai báo cáo")
    raise UsageError(f"Không có dạng {shortened(form)!r}.", "Các dạng có: csv, xlsx.")


def figures_table(
    pairs: Sequence[FigurePair], names: tuple[str, str], base: str = ""
) -> Iterator[Row]:
    """Yield the headings, then a line for each pair of values; `base` begins the links."""
    yield (*_ABOUT, *(f"{what} ({name})" for name in names for what in _OF_SIDE), *_GAP)
    for pair in pairs:
        lefts, rights = ([same[0] for same in distinct_values(s)] for s in (pair.left, pair.right))
        for at, (left, right) in enumerate(zip_longest(lefts, rights)):
            about = (pair.name, KIND_NAMES[pair.kind], pair.part)
            # Only pairs of single values are subtracted: those have one line.
            gap = _gap(pair) if at == 0 else ("",) * len(_GAP)
            yield (*about, *_side(left, base), *_side(right, base), *gap)


def _side(cited: CitedFact | None, base: str) -> tuple[Cell, ...]:
    if cited is None:
        return ("",) * len(_OF_SIDE)
    fact = cited.fact
    quantity = fact.quantity
    return (
        quantity.value,
        quantity.other,
        quantity.qualifier,
        fact.direction,
        quantity.unit,
        quantity.per,
        quantity.span.of(cited.document.text),
        fact.period.text,
        cited.citation.text,
        cited.citation.quote,
        Link(base + passage_url(fact.passage_id)),
    )


def _gap(pair: FigurePair) -> tuple[Cell, ...]:
    if pair.gap is None:
        return ("", "", "", note_words(pair))
    percent = None if pair.gap.percent is None else round(pair.gap.percent, 1)
    unit = f"điểm {pair.gap.unit}" if pair.gap.percent is None and pair.gap.unit in "%‰" else ""
    return (pair.gap.amount, unit or pair.gap.unit, percent, note_words(pair))
