"""Real PDF files for tests: printed by LibreOffice where it is, else the test is skipped."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.errors import UnsupportedFormat
from indexer.readers.ocr_pages import require_ocr
from indexer.readers.pdf_words import Word
from indexer.readers.programs import find_program


def need_soffice() -> Path:
    """Return the path of LibreOffice; skip without it, fail where it must be."""
    found = find_program("soffice")
    return found if found is not None else _lacks("LibreOffice")


def need_pdftotext() -> None:
    """Skip without pdftotext, fail where it must be."""
    if find_program("pdftotext") is None:
        _lacks("pdftotext")


def need_tesseract() -> None:
    """Skip without tesseract and its Vietnamese data, fail where they must be."""
    try:
        require_ocr()
    except UnsupportedFormat as error:
        _lacks(str(error))


def _lacks(what: str) -> Path:
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing: {what}")
    pytest.skip(f"missing: {what}")


def empty_pdf(pages: int) -> bytes:
    """Return a PDF of so many blank pages."""
    kids = " ".join(f"{3 + at} 0 R" for at in range(pages))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    objects.append(f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode())
    return _file(objects + [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * pages)


def drawn_pdf(
    contents: Sequence[str],
    *,
    page: str = "/MediaBox[0 0 595 842]",
    font: str = "ABCDEF+.VnTime",
    wide: int = 750,
) -> bytes:
    """Return a PDF whose pages are drawn by these operators, with the old font /F.

    Every letter of it is `wide` thousandths of the size. `page` are entries of each page.
    """
    widths = " ".join([str(wide)] * 224)
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>".encode(),
        f"<</Type/Font/Subtype/TrueType/BaseFont/{font}/Encoding/WinAnsiEncoding"
        f"/FirstChar 32/LastChar 255/Widths[{widths}]/FontDescriptor 4 0 R>>".encode(),
        f"<</Type/FontDescriptor/FontName/{font}/Flags 32/MissingWidth {wide}>>".encode(),
    ]
    for at, content in enumerate(contents):
        stream = content.encode("cp1252")
        objects.append(
            f"<</Type/Page/Parent 2 0 R{page}/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {6 + 2 * at} 0 R>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for at, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (at, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + (head + tail).encode()


def row_of_words(text: str, base: float, left: float = 60, size: float = 12) -> list[Word]:
    """Return the words of a line, each letter half as wide as high."""
    words = []
    for part in text.split():
        right = left + 0.5 * size * len(part)
        words.append(Word(part, left, right, base, size, spaced=True))
        left = right + 0.3 * size
    return words
