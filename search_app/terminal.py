"""What the command line shows to people: lines of Vietnamese text."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from indexer.build import Progress
from indexer.catalogue import DocumentSummary
from indexer.models import Document, Resolution, Span
from indexer.reports import FileReport, IndexReport, ReadDocument
from indexer.sections import heading_line
from indexer.version_groups import VersionGroup, grouped
from indexer.versions import Version
from search_app.cite import document_name, names_of
from search_app.evaluate import Figures
from search_app.explain import explain as reasons
from search_app.explain import place_notes
from search_app.page_versions import percent
from search_app.reading_words import reading_words
from search_app.related import Related
from search_app.samples import samples_words
from search_app.search import FoundPassage, Result

_STATUS = {
    "added": "mới",
    "changed": "đã sửa",
    "unchanged": "không đổi",
    "removed": "đã bỏ",
    "failed": "LỖI",
    "unsupported": "chưa đọc được",
}
_RELATION = {"footnote": "chú thích", "anchor": "câu gọi chú thích"}
_STAGES = {"read": "Đọc tệp", "index": "Lập chỉ mục"}
_WIDTH = 96
_SHOWN_DIFFERENCES = 3
_SHOWN_NAMES = 5
_SHOWN_VERSIONS = 10


@contextmanager
def progress(*, shown: bool) -> Generator[Progress | None]:
    """Give a function that draws progress on the terminal; None when nothing is to be shown."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return

    def draw(stage: str, done: int, total: int, name: str) -> None:
        filled = 24 * done // total
        bar = "█" * filled + "░" * (24 - filled)
        line = f"{_STAGES[stage]} {bar} {done}/{total} {name}"
        click.echo("\r" + line[:_WIDTH].ljust(_WIDTH), nl=done == total, err=True)

    yield draw


def report_lines(report: IndexReport) -> Iterator[str]:
    """Yield a line a file and the totals."""
    for file in report.files:
        yield f"{_STATUS[file.status]:>13}  {file.source}{_file_counts(file)}"
        if file.error:
            yield f"{'':15}{file.error}"
        if file.same_as:
            yield f"{'':15}Trùng với `{file.same_as}`: một báo cáo, hai nguồn."
        if file.document is not None:
            yield from _conversions(file.document)
            yield from (f"{'':15}Lưu ý: {warning}" for warning in file.document.warnings)
            for label, why in file.document.unresolved:
                yield f"{'':15}Chú thích {label}: {why}"
    for name, members in report.archives:
        yield f"{'đã mở':>13}  {name}: {members} tệp"
    for group in grouped(report.versions):
        yield from group_lines(group)
    if report.ignored:
        yield f"{'bỏ qua':>13}  {', '.join(report.ignored)}"
    for root in report.lost_roots:
        yield f"{'Lưu ý':>13}  `{root}` không còn; báo cáo của nó vẫn được giữ."
        yield f"{'':15}Muốn bỏ hẳn: vankien forget {root}"
    if report.samples is not None:
        yield f"{'Lưu ý':>13}  {samples_words(report.samples)}"
    yield (
        f"{report.seen} tệp ({_totals(report)}), {report.documents} báo cáo{_made_up(report)}, "
        f"{report.passages} đoạn tìm được "
        f"(đề mục được tìm qua các đoạn ở dưới), "
        f"{report.problems} tệp có vấn đề, {report.seconds:.1f} giây."
    )


def _totals(report: IndexReport) -> str:
    counts = (
        (report.count("added", "changed"), "đã đọc"),
        (report.count("unchanged"), "không đổi"),
        (report.count("failed"), "lỗi"),
        (report.count("unsupported"), "chưa đọc được"),
    )
    same = f"; {report.duplicates} tệp trùng nội dung" if report.duplicates else ""
    return " + ".join(f"{count} {word}" for count, word in counts) + same


def _made_up(report: IndexReport) -> str:
    """Return how the number of reports follows from that of the files that were read."""
    read = report.count("added", "changed", "unchanged")
    if read == report.documents:
        return ""
    parts = [f"{read} tệp đọc được"]
    if report.duplicates:
        parts.append(f"− {report.duplicates} tệp trùng nội dung")
    if report.others:
        parts.append(f"+ {report.others} báo cáo có từ trước")
    return f" (= {' '.join(parts)})"


def group_lines(group: VersionGroup) -> Iterator[str]:
    """Yield in words which reports are nearly the same; of two of them also what differs."""
    if group.only is not None:
        yield from version_lines(group.only)
        return
    least, most = (f"{share:.2f}".replace(".", ",") for share in group.shares)
    names = ", ".join(group.sources[:_SHOWN_NAMES])
    more = len(group.sources) - _SHOWN_NAMES
    others = f" và {more} báo cáo nữa" if more > 0 else ""
    count = len(group.sources)
    yield f"{'gần giống':>13}  {count} báo cáo ({least} đến {most}): {names}{others}"


def version_lines(version: Version) -> Iterator[str]:
    """Yield in words which two reports are nearly the same, and the first places that differ."""
    found = version.comparison
    share = f"{found.share:.2f}".replace(".", ",")
    same = "cùng nội dung" if not found.count else f"khác {found.count} chỗ"
    yield f"{'gần giống':>13}  {version.source} và {version.other} ({share}): {same}"
    for each in found.differences[:_SHOWN_DIFFERENCES]:
        yield f"{'':15}“{each.before}” → “{each.after}”"


def _file_counts(file: FileReport) -> str:
    document = file.document
    if document is None:
        return ""
    notes = [
        f"{file.footnotes(how)} {word}"
        for how, word in (
            (Resolution.MARKED, "theo dấu"),
            (Resolution.ALIGNED, "theo thứ tự"),
            (Resolution.NESTED, "lồng nhau"),
            (Resolution.UNRESOLVED, "chưa rõ chỗ gọi"),
        )
        if file.footnotes(how)
    ]
    footnotes = f", chú thích: {', '.join(notes)}" if notes else ", không có chú thích"
    tables = f", {document.tables} bảng" if document.tables else ""
    values = f", {file.facts} số liệu" if file.facts else ""
    named = f", {file.references} chỗ dẫn văn bản" if file.references else ""
    counts = (f"{document.sections} mục", f"{document.passages} đoạn")
    parts = ", ".join((*reading_words(document), *counts))
    return f": {parts}{tables}{values}{named}{footnotes}"


def _conversions(document: ReadDocument) -> Iterator[str]:
    for each in document.conversions:
        sample = f"“{each.sample_before}” → “{each.sample_after}”"
        yield f"{'':15}Đã đổi {each.count} chỗ chữ kiểu {each.encoding}, ví dụ: {sample}"


def result_lines(
    result: Result, documents: Sequence[DocumentSummary], *, explain: bool
) -> Iterator[str]:
    """Yield the passages found with their evidence and citations."""
    yield from (f"Lưu ý: {note}" for note in result.question.notes)
    yield from place_notes(result)
    if explain:
        yield from _explanation(result)
    if not result.total:
        yield (
            f"Không tìm thấy: {len(documents)} báo cáo đã tìm không nói tới "
            f"“{result.request.text}”."
        )
        yield "Hãy thử ít từ hơn, bỏ bớt điều kiện lọc, hoặc dùng từ khác cùng nghĩa."
        return
    partial = result.total - result.complete
    yield f"{result.complete} đoạn có đủ các từ, {partial} đoạn có một phần."
    for rank, hit in enumerate(result.hits, start=result.request.offset + 1):
        yield ""
        yield from _hit(rank, hit)
        if explain:
            why = reasons(result.meaning, hit, result.question.phrases)
            yield from (f"   vì: {sentence}" for sentence in why)


def _explanation(result: Result) -> Iterator[str]:
    question = result.question
    yield f"Các từ: {question.free or '(không có)'}; cần ít nhất {result.query.minimum} âm tiết."
    if question.phrases:
        yield f"Cụm từ bắt buộc: {'; '.join(question.phrases)}"
    if question.excluded:
        yield f"Không được có: {'; '.join(question.excluded)}"
    for boost in result.query.boosts:
        yield f"  cộng điểm khi có “{' '.join(boost.forms).replace('_', ' ')}” ({boost.field})"


def _hit(rank: int, hit: FoundPassage) -> Iterator[str]:
    yield f"{rank}. {' › '.join(heading_line(section) for section in hit.path)}"
    yield from _wrapped(_marked(hit.text, hit.highlights), "   ")
    for link in hit.linked:
        label = f"{_RELATION[link.link.relation]} {link.link.label}"
        yield from _wrapped(f"[{label}] {_marked(link.text, link.highlights)}", "     ")
    yield f"   — {hit.citation}"
    yield f"   {hit.passage.id}"
    if hit.similar:
        yield f"   cũng có trong: {', '.join(hit.similar)}"


def passage_lines(found: FoundPassage) -> Iterator[str]:
    """Yield one passage with its evidence and citation."""
    yield " › ".join(heading_line(section) for section in found.path)
    yield from _wrapped(found.text, "")
    for link in found.linked:
        yield from _wrapped(
            f"[{_RELATION[link.link.relation]} {link.link.label}] {link.text}", "  "
        )
    yield f"— {found.citation}"


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


def _marked(text: str, highlights: Sequence[Span]) -> str:
    """Return a text with the words found in bold; plain when the terminal has no colours."""
    pieces: list[str] = []
    at = 0
    for span in highlights:
        pieces += [text[at : span.start], click.style(span.of(text), bold=True)]
        at = span.end
    return "".join([*pieces, text[at:]])


def _wrapped(text: str, indent: str) -> list[str]:
    flat = " ".join(text.split())
    return textwrap.wrap(
        flat, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )
