"""Text that cannot be believed, pages that are pictures, and machines that lack a program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import UnsupportedFormat
from indexer.readers.pdf_file import PdfFile
from indexer.readers.pdf_reader import PdfReader
from indexer.readers.pdf_words import PageWords, Word
from indexer.readers.programs import find_program
from tests.bench import pdf as bench
from tests.factories.docx_reading import texts
from tests.indexer.readers.pdf_files import drawn_pdf, need_pdftotext, need_soffice
from tests.indexer.readers.test_pdf_drawn import WORDS, at

# A grey picture over the whole page, drawn by the page itself.
PICTURE = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x\nEI Q"


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "bao-cao.pdf"
    return bench.report().save_pdf(need_soffice(), path)


def lack(monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    """Make the system one that lacks these programs."""
    monkeypatch.setattr(
        "indexer.readers.programs.find_program",
        lambda program: None if program in programs else find_program(program),
    )


@pytest.fixture
def letters_apart(monkeypatch) -> None:
    """Let the first library see every letter alone, as it does where two fonts alternate."""
    whole = PdfFile.page

    def page(file: PdfFile, number: int) -> PageWords:
        found = whole(file, number)
        return replace(found, words=tuple(each for word in found.words for each in apart(word)))

    monkeypatch.setattr(PdfFile, "page", page)


def apart(word: Word) -> list[Word]:
    width = (word.right - word.left) / len(word.text)
    return [
        replace(word, text=letter, left=left, right=left + 0.4 * width, spaced=True)
        for letter, left in zip(
            word.text, [word.left + at * width for at in range(len(word.text))], strict=True
        )
    ]


@pytest.mark.usefixtures("letters_apart")
def test_text_in_single_letters_is_read_again_by_pdftotext(printed):
    need_pdftotext()
    raw = PdfReader().read(printed)
    assert bench.identical(raw) >= 0.98
    assert bench.bound(raw) >= 0.9 * bench.NOTES
    assert not any(page.ocr for page in raw.pages) and not raw.warnings


@pytest.mark.usefixtures("letters_apart")
def test_without_any_program_broken_text_is_refused_with_the_package(printed, monkeypatch):
    lack(monkeypatch, "pdftotext", "tesseract")
    with pytest.raises(UnsupportedFormat) as caught:
        PdfReader().read(printed)
    assert "apt-get install poppler-utils," in caught.value.hint


def test_scanned_pages_are_named_when_tesseract_is_missing(tmp_path, monkeypatch):
    lack(monkeypatch, "tesseract")
    path = tmp_path / "nua-quet.pdf"
    path.write_bytes(drawn_pdf([at(60, 700, WORDS), PICTURE, at(60, 700, "Trang ba."), PICTURE]))
    raw = PdfReader().read(path)
    assert [(block.text, block.page) for block in raw.blocks] == [(WORDS, 1), ("Trang ba.", 3)]
    (warning,) = raw.warnings
    assert "các trang ảnh 2, 4:" in warning and "apt-get install tesseract-ocr," in warning


def test_of_many_scanned_pages_ten_are_named(tmp_path, monkeypatch):
    lack(monkeypatch, "tesseract")
    path = tmp_path / "nua-quet.pdf"
    path.write_bytes(drawn_pdf([at(60, 700, WORDS), *[PICTURE] * 11]))
    raw = PdfReader().read(path)
    assert texts(raw) == [WORDS]
    assert "các trang ảnh 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …:" in raw.warnings[0]


def test_a_scan_is_refused_with_the_package_when_tesseract_is_missing(tmp_path, monkeypatch):
    lack(monkeypatch, "tesseract")
    path = tmp_path / "quet.pdf"
    path.write_bytes(drawn_pdf([PICTURE, PICTURE]))
    with pytest.raises(UnsupportedFormat) as caught:
        PdfReader().read(path)
    assert "apt-get install tesseract-ocr," in caught.value.hint
