"""How a file was read, in words: its format, its encoding, its pages and what was recognised."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.models import Document, ocr_of
from indexer.reports import ReadDocument
from search_app.languages import gettext as _
from search_app.languages import ngettext


def reading_words(document: Document | ReadDocument) -> Iterator[str]:
    """Yield short phrases; nothing is said of what a file does not have.

    >>> list(reading_words(Document("", "", "", "", format="txt", encoding="utf-8")))
    ['định dạng txt', 'bảng mã utf-8']
    """
    if document.format:
        yield _("định dạng %(format)s", format=document.format)
    if document.encoding:
        yield _("bảng mã %(encoding)s", encoding=document.encoding)
    if document.pages:
        count = ngettext("%(num)s trang", "%(num)s trang", len(document.pages))
        yield f"{count}{_recognised(document)}"


def _recognised(document: Document | ReadDocument) -> str:
    """Return how much of a file was recognised from images, and how surely."""
    pages, confidence = ocr_of(document.pages)
    if not pages:
        return ""
    words = ngettext("%(num)s trang nhận dạng từ ảnh", "%(num)s trang nhận dạng từ ảnh", pages)
    sure = "" if confidence is None else _(", độ tin cậy %(percent)s %%", percent=confidence)
    return f" ({words}{sure})"
