"""Scans and images: what is recognised is close to what was printed, and marked as recognised."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from indexer.errors import UnreadableFile, UnsupportedFormat
from indexer.readers import ocr_pages
from indexer.readers.ocr_marks import mark_lost_calls
from indexer.readers.ocr_reader import OcrReader
from indexer.readers.page_pictures import page_picture
from indexer.readers.pdf_columns import Flow
from indexer.readers.pdf_lines import build_lines
from indexer.readers.pdf_reader import PdfReader
from tests.bench import pdf as bench
from tests.indexer.readers.pdf_files import need_soffice, need_tesseract, row_of_words


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    need_tesseract()
    return tmp_path_factory.mktemp("scan")


@pytest.fixture(scope="module")
def printed(folder) -> Path:
    return bench.report().save_pdf(need_soffice(), folder / "bao-cao.pdf")


def test_a_scan_comes_back_with_few_wrong_characters(printed, folder):
    scanned = folder / "scan.pdf"
    text = bench.scan(printed, scanned, 1)
    raw = PdfReader().read(scanned)
    assert bench.character_error(text, bench.page_order(raw)) <= 0.015
    assert raw.pages[0].ocr and 80 <= (raw.pages[0].confidence or 0) <= 100
    bodies = {note for _, note in bench.paragraphs()}
    assert sum(note.text in bodies for note in raw.notes) >= 5


def test_notes_of_a_scan_are_called_where_a_raised_sign_was_seen(printed, folder):
    """On two pages together: a page number that was read wrongly hides no notes."""
    images = []
    for number in (1, 2):
        bench.scan(printed, folder / f"note{number}.png", number)
        images.append(Image.open(folder / f"note{number}.png"))
    path = folder / "hai-trang.pdf"
    images[0].save(path, save_all=True, append_images=images[1:], resolution=200)
    raw = PdfReader().read(path)
    bodies = {note for _, note in bench.paragraphs()}
    assert sum(note.text in bodies for note in raw.notes) >= 13
    assert sum(len(block.marks) for block in raw.blocks) >= 10


@pytest.mark.parametrize("degrees", [90, 3])
def test_a_page_on_its_side_or_askew_is_turned_upright(printed, folder, degrees):
    image = folder / f"turned{degrees}.png"
    text = bench.scan(printed, image, 2, degrees=degrees)
    raw = OcrReader().read(image)
    assert bench.character_error(text, bench.page_order(raw)) <= 0.03


def test_every_page_of_a_tiff_is_read(printed, folder):
    images = []
    for number in (1, 2):
        bench.scan(printed, folder / f"{number}.png", number)
        images.append(Image.open(folder / f"{number}.png"))
    path = folder / "hai-trang.tiff"
    images[0].save(path, save_all=True, append_images=images[1:], dpi=(200, 200))
    raw = OcrReader().read(path)
    assert [(page.number, page.ocr) for page in raw.pages] == [(1, True), (2, True)]
    assert {block.page for block in raw.blocks} == {1, 2}
    with pytest.raises(UnreadableFile, match="2 trang, quá giới hạn 1 trang"):
        OcrReader(max_pages=1).read(path)


def test_a_blank_image_has_no_text(folder):
    path = folder / "trang.png"
    Image.new("L", (1300, 1800), 255).save(path)
    with pytest.raises(UnreadableFile, match="không nhận dạng được chữ nào"):
        OcrReader().read(path)


@pytest.mark.parametrize("tenth", range(1, 10))
def test_an_image_cut_off_is_refused(printed, folder, tmp_path, tenth):
    picture = page_picture(printed, 1)
    path = tmp_path / "cut.png"
    path.write_bytes(picture[: len(picture) * tenth // 10])
    with pytest.raises(UnreadableFile, match="tệp ảnh bị hỏng"):
        OcrReader().read(path)


def test_an_image_of_too_many_pixels_is_refused(folder, tmp_path):
    path = tmp_path / "lon.png"
    Image.new("1", (12_000, 12_000)).save(path)
    with pytest.raises(UnreadableFile, match="triệu điểm ảnh"):
        OcrReader().read(path)


@pytest.mark.parametrize(
    ("languages", "package"), [(None, "tesseract-ocr"), ({"eng"}, "tesseract-ocr-vie")]
)
def test_what_is_missing_is_named_with_its_package(tmp_path, monkeypatch, languages, package):
    path = tmp_path / "trang.png"
    Image.new("L", (50, 50), 255).save(path)
    if languages is None:
        monkeypatch.setattr("indexer.readers.programs.find_program", lambda program: None)
    else:
        monkeypatch.setattr(ocr_pages, "need_program", lambda program, what: Path("/bin/true"))
        monkeypatch.setattr(ocr_pages, "_languages", lambda program: frozenset(languages))
    with pytest.raises(UnsupportedFormat) as caught:
        OcrReader().read(path)
    assert f"apt-get install {package}," in caught.value.hint


def test_a_page_of_a_pdf_becomes_a_picture(printed):
    assert page_picture(printed, 1).startswith(b"\x89PNG")


def test_stray_signs_are_calls_only_where_a_page_has_notes():
    lines = build_lines(row_of_words("Đạt 5 tấn”, bán “chợ nổi” rất khá?.", 100))
    flow = Flow(tuple(lines), 60, 500)
    (kept,) = mark_lost_calls([flow], 0)
    assert kept == flow
    (found,) = mark_lost_calls([flow], 2)
    assert [line.plain for line in found.lines] == ["Đạt 5 tấn, bán “chợ nổi” rất khá."]
    assert found.lines[0].marks == ("?", "?")
