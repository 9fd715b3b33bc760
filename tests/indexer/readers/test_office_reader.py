"""Older Word files, OpenDocument and RTF give what the .docx of the same text gives."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import ReadingError, UnreadableFile, UnsupportedFormat
from indexer.models import RawDocument
from indexer.readers import office_convert, programs
from indexer.readers.containers import head_of
from indexer.readers.office_batch import convert_in_chunks
from indexer.readers.office_convert import convert_many
from indexer.readers.office_reader import OfficeReader, read_converted
from indexer.readers.registry import find_reader, read_file
from indexer.readers.sandbox import Limits
from tests.factories.docx import DocxBuilder
from tests.factories.docx_reading import texts
from tests.factories.full_report import ENDNOTES, FOOTNOTES, Expected, expected, full_report, seen
from tests.factories.office import ole_file, saved_as, soffice

LIMIT = 10**8
OLD_FORMATS = ("doc", "odt", "rtf")


def small() -> bytes:
    return DocxBuilder().paragraph("Sản lượng tôm tăng 5%[[Ước tính]].").to_bytes()


def read_as(folder: Path, data: bytes, name: str) -> RawDocument:
    path = folder / name
    path.write_bytes(data)
    return read_file(path, LIMIT)


def refusal(folder: Path, data: bytes, name: str = "a.doc") -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_as(folder, data, name)
    assert caught.value.message.startswith(f"Không đọc được `{name}`: ")
    assert caught.value.hint
    return caught.value


# --- everything of the report ------------------------------------------------------------------


def test_the_report_holds_forty_notes():
    kinds = [kind for _, _, kind in expected().notes]
    assert (len(kinds), kinds.count("footnote")) == (FOOTNOTES + ENDNOTES, FOOTNOTES) == (40, 36)


@pytest.mark.parametrize("ending", ("docx", *OLD_FORMATS))
def test_every_note_anchor_number_and_cell_of_the_report_is_right(tmp_path, ending):
    docx = full_report().to_bytes()
    data = docx if ending == "docx" else saved_as(docx, ending)
    raw = read_as(tmp_path, data, f"bao-cao.{ending}")
    found = seen(raw)
    if ending == "rtf":
        # LibreOffice counts the cells of a table in a cell as cells of its row as well.
        found = without_empty_ends(found)
    wanted = expected()
    assert found.lines == wanted.lines
    assert found.rows == wanted.rows
    assert sorted(found.notes) == sorted(wanted.notes)
    assert raw.format == ending
    assert [each.encoding for each in raw.conversions] == ["TCVN3"]


def without_empty_ends(found: Expected) -> Expected:
    rows = [
        row[: max(at + 1 for at, cell in enumerate(row) if cell)] if len(row) > 3 else row
        for row in found.rows
    ]
    return replace(found, rows=tuple(rows))


def test_an_outline_level_survives_every_format(tmp_path):
    docx = DocxBuilder().heading("I. KẾT QUẢ").heading("1. Thủy sản", 2).paragraph("Tôm.")
    for ending in OLD_FORMATS:
        raw = read_as(tmp_path, saved_as(docx.to_bytes(), ending), f"a.{ending}")
        assert [block.level for block in raw.blocks] == [0, 1, None], ending


# --- by content --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "name"),
    [("rtf", "a.doc"), ("rtf", "a.txt"), ("doc", "a.docx"), ("odt", "a.docx"), ("odt", "a.zip")],
)
def test_the_content_decides_and_not_the_name(tmp_path, ending, name):
    raw = read_as(tmp_path, saved_as(small(), ending), name)
    assert (raw.format, texts(raw)[0][:9]) == (ending, "Sản lượng")


def test_a_word_file_named_doc_is_read_as_it_is(tmp_path):
    raw = read_as(tmp_path, small(), "a.doc")
    assert (raw.format, len(raw.notes)) == ("docx", 1)


@pytest.mark.parametrize("stream", ["Workbook", "Book", "PowerPoint Document"])
def test_other_old_office_files_are_not_taken_for_word(tmp_path, stream):
    path = tmp_path / "a.doc"
    path.write_bytes(ole_file({stream: bytes(5000)}))
    assert not OfficeReader().accepts(head_of(path), ".doc")


def test_a_web_page_named_doc_is_left_to_its_own_reader():
    assert not OfficeReader().accepts(b"<html><body>T\xc3\xb4m</body></html>", ".doc")


def test_flat_opendocument_and_word_xml_are_accepted():
    flat = b'<?xml version="1.0"?><office:document xmlns:office="urn" office:mimetype='
    assert OfficeReader().accepts(flat + b'"application/vnd.oasis.opendocument.text">', ".xml")
    word = b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word'
    assert OfficeReader().accepts(word + b'/2003/wordml">', ".doc")


# --- locked, damaged, hostile ------------------------------------------------------------------


def test_a_locked_docx_says_so_under_any_name(tmp_path):
    data = ole_file({"EncryptionInfo": bytes(4096), "EncryptedPackage": bytes(5000)})
    for name in ("a.docx", "a.doc"):
        error = refusal(tmp_path, data, name)
        assert "mật khẩu" in error.message
        assert "bỏ mật khẩu" in error.hint


def test_a_locked_doc_says_so(tmp_path):
    data = bytearray(saved_as(small(), "doc"))
    data[data.index(b"\xec\xa5", 512) + 11] |= 0x01
    assert "mật khẩu" in refusal(tmp_path, bytes(data)).message


def test_a_large_locked_doc_says_so(tmp_path):
    stream = b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + bytes(5000)
    assert "mật khẩu" in refusal(tmp_path, ole_file({"WordDocument": stream})).message


def test_a_locked_odt_says_so(tmp_path):
    source = zipfile.ZipFile(io.BytesIO(saved_as(small(), "odt")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "META-INF/manifest.xml":
                data = data.replace(b"</manifest:manifest>", b"<!-- encryption-data --></x>")
            target.writestr(member, data)
    assert "mật khẩu" in refusal(tmp_path, out.getvalue(), "a.odt").message


@pytest.mark.parametrize("ending", OLD_FORMATS)
def test_a_file_cut_off_at_every_tenth_is_refused_and_never_half_read(tmp_path, ending):
    data = saved_as(small(), ending)
    for tenths in range(1, 10):
        refusal(tmp_path, data[: len(data) * tenths // 10], f"a.{ending}")


def test_bytes_that_only_look_like_rtf_are_refused(tmp_path):
    soffice()
    refusal(tmp_path, b"{\\rtf1 " + bytes(range(128, 256)) * 20, "a.rtf")


def test_other_files_named_in_a_file_are_not_read(tmp_path):
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("mật khẩu là tôm hùm")
    source = zipfile.ZipFile(io.BytesIO(saved_as(small(), "odt")))
    link = (
        '<text:section text:name="S"><text:section-source xlink:type="simple" '
        f'xlink:href="{secret.as_uri()}"/><text:p>Trong đoạn.</text:p></text:section></office:text>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "content.xml":
                assert b"</office:text>" in data
                data = data.replace(b"</office:text>", link.encode())
            target.writestr(member, data)
    shown = " ".join(texts(read_as(tmp_path, out.getvalue(), "a.odt")))
    assert "Sản lượng" in shown
    assert "tôm hùm" not in shown


def test_a_missing_libreoffice_names_the_package_and_other_files_are_read(tmp_path, monkeypatch):
    data = saved_as(small(), "rtf")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(programs, "_PLACES", "")
    with pytest.raises(UnsupportedFormat, match="libreoffice-writer-nogui"):
        read_as(tmp_path, data, "a.rtf")
    assert read_as(tmp_path, small(), "a.docx").blocks


def fake_soffice(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a program before LibreOffice; in it `$last` is the file converted last."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nfor last in "$@"; do :; done\n{text}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("sleep 60", "soffice chạy quá 1 giây nên đã bị dừng"),
        ("kill -SEGV $$", "soffice dừng đột ngột (tín hiệu 11)"),
        ("exit 0", "LibreOffice không mở được nội dung của tệp"),
    ],
)
def test_a_libreoffice_that_hangs_crashes_or_makes_nothing_is_named(
    tmp_path, monkeypatch, text, why
):
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1 T\\'f4m}")
    fake_soffice(tmp_path, monkeypatch, text)
    found = convert_many([path], tmp_path, Limits(seconds=1))[path]
    assert isinstance(found, UnreadableFile)
    assert found.message == f"Không đọc được `a.rtf`: {why}."


def test_a_libreoffice_that_always_hangs_is_given_up(tmp_path, monkeypatch):
    """32 files would take 32 times as long, one after the other, as one that hangs."""
    monkeypatch.setattr(office_convert, "_SECONDS_EACH", 0.0)
    calls = tmp_path / "calls"
    fake_soffice(tmp_path, monkeypatch, f"echo call >> {calls}; exec /bin/sleep 600")
    paths = [tmp_path / f"{number}.rtf" for number in range(32)]
    for path in paths:
        path.write_bytes(b"{\\rtf1 T\\'f4m}")
    began = time.monotonic()
    found = convert_many(paths, tmp_path, Limits(seconds=1))
    assert time.monotonic() - began < 20
    assert calls.read_text().count("call") == 4, "three hang, then a file of our own is tried"
    assert all(isinstance(error, UnreadableFile) for error in found.values())
    last = str(found[paths[-1]])
    assert "LibreOffice không chạy được trên máy này" in last and "cài lại" in last


def test_patience_lasts_while_something_comes_out_of_libreoffice():
    patience = office_convert.Patience()
    for _ in range(2):
        patience.note(made=False, timed_out=True)
    patience.note(made=False, timed_out=False)
    assert patience.lasts(lambda: pytest.fail("it hung only twice"))
    patience.note(made=False, timed_out=True)
    assert patience.lasts(lambda: True), "a file of our own came out: it is for the others"
    for _ in range(3):
        patience.note(made=False, timed_out=True)
    assert not patience.lasts(lambda: False)
    assert not patience.lasts(lambda: pytest.fail("once is enough"))


# --- many at once ------------------------------------------------------------------------------


def test_a_file_that_breaks_a_batch_is_retried_alone_and_the_others_are_read(tmp_path, monkeypatch):
    real = soffice()
    files = {name: tmp_path / f"{name}.rtf" for name in ("một", "hai", "ba")}
    for name, path in files.items():
        path.write_text(f"{{\\rtf1 {'chet' if name == 'hai' else 'song'}}}")
    kill = f'grep -q chet [0-9]*.rtf && kill -KILL $$; exec {real} "$@"'
    fake_soffice(tmp_path, monkeypatch, kill.replace("grep", "/usr/bin/grep"))
    found = convert_many(list(files.values()), tmp_path)
    assert "tín hiệu 9" in str(found[files["hai"]])
    for name in ("một", "ba"):
        assert texts(read_converted(files[name], found[files[name]])) == ["song"]


def test_many_files_of_all_kinds_come_back_each_under_its_own_name(tmp_path):
    made = {}
    for number in range(2):
        docx = DocxBuilder().paragraph(f"Tệp số {number}").to_bytes()
        for ending in OLD_FORMATS:
            path = tmp_path / f"--tệp {number}.{ending}"
            path.write_bytes(saved_as(docx, ending))
            made[path] = f"Tệp số {number}"
    broken = tmp_path / "hỏng.doc"
    broken.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    out = tmp_path / "out"
    out.mkdir()
    found: dict[Path, Path | ReadingError] = {}
    for chunk in convert_in_chunks([*made, broken], out):
        found |= chunk
    assert isinstance(found.pop(broken), UnreadableFile)
    assert {path: texts(read_converted(path, docx))[0] for path, docx in found.items()} == made


def test_nothing_is_left_in_the_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tạm"))
    (tmp_path / "tạm").mkdir()
    path = tmp_path / "a.rtf"
    path.write_bytes(saved_as(small(), "rtf"))
    find_reader(path, LIMIT, path.name).read(path)
    assert list((tmp_path / "tạm").iterdir()) == []
