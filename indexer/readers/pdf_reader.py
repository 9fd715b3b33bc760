"""PDF files: with text, scanned, or both; every block and note knows its page."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from indexer.errors import ReadingError, UnreadableFile, UnsupportedFormat
from indexer.models import RawDocument
from indexer.readers.base import MAX_PAGES
from indexer.readers.legacy_runs import RunDecoder
from indexer.readers.ocr_pages import Picture, recognise, require_ocr
from indexer.readers.pdf_document import assemble
from indexer.readers.pdf_file import PdfFile, open_pdf
from indexer.readers.pdf_poppler import read_again
from indexer.readers.pdf_quality import decode, is_broken
from indexer.readers.pdf_words import PageWords

OCR_DPI = 300

_MAX_PIXELS = 40_000_000
_THREADS = 2
# A page of fewer characters has no text of its own; a scan may carry a stamp of more.
_FEW_LETTERS = 20
_STAMP_LETTERS = 200
_MAGIC = b"%PDF-"
_HEAD = 1024


class PdfReader:
    """Reads .pdf files."""

    name = "pdf"
    suffixes: tuple[str, ...] = (".pdf",)

    def __init__(self, max_pages: int = MAX_PAGES) -> None:
        self.max_pages = max_pages

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether the file begins as a PDF; some programs put a few bytes in front."""
        in_front = suffix.lower() in self.suffixes and _MAGIC in head[:_HEAD]
        return in_front or head.startswith(_MAGIC)

    def read(self, path: Path) -> RawDocument:
        """Return the blocks, notes and pages of the PDF file at `path`.

        Raises UnreadableFile when it is damaged, locked, has too many pages or no text,
        UnsupportedFormat when it is a scan and tesseract is missing.
        """
        with open_pdf(path) as file:
            refuse_many_pages(len(file), self.max_pages, path.name)
            pages = [file.page(number) for number in range(1, len(file) + 1)]
            reading = _Reading(path, file)
            pages = reading.better(pages)
            raw = assemble(pages, file.bookmarks())
        if not raw.blocks and not raw.notes:
            raise UnreadableFile(
                f"Không đọc được `{path.name}`: trong tệp không có chữ nào.",
                "Hãy mở tệp xem các trang có nội dung không.",
            )
        raw = replace(raw, warnings=(*raw.warnings, *reading.warnings))
        return reading.decoder.finish(raw)


def refuse_many_pages(pages: int, most: int, name: str) -> None:
    """Raise UnreadableFile when a file has more than `most` pages."""
    if pages > most:
        raise UnreadableFile(
            f"Không đọc được `{name}`: tệp có {pages} trang, quá giới hạn {most} trang.",
            "Hãy tách tệp hoặc tăng VANKIEN_MAX_PAGES.",
        )


class _Reading:
    """Finds the best text of every page: its own, that of another program, or recognised."""

    def __init__(self, path: Path, file: PdfFile) -> None:
        self._path = path
        self._file = file
        self.decoder = RunDecoder()
        self.warnings: list[str] = []
        self._lacking: ReadingError | None = None

    def better(self, pages: list[PageWords]) -> list[PageWords]:
        """Return the pages with text that can be believed, as far as there is any."""
        scans = [page.number for page in pages if _is_scan(page)]
        drawn = decode(pages, self.decoder)
        if is_broken([page for page in drawn if page.number not in scans]):
            drawn, broken = self._read_again(drawn)
            scans = [page.number for page in pages] if broken else scans
        return [_hidden_text(page) for page in self._recognised(drawn, scans)]

    def _read_again(self, pages: list[PageWords]) -> tuple[list[PageWords], bool]:
        """Return the pages as pdftotext reads them, and whether that is broken as well."""
        try:
            again = read_again(self._path, pages)
        except UnsupportedFormat as error:
            self._lacking = error
            self.warnings.append(str(error))
            return pages, True
        if again is None:
            return pages, True
        decoder = RunDecoder()
        again = decode(again, decoder)
        if is_broken(again):
            return pages, True
        self.decoder = decoder
        return again, False

    def _recognised(self, pages: list[PageWords], numbers: Sequence[int]) -> list[PageWords]:
        """Return the pages, those of these numbers as they look."""
        if not numbers:
            return pages
        try:
            require_ocr()
            with ThreadPoolExecutor(_THREADS) as pool:
                found = {page.number: page for page in pool.map(self._recognise, numbers)}
        except ReadingError as error:
            if all(page.number in numbers for page in pages):
                # The program that reads drawn text comes before that which recognises it.
                raise self._lacking or error from None
            listed = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
            self.warnings.append(f"Chưa đọc được chữ ở các trang ảnh {listed}: {error}")
            return pages
        return [found.get(page.number, page) for page in pages]

    def _recognise(self, number: int) -> PageWords:
        width, height, pixels = self._file.picture(number, OCR_DPI, _MAX_PIXELS)
        size = self._file.page_size(number)
        # As it was drawn: a page too large for the limit has fewer dots an inch.
        dpi = max(70, round(72 * width / max(1.0, size[0])))
        return recognise(Picture(width, height, pixels, dpi), number, self._path.name)


def _is_scan(page: PageWords) -> bool:
    return page.image and (
        page.letters < _FEW_LETTERS or (page.letters < _STAMP_LETTERS and not page.hidden)
    )


def _hidden_text(page: PageWords) -> PageWords:
    """Return the page, marked as recognised when its text lies unseen behind a scan."""
    return replace(page, ocr=True) if page.hidden and not page.ocr else page
