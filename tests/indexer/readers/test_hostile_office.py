"""Office files that are locked, hold macros, or have entities in their XML."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from indexer.errors import ReadingError, UnreadableFile
from indexer.models import RawDocument
from indexer.readers.office_formats import has_macros
from indexer.readers.registry import read_file
from tests.factories.docx import DocxBuilder
from tests.factories.docx_reading import texts
from tests.factories.office import ole_file, saved_as

LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def read(folder: Path, data: bytes, name: str) -> RawDocument:
    path = folder / name
    path.write_bytes(data)
    return read_file(path, 10**8)


def shown(folder: Path, data: bytes, name: str) -> str:
    """Return the text of a file, "" when it is refused with a clear error."""
    try:
        return " ".join(texts(read(folder, data, name)))
    except ReadingError as error:
        assert f"`{name}`" in error.message and error.hint
        return ""


# --- locked


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.doc", "a.xls"])
def test_an_encrypted_package_says_that_it_has_a_password(tmp_path, name):
    package = {"EncryptionInfo": b"\4\0\4\0" + bytes(4092), "EncryptedPackage": bytes(5000)}
    with pytest.raises(UnreadableFile, match="mật khẩu") as caught:
        read(tmp_path, ole_file(package), name)
    assert "bỏ mật khẩu" in caught.value.hint


def test_an_old_workbook_with_a_password_says_so(tmp_path):
    data = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("Biểu 1").write(0, 0, "Tôm")
    book.save(data)
    changed = bytearray(data.getvalue())
    begin = changed.index(b"\x09\x08\x10\x00")
    # The record behind the first one becomes the one that says how the rest is encrypted.
    struct.pack_into("<H", changed, begin + 20, 0x002F)
    with pytest.raises(UnreadableFile, match="mật khẩu") as caught:
        read(tmp_path, bytes(changed), "a.xls")
    assert "bỏ mật khẩu" in caught.value.hint


# --- entities


def flat(entities: str, shown: str) -> bytes:
    return (
        f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><office:document {NAMES} "
        'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:body><office:text><text:p>Tôm {shown}</text:p></office:text></office:body>"
        "</office:document>"
    ).encode()


def packed(entities: str, shown: str) -> bytes:
    data = io.BytesIO()
    with (
        zipfile.ZipFile(
            io.BytesIO(saved_as(DocxBuilder().paragraph("Cá").to_bytes(), "odt"))
        ) as source,
        zipfile.ZipFile(data, "w") as target,
    ):
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "content.xml":
                head, body = content.split(b"<office:document-content", 1)
                doctype = f"<!DOCTYPE x [{entities}]><office:document-content".encode()
                body = body.replace("Cá".encode(), f"Tôm {shown}".encode())
                content = head + doctype + body
            target.writestr(member, content)
    return data.getvalue()


@pytest.mark.parametrize(("name", "made"), [("a.fodt", flat), ("a.odt", packed)])
def test_what_an_external_entity_names_is_not_read(tmp_path, name, made):
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("mat khau la tom hum")
    entity = f'<!ENTITY s SYSTEM "{secret.as_uri()}">'
    assert "tom hum" not in shown(tmp_path, made(entity, "&s;"), name)


@pytest.mark.parametrize(("name", "made"), [("a.fodt", flat), ("a.odt", packed)])
def test_entities_that_unfold_to_a_billion_words_are_refused_in_time(tmp_path, name, made):
    began = time.monotonic()
    text = shown(tmp_path, made(f'<!ENTITY e0 "cuoi ">{LAUGHS}', "&e9;"), name)
    assert len(text) < 20_000_000 and time.monotonic() - began < 90


# --- macros


def test_macros_of_an_old_word_file_are_told_and_not_read(tmp_path):
    data = saved_as(DocxBuilder().paragraph("Sản lượng tôm tăng 5%.").to_bytes(), "doc")
    # An entry of the directory that nobody needs becomes the folder that holds the macros.
    name = "\1CompObj".encode("utf-16-le")
    assert name in data
    macros = "Macros".encode("utf-16-le").ljust(len(name), b"\0")
    at = data.index(name)
    changed = bytearray(data.replace(name, macros))
    struct.pack_into("<H", changed, at + 64, 2 * len("Macros") + 2)
    document = read(tmp_path, bytes(changed), "a.doc")
    assert document.warnings[0].startswith("Tệp có chứa macro") and "tôm" in texts(document)[0]
    assert not has_macros(b"PK\x03\x04")


def test_a_workbook_with_macros_is_read_without_them(tmp_path):
    data = io.BytesIO()
    (tmp_path / "vbaProject.bin").write_bytes(b"Sub AutoOpen()")
    with xlsxwriter.Workbook(data) as book:
        book.add_vba_project(str(tmp_path / "vbaProject.bin"))
        book.add_worksheet("Biểu 1").write_row(0, 0, ["Sản lượng", "Tôm", "Cá"])
    document = read(tmp_path, data.getvalue(), "a.xlsm")
    words = str(document.blocks)
    assert "Sản lượng" in words and "AutoOpen" not in words
