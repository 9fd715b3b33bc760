"""A page of a kept original as a picture, to check by eye what was read from it."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import NotFound
from indexer.readers.page_images import as_png, is_image, open_images
from indexer.readers.pdf_file import open_pdf

DPI = 130
MAX_WIDTH = 1400
_MAX_PIXELS = 12_000_000
_HEAD = 1024


def page_picture(path: Path, number: int) -> bytes:
    """Return page `number` (from 1) of a PDF or image file as PNG.

    Raises NotFound when the file has no pages or fewer, UnreadableFile when it is damaged.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if is_image(head):
        with open_images(path) as images:
            _require(number, len(images))
            return as_png(*images.picture(number)[:3], MAX_WIDTH)
    if b"%PDF-" not in head:
        raise NotFound("Tài liệu này không có ảnh trang.", "Chỉ tệp PDF và ảnh có ảnh trang.")
    with open_pdf(path) as pdf:
        _require(number, len(pdf))
        return as_png(*pdf.picture(number, DPI, _MAX_PIXELS), MAX_WIDTH)


def _require(number: int, pages: int) -> None:
    if not 1 <= number <= pages:
        raise NotFound(
            f"Tài liệu không có trang {number}.", f"Tài liệu có {pages} trang, đếm từ 1."
        )
