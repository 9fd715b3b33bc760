"""What the command line shows of the reports that are stored, and of all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from indexer.models import Document
from search_app.cite import document_name, names_of
from search_app.page_versions import percent
from search_app.reading_words import reading_words
from search_app.related import Related

if TYPE_CHECKING:
    from indexer.catalogue import DocumentSummary
    from search_app.evaluate import Figures

_SHOWN_VERSIONS = 10


def document_lines(document: Document, beside: Related) -> Iterator[str]:
    """Yield a whole report as text, with what is known of it on top."""
    yield document_name(document)
    for name, value in _known(document):
        yield f"{name}: {value}"
    if len(beside.sources) > 1:
        yield f"Các tệp: {'; '.join(beside.sources)}"
    for each in beside.versions[:_SHOWN_VERSIONS]:
        found = each.version.comparison
        name = f"{each.document.id}  {document_name(each.document)} ({each.document.source})"
        yield f"Phiên bản khác: {name}, giống {percent(found.share)}, khác {found.count} chỗ"
    if (more := len(beside.versions) - _SHOWN_VERSIONS) > 0:
        yield f"Và {more} phiên bản khác nữa"
    yield ""
    yield document.text


def _known(document: Document) -> Iterator[tuple[str, str]]:
    metadata = document.metadata
    yield "Mã", document.id
    yield "Tệp", document.source
    for name, value in (
        ("Cách đọc", ", ".join(reading_words(document))),
        ("Cơ quan", metadata.issuer),
        ("Địa phương", ", ".join(part for part in (metadata.place, metadata.province) if part)),
        ("Nhiệm kỳ", metadata.term),
        ("Ngày", metadata.date),
        ("Người ký", metadata.signer),
    ):
        if value:
            yield name, value


def summary_lines(summaries: Sequence[DocumentSummary]) -> Iterator[str]:
    """Yield two lines a report."""
    if not summaries:
        yield "Chưa có báo cáo nào. Hãy chạy: vankien index THƯ_MỤC"
    names = names_of(summaries)
    for summary in summaries:
        yield f"{summary.id}  {names[summary.id]}"
        footnotes = summary.marked + summary.aligned + summary.unresolved
        yield (
            f"{'':14}{summary.source} · {summary.sections} mục, {summary.passages} đoạn, "
            f"{footnotes} chú thích ({summary.unresolved} chưa rõ), {summary.tables} bảng"
        )


def stats_lines(content: dict[str, Any]) -> Iterator[str]:
    """Yield the totals that `serialise.stats_json` counted."""
    footnotes = content["footnotes"]
    yield f"Báo cáo:     {content['documents']}"
    yield f"Mục:         {content['sections']}"
    yield f"Đoạn:        {content['passages']} ({content['findable']} đoạn tìm được)"
    yield f"Bảng:        {content['tables']}"
    yield (
        f"Chú thích:   {footnotes['marked']} theo dấu, {footnotes['aligned']} theo thứ tự, "
        f"{footnotes['nested']} lồng nhau, {footnotes['unresolved']} chưa rõ chỗ gọi"
    )
    yield f"Địa phương:  {', '.join(content['places']) or 'chưa rõ'}"
    yield f"Nhiệm kỳ:    {', '.join(content['terms']) or 'chưa rõ'}"


def evaluation_lines(figures: Figures, before: Mapping[str, float]) -> Iterator[str]:
    """Yield the figures of a run beside those of the run before, and the misses."""
    yield f"{figures.questions} câu hỏi"
    for name, value in figures.figures.items():
        change = f"  (lần trước {before[name]:.3f})" if name in before else ""
        yield f"{name:12} {value:.3f}{change}"
    for name, (found, asked) in figures.by_type.items():
        yield f"recall@5 {name:14} {found}/{asked}"
    yield from (f"trượt {miss}" for miss in figures.misses)
