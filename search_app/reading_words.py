"""How a file was read, in words: its format, its encoding, its pages and what was recognised."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.models import Document, ocr_of
from indexer.reports import ReadDocument


def reading_words(document: Document | ReadDocument) -> Iterator[str]:
    """Yield short phrases; nothing is said of what a file does not have.

    >>> list(reading_words(Document("", "", "", "", format="txt", encoding="utf-8")))
    ['định dạng txt', 'bảng mã utf-8']
    """
    if document.format:
        yield f"định dạng {document.format}"
    if document.encoding:
        yield f"bảng mã {document.encoding}"
    if document.pages:
        yield f"{len(document.pages)} trang{_recognised(document)}"


def _recognised(document: Document | ReadDocument) -> str:
    """Return how much of a file was recognised from images, and how surely."""
    pages, confidence = ocr_of(document.pages)
    if not pages:
        return ""
    sure = "" if confidence is None else f", độ tin cậy {confidence} %"
    return f" ({pages} trang nhận dạng từ ảnh{sure})"
