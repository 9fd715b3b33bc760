"""Images of pages (.png, .jpg, .tif, .webp): their text is recognised, and marked as such."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.models import RawDocument
from indexer.readers.base import MAX_PAGES
from indexer.readers.ocr_pages import Picture, recognise, require_ocr
from indexer.readers.page_images import SUFFIXES, is_image, open_images
from indexer.readers.pdf_document import assemble
from indexer.readers.pdf_reader import refuse_many_pages


class OcrReader:
    """Reads images; a TIFF may hold many pages."""

    name = "image"
    suffixes: tuple[str, ...] = SUFFIXES

    def __init__(self, max_pages: int = MAX_PAGES) -> None:
        self.max_pages = max_pages

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether the file begins as an image of a known kind."""
        return is_image(head)

    def read(self, path: Path) -> RawDocument:
        """Return the recognised blocks and notes of the image at `path`.

        Raises UnreadableFile when it is damaged, too large or has no text, UnsupportedFormat
        when tesseract is missing.
        """
        require_ocr()
        with open_images(path) as images:
            refuse_many_pages(len(images), self.max_pages, path.name)
            pages = []
            for number in range(1, len(images) + 1):
                picture = Picture(*images.picture(number))
                pages.append(recognise(picture, number, path.name))
        raw = assemble(pages, {})
        if not raw.blocks and not raw.notes:
            raise UnreadableFile(
                f"Không đọc được `{path.name}`: không nhận dạng được chữ nào trong ảnh.",
                "Hãy kiểm tra ảnh có chữ và đủ nét (300 dpi).",
            )
        return raw
