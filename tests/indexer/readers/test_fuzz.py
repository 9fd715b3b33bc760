"""Every reader on damaged files: a clear error or a success, in time, never anything else."""

from __future__ import annotations

import email.message
import io
import os
import random
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from PIL import Image, ImageDraw

from indexer.errors import ReadingError
from indexer.models import RawDocument
from indexer.readers.registry import read_file
from tests.factories.docx import DocxBuilder

MAX_BYTES = 20 * 2**20
SECONDS = 20.0
# Converters start a program for every file: they get fewer tries and more time.
SLOW_SECONDS = 90.0
PAGE = """<html><head><meta charset=utf-8><style>p {font-family: Arial}</style></head><body>
<h1>I. KẾT QUẢ</h1><p>Tôm tăng 5%<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>.</p>
<table border=1><tr><th rowspan=2>TT<th colspan=2>Năm<tr><td>1<td>2</table><ol><li>một</ol>
<div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> Theo thuế.</p></div></body></html>"""
TEXT = "I- KẾT QUẢ\nTỷ lệ hộ nghèo giảm[footnoteRef:1].\nTT\tTên\tSố\n1\tTôm\t5\n[1: Còn 9 hộ.]\n"
RTF = (
    r"{\rtf1\ansi\ansicpg1258{\fonttbl{\f0 Times New Roman;}}\f0 Tom tang\footnote Theo thue.\par}"
)

FLAT_ODT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document office:version="1.2" '
    'office:mimetype="application/vnd.oasis.opendocument.text" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    "<text:p>Tôm tăng 5%</text:p></office:text></office:body></office:document>"
)
WORD_XML = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
    "<w:body><w:p><w:r><w:t>Tôm tăng 5%</w:t></w:r></w:p></w:body></w:wordDocument>"
)


def docx() -> bytes:
    builder = DocxBuilder().table([["Chỉ tiêu", ("Năm", 2)], [None, "2022[[Ước]]", "2023"]])
    return builder.to_bytes()


def xlsx() -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet("Biểu 1")
    sheet.merge_range("A1:C1", "CHỈ TIÊU")
    number = book.add_format({"num_format": "#,##0.0"})
    for row in range(1, 30):
        sheet.write_row(row, 0, [row, f"Xã {row}"])
        sheet.write(row, 2, row * 1000.5, number)
    book.close()
    return data.getvalue()


def xls() -> bytes:
    data = io.BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("Biểu 1")
    sheet.write_merge(0, 0, 0, 2, "CHỈ TIÊU")
    for row in range(1, 30):
        sheet.write(row, 0, f"Xã {row}")
        sheet.write(
            row,
            1,
            row * 1000.5,
            xlwt.easyxf(num_format_str="#,##0.0") if row < 3 else xlwt.Style.default_style,
        )
    book.save(data)
    return data.getvalue()


def mht() -> bytes:
    message = email.message.EmailMessage()
    message.set_content(PAGE, subtype="html")
    message.make_related()
    return message.as_bytes()


def pdf() -> bytes:
    stream = b"BT /F1 12 Tf 72 700 Td (Tom tang 5% so voi nam truoc) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + head + table + tail % (len(objects) + 1, len(data))


def png() -> bytes:
    image = Image.new("L", (900, 200), 255)
    ImageDraw.Draw(image).text((40, 60), "Tom tang 5 phan tram", fill=0, font_size=60)
    data = io.BytesIO()
    image.save(data, "PNG", dpi=(200, 200))
    return data.getvalue()


def webp() -> bytes:
    data = io.BytesIO()
    Image.open(io.BytesIO(png())).save(data, "WEBP", lossless=True)
    return data.getvalue()


def odt() -> bytes:
    data = io.BytesIO()
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    names += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        package.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest="
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type='
            '"application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path='
            '"content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        package.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:text>"
            "<text:p>Tôm tăng 5%</text:p></office:text></office:body></office:document-content>",
        )
    return data.getvalue()


FAST: dict[str, Callable[[], bytes]] = {
    "a.docx": docx,
    "a.html": PAGE.encode,
    "b.html": lambda: PAGE.replace("utf-8", "utf-16").encode("utf-16"),
    "a.mht": mht,
    "a.xlsx": xlsx,
    "a.xls": xls,
    "a.csv": lambda: 'TT;Tên;Số\n1;"Tôm; sú";1,5\n2;Cá;3\n'.encode(),
    "a.tsv": lambda: 'TT\tTên\tSố\n1\t"Tôm\tsú"\t1,5\n2\tCá\t3\n'.encode(),
    "a.txt": TEXT.encode,
    "b.txt": lambda: TEXT.encode("utf-16"),
    "a.md": lambda: f"# I\n\nTôm[^1] tăng.\n\n[^1]: Thuế.\n\n{TEXT}".encode(),
    "a.pdf": pdf,
}
# The formats of which every cut is to be noticed: their texts say where they end.
ENDED = frozenset({"a.html", "b.html", "a.mht"})
SLOW: dict[str, Callable[[], bytes]] = {
    "a.rtf": RTF.encode,
    "a.odt": odt,
    "a.fodt": FLAT_ODT.encode,
    "a.xml": WORD_XML.encode,
    "a.png": png,
    "a.webp": webp,
}

NEEDED = {name: "tesseract" if name in ("a.png", "a.webp") else "soffice" for name in SLOW}


def damaged(data: bytes, seed: int) -> bytes:
    """Return the data with a few bytes changed, cut out or doubled; the same for a seed."""
    draw = random.Random(seed)
    changed = bytearray(data)
    for _ in range(draw.choice((1, 4, 30))):
        at = draw.randrange(len(changed))
        what = draw.randrange(4)
        if what == 0:
            del changed[at : at + draw.randrange(1, 9)]
        elif what == 1:
            changed[at:at] = changed[at : at + 16]
        else:
            changed[at] = draw.randrange(256)
    return bytes(changed)


def try_to_read(path: Path, data: bytes, seconds: float) -> RawDocument | None:
    path.write_bytes(data)
    began = time.monotonic()
    document = None
    try:
        document = read_file(path, MAX_BYTES)
        assert document.blocks
    except ReadingError as error:
        assert f"`{path.name}`" in error.message and error.message.endswith(".")
        assert error.hint
    assert time.monotonic() - began < seconds
    return document


@pytest.mark.parametrize("name", FAST)
def test_the_samples_themselves_are_read(tmp_path, name):
    (tmp_path / name).write_bytes(FAST[name]())
    document = read_file(tmp_path / name, MAX_BYTES)
    assert document.blocks and not (name in ENDED and document.warnings)


@pytest.mark.parametrize("name", sorted(ENDED))
def test_no_cut_in_a_page_goes_unnoticed(tmp_path, name):
    data = FAST[name]()
    end = len(data) - len(data.rstrip()) + len("</body></html>") * (2 if name == "b.html" else 1)
    for size in range(0, len(data) - end, 7):
        document = try_to_read(tmp_path / name, data[:size], SECONDS)
        assert document is None or document.warnings, size


@pytest.mark.slow
@pytest.mark.parametrize(("name", "program"), NEEDED.items())
def test_the_samples_for_converters_are_read(tmp_path, name, program):
    if shutil.which(program) is None:
        message = f"{program} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    (tmp_path / name).write_bytes(SLOW[name]())
    assert "tang" in read_file(tmp_path / name, MAX_BYTES).blocks[0].text.replace("ă", "a")


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("name", FAST)
def test_a_file_cut_off_is_a_clear_error(tmp_path, name, tenth):
    data = FAST[name]()
    try_to_read(tmp_path / name, data[: len(data) * tenth // 10], SECONDS)


@pytest.mark.parametrize("name", FAST)
def test_a_damaged_file_is_a_clear_error(tmp_path, name):
    data = FAST[name]()
    for seed in range(60):
        try_to_read(tmp_path / name, damaged(data, seed), SECONDS)


@pytest.mark.slow
@pytest.mark.parametrize("tenth", [1, 3, 5, 7, 9])
@pytest.mark.parametrize("name", SLOW)
def test_a_file_for_converters_cut_off_is_a_clear_error(tmp_path, name, tenth):
    data = SLOW[name]()
    try_to_read(tmp_path / name, data[: len(data) * tenth // 10], SLOW_SECONDS)


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_a_damaged_file_for_converters_is_a_clear_error(tmp_path, name):
    for seed in range(3):
        try_to_read(tmp_path / name, damaged(SLOW[name](), seed), SLOW_SECONDS)


@pytest.mark.parametrize("name", FAST)
@pytest.mark.parametrize("other", FAST)
def test_a_file_of_another_name_is_read_by_its_content_or_refused(tmp_path, name, other):
    try_to_read(tmp_path / f"x{Path(other).suffix}", FAST[name](), SECONDS)


@pytest.mark.parametrize("name", FAST)
def test_noise_of_any_name_is_refused_or_read_as_what_it_is(tmp_path, name):
    for seed in range(10):
        try_to_read(tmp_path / name, random.Random(seed).randbytes(3000), SECONDS)
