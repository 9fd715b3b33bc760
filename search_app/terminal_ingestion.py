"""What the command line shows of an indexing run: its progress, and what became of each file."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from time import perf_counter

import click

from indexer.build import Progress
from indexer.models import Resolution
from indexer.reports import FileReport, IndexReport, ReadDocument
from indexer.version_groups import VersionGroup, grouped
from indexer.versions import Version
from search_app.reading_words import reading_words
from search_app.samples import samples_words

_STATUS = {
    "added": "mới",
    "changed": "đã sửa",
    "unchanged": "không đổi",
    "removed": "đã bỏ",
    "failed": "LỖI",
    "unsupported": "chưa đọc được",
}
_STAGES = {"read": "Đọc tệp", "index": "Lập chỉ mục"}
_WIDTH = 96
_SHOWN_DIFFERENCES = 3
_SHOWN_NAMES = 5
# The pace of the first second says little of the rest.
_SURE_SECONDS = 1.0


@contextmanager
def progress(*, shown: bool) -> Generator[Progress | None]:
    """Give a function that draws progress on the terminal; None when nothing is to be shown."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return

    pace = _Pace()

    def draw(stage: str, done: int, total: int, name: str) -> None:
        filled = 24 * done // total
        bar = "█" * filled + "░" * (24 - filled)
        line = f"{_STAGES[stage]} {bar} {done}/{total}{pace.told(stage, done, total)} {name}"
        click.echo("\r" + line[:_WIDTH].ljust(_WIDTH), nl=done == total, err=True)

    yield draw


class _Pace:
    """How fast a stage goes, and how long it will take at that pace."""

    def __init__(self) -> None:
        self._stage = ""
        self._last = self._began = perf_counter()

    def told(self, stage: str, done: int, total: int) -> str:
        """Return reports a second and the time left, nothing before either can be known."""
        now = perf_counter()
        if stage != self._stage:
            self._stage, self._began = stage, self._last
        self._last = now
        seconds = now - self._began
        if seconds < _SURE_SECONDS or not done:
            return ""
        left = round(seconds / done * (total - done))
        rate = f"{done / seconds:.1f}".replace(".", ",")
        return f", {rate} tệp/giây, còn {left // 60}:{left % 60:02}"


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
