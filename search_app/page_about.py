"""What is known of one report: who wrote it and when, and how its file was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.models import Document, Resolution, ocr_of
from search_app.languages import gettext as _
from search_app.languages import ngettext, vietnamese

_LISTED_PAGES = 12


def about(document: Document) -> tuple[tuple[str, str], ...]:
    """Return what is known of a report as pairs of a name and a value; the unknown is left out."""
    return tuple((name, value) for name, value in (*_facts(document), *_file(document)) if value)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The pages of a report that were recognised from images, by number.

    `words` says so with their mean confidence; `more` are pages that are not listed.
    """

    words: str
    pages: tuple[int, ...]
    more: int


def recognised(document: Document) -> Recognised | None:
    """Return what a reader must know of text that was recognised; None when none was."""
    count, confidence = ocr_of(document.pages)
    if not count:
        return None
    pages = [page.number for page in document.pages if page.ocr]
    words = (
        _("Chữ được máy nhận dạng từ ảnh")
        if count == len(document.pages)
        else ngettext(
            "Chữ của %(num)s trong %(pages)s trang được máy nhận dạng từ ảnh",
            "Chữ của %(num)s trong %(pages)s trang được máy nhận dạng từ ảnh",
            count,
            pages=len(document.pages),
        )
    )
    known = "" if confidence is None else _(", độ tin cậy %(percent)s %%", percent=confidence)
    return Recognised(
        f"{words}{known}", tuple(pages[:_LISTED_PAGES]), max(0, count - _LISTED_PAGES)
    )


def resolution_name(how: str) -> str:
    """Return how a note was found to belong to its mark, in the reader's language."""
    names: dict[Resolution, str] = {
        Resolution.MARKED: _("có dấu gọi trong tệp"),
        Resolution.ALIGNED: _("dấu gọi đã mất, ghép lại theo thứ tự"),
        Resolution.NESTED: _("gọi trong một chú thích khác"),
        Resolution.UNRESOLVED: _("chưa biết được gọi ở đâu"),
    }
    return names[Resolution(how)]


def written_date(value: str) -> str:
    """Return an ISO date as Vietnamese readers write it; anything else as it is.

    >>> written_date("2019-11-05"), written_date("2019")
    ('05/11/2019', '2019')
    """
    parts = value.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else value


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    known = document.metadata
    yield _("Cơ quan ban hành"), vietnamese(known.issuer)
    yield _("Địa phương"), vietnamese(", ".join(filter(None, (known.place, known.province))))
    yield _("Nhiệm kỳ"), known.term
    yield _("Đại hội lần thứ"), known.congress
    yield _("Ngày"), written_date(known.date)
    yield _("Dự thảo lần"), vietnamese(known.draft)
    yield _("Người ký"), vietnamese(known.signer)
    yield _("Nguồn"), vietnamese(known.origin)
    yield _("Giấy phép"), vietnamese(known.licence)


def _file(document: Document) -> Iterator[tuple[str, str]]:
    yield _("Tệp"), vietnamese(document.source)
    yield _("Loại tệp"), file_kind(document.source)
    yield _("Số trang"), str(len(document.pages) or "")
    yield _("Cách đọc"), "; ".join(_how_read(document))
    yield _("Chú thích"), "; ".join(_notes(document))


def file_kind(source: str) -> str:
    """Return the ending of a file's name; empty when it has none.

    >>> file_kind("2020/bao-cao.DOCX")
    'docx'
    """
    return PurePosixPath(source.replace("\\", "/")).suffix.lower().removeprefix(".")


def _how_read(document: Document) -> Iterator[str]:
    recognised = [page for page in document.pages if page.ocr]
    sure = [page.confidence for page in recognised if page.confidence is not None]
    if recognised:
        count = len(recognised)
        words = ngettext("%(num)s trang nhận dạng từ ảnh", "%(num)s trang nhận dạng từ ảnh", count)
        mean = sum(sure) // len(sure) if sure else 0
        known = _(", độ tin cậy %(percent)s %%", percent=mean) if sure else ""
        yield f"{words}{known}"
    if document.encoding:
        yield _("bảng mã %(encoding)s", encoding=document.encoding)
    if document.conversions:
        count = sum(conversion.count for conversion in document.conversions)
        yield ngettext(
            "%(num)s chỗ chữ kiểu cũ đã đổi sang Unicode",
            "%(num)s chỗ chữ kiểu cũ đã đổi sang Unicode",
            count,
        )


def _notes(document: Document) -> Iterator[str]:
    for how in Resolution:
        count = sum(note.how is how for note in document.footnotes)
        if count:
            yield f"{count} {resolution_name(how)}"
