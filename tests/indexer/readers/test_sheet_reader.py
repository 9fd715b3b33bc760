"""Workbooks and plain tables: titles, headings, merged cells, what is hidden or refused."""

from __future__ import annotations

import zipfile
from pathlib import Path
from time import perf_counter

import pytest
import xlsxwriter
import xlwt

from indexer.errors import UnreadableFile
from indexer.layout import value_behind
from indexer.models import BlockKind, NoteKind, RawDocument, Resolution
from indexer.readers import sheet_grid
from indexer.readers.registry import find_reader
from indexer.readers.sandbox import run
from indexer.readers.sheet_reader import SheetReader
from indexer.structure import build_document
from indexer.text.legacy import Encoding
from tests.factories.legacy import encode
from tests.factories.office import soffice


def read(path: Path) -> RawDocument:
    return SheetReader().read(path)


def rows(document: RawDocument) -> list[list[str]]:
    return [[cell.text for cell in block.cells] for block in document.blocks if block.cells]


@pytest.fixture
def workbook(tmp_path):
    """An appendix with a title, two heading rows and a numbering row, hidden parts, a formula."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    number = book.add_format({"num_format": "#,##0.0"})
    percent = book.add_format({"num_format": "0.0%"})
    sheet = book.add_worksheet("Biểu 1")
    sheet.merge_range("A1:D1", "BIỂU 1. CHỈ TIÊU", book.add_format({"bold": True}))
    sheet.write("D2", "ĐVT: tỷ đồng")
    for place, text in (("A3:A4", "TT"), ("B3:B4", "Chỉ tiêu"), ("C3:D3", "Năm")):
        sheet.merge_range(place, text)
    sheet.write_row("C4", [2020, 2021])
    sheet.write_row("A5", ["A", "B", 1, 2])
    sheet.write_row("A6", [1, "Tôm"])
    sheet.write("C6", 1234567.5, number)
    sheet.write("D6", 0.123, percent)
    sheet.write_row("A7", [2, "Cá"])
    sheet.write_formula("C7", "=1+1", None, 2)
    sheet.write_formula("D7", "=C7", None, "")
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.set_column("F:G", 5, None, {"hidden": True})
    sheet.write("A9", "Ghi chú: số ước")
    hidden = book.add_worksheet("Phụ")
    hidden.write_row(0, 0, ["Xã", "Có điện"])
    hidden.write_row(1, 0, ["Gò Me", True])
    hidden.hide()
    book.close()
    return path


def test_a_sheet_is_its_name_its_title_its_table_and_its_notes(workbook):
    blocks = read(workbook).blocks
    assert (blocks[0].kind, blocks[0].text) == (BlockKind.HEADING, "Biểu 1")
    lines = [block.text for block in blocks if block.kind is BlockKind.PARAGRAPH]
    assert lines == ["BIỂU 1. CHỈ TIÊU", "ĐVT: tỷ đồng", "Ghi chú: số ước"]
    assert [block.table for block in blocks] == [0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 2, 2]


def test_heading_rows_are_those_under_merged_cells_and_the_numbering(workbook):
    table = [block for block in read(workbook).blocks if block.table == 1]
    assert [row.header for row in table] == [True, True, True, False, False]
    assert [(c.text, c.columns) for c in table[0].cells] == [("TT", 1), ("Chỉ tiêu", 1), ("Năm", 2)]
    assert [cell.continues for cell in table[1].cells] == [True, True, False, False]


def test_numbers_are_as_printed_and_formulas_their_results(workbook):
    assert rows(read(workbook))[3:5] == [["1", "Tôm", "1.234.567,5", "12,3%"], ["2", "Cá", "2", ""]]


def test_what_is_hidden_or_not_computed_is_told(workbook):
    told = read(workbook).warnings
    assert [("1 dòng và 2 cột" in told[0]), ("1 công thức" in told[1]), ("bị ẩn" in told[2])] == [
        True
    ] * 3


def test_old_workbooks_are_read_alike(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    sheet.write_merge(0, 0, 0, 2, "BIỂU 2")
    for column, text in enumerate(["TT", "Tên", "Số"]):
        sheet.write(1, column, text)
    sheet.write(2, 0, 1)
    sheet.write(2, 1, "Tôm")
    sheet.write(2, 2, 1234.5, xlwt.easyxf(num_format_str="#,##0.00"))
    book.save(str(tmp_path / "a.xls"))
    document = read(tmp_path / "a.xls")
    assert document.blocks[0].text == "BIỂU 2"
    assert rows(document) == [["TT", "Tên", "Số"], ["1", "Tôm", "1.234,50"]]
    assert [block.header for block in document.blocks] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("TT;Tên;Số\n1;Tôm;1,5\n2;Cá;3\n", "utf-8"),
        ('TT,Tên,Số\n1,Tôm,"1,5"\n2,Cá,3\n', "utf-8-sig"),
        ("TT\tTên\tSố\n1\tTôm\t1,5\n2\tCá\t3\n", "utf-16"),
        ("sep=|\nTT|Tên|Số\n1|Tôm|1,5\n2|Cá|3\n", "utf-8"),
    ],
)
def test_plain_tables_are_parted_where_their_rows_are_even(tmp_path, text, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert rows(read(path)) == [["TT", "Tên", "Số"], ["1", "Tôm", "1,5"], ["2", "Cá", "3"]]


def test_two_tables_of_a_sheet_are_two(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Bảng 1\nTên,Số\nTôm,5\n\nCá,6\n\nBảng 2\nXã,Hộ\nGò Me,7\n", encoding="utf-8")
    blocks = read(path).blocks
    assert [block.table for block in blocks] == [0, 1, 1, 1, 0, 2, 2]


def test_text_in_an_old_font_is_decoded_in_its_cells(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    old = book.add_format({"font_name": ".VnTime"})
    sheet.write(0, 0, "S¶n l\xadîng t«m cña huyÖn", old)
    sheet.write(0, 1, "Đảng bộ thị xã")
    book.close()
    document = read(path)
    assert rows(document) == [["Sản lượng tôm của huyện", "Đảng bộ thị xã"]]
    assert document.conversions[0].count == 1


def test_a_locked_workbook_is_told_so(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(_ole_with("EncryptedPackage"))
    with pytest.raises(UnreadableFile, match="mật khẩu") as caught:
        find_reader(path, 10**6, "a.xlsx").read(path)
    assert "Excel" in caught.value.hint


def test_a_workbook_of_another_name_is_known_by_its_content(workbook):
    other = workbook.rename(workbook.with_suffix(".zipx"))
    assert find_reader(other, 10**6, other.name).name == "sheet"


@pytest.mark.parametrize("part", ["<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a", "<a/>"])
def test_foreign_xml_is_refused(tmp_path, part):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", part)
    with pytest.raises(UnreadableFile, match=r"`a\.xlsx`"):
        read(path)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
def test_entities_that_grow_are_refused_at_once(workbook, part):
    lines = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE a [<!ENTITY x0 "ha">{lines}]><a>&x11;</a>'
    with zipfile.ZipFile(workbook) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert part in parts
    with zipfile.ZipFile(workbook, "w") as package:
        for name, data in (parts | {part: laughs.encode()}).items():
            package.writestr(name, data)
    began = perf_counter()
    with pytest.raises(UnreadableFile, match="DOCTYPE|hỏng"):
        read(workbook)
    assert perf_counter() - began < 5


def rounded(tmp_path: Path) -> RawDocument:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["Chỉ tiêu", "Năm 2020", "Năm 2021"])
    sheet.write("A2", "Tôm")
    sheet.write("B2", 1234567.891, book.add_format({"num_format": "#,##0"}))
    sheet.write("C2", 5)
    book.close()
    return read(path)


def test_a_rounded_number_keeps_its_exact_value_beside_the_printed_one(tmp_path):
    raw = rounded(tmp_path)
    assert [(c.text, c.value) for c in raw.blocks[1].cells] == [
        ("Tôm", ""),
        ("1.234.568", "1.234.567,891"),
        ("5", ""),
    ]
    document = build_document(raw, "a.xlsx", "ab" * 32)
    (row,) = (passage for passage in document.passages if passage.cells)
    assert row.span.of(document.text) == "Tôm | 1.234.568 (= 1.234.567,891) | 5"
    assert [cell.of(document.text) for cell in row.cells] == ["Tôm", "1.234.568", "5"]
    assert [value_behind(document.text, cell) for cell in row.cells] == ["", "1.234.567,891", ""]


def test_a_zip_bomb_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 50_000_000)
    with pytest.raises(UnreadableFile, match="bom nén|hỏng"):
        read(path)


def test_too_many_rows_are_cut_with_a_warning(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet_grid, "MAX_ROWS", 3)
    path = tmp_path / "a.csv"
    path.write_text("Tên,Số\n" * 9, encoding="utf-8")
    document = read(path)
    assert len(rows(document)) == 3
    assert "không được đọc" in document.warnings[0]


def _ole_with(name: str) -> bytes:
    """Return the smallest OLE2 file that holds a stream of this name."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = (0x3E).to_bytes(2, "little") + b"\x03\0\xfe\xff\x09\0\x06\0"
    header[44:48] = (1).to_bytes(4, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = header[68:72] = b"\xfe\xff\xff\xff"
    header[76:80] = (0).to_bytes(4, "little")
    header[80:512] = b"\xff" * 432
    table = (b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff").ljust(512, b"\xff")
    entries = b"".join(_entry(text, kind) for text, kind in (("Root Entry", 5), (name, 2)))
    return bytes(header) + table + entries.ljust(512, b"\0")


def _entry(name: str, kind: int) -> bytes:
    encoded = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(encoded)] = encoded
    entry[64:66] = (len(encoded) + 2).to_bytes(2, "little")
    entry[66] = kind
    entry[68:80] = b"\xff" * 12
    entry[116:120] = b"\xfe\xff\xff\xff"
    return bytes(entry)


def commented(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Biểu 1")
    sheet.write("A1", "BIỂU 1. CHỈ TIÊU")
    sheet.write_row("A2", ["Chỉ tiêu", "Năm 2020", "Năm 2021"])
    sheet.write_row("A3", ["Tôm", 12, 13])
    sheet.write_row("A4", ["Cá", None, 5])
    sheet.write_comment("A1", "Theo Công văn 7")
    sheet.write_comment("B3", "Chưa gồm\ntôm giống")
    sheet.write_comment("B4", "Chưa có số")
    sheet.write_comment("F90", "Ghi ngoài bảng")
    book.close()
    return path


def test_comments_are_notes_called_by_their_cells(tmp_path):
    document = read(commented(tmp_path / "a.xlsx"))
    assert [(note.label, note.text, note.kind) for note in document.notes] == [
        ("ô A1", "Theo Công văn 7", NoteKind.COMMENT),
        ("ô B3", "Chưa gồm\ntôm giống", NoteKind.COMMENT),
        ("ô B4", "Chưa có số", NoteKind.COMMENT),
        ("ô F90", "Ghi ngoài bảng", NoteKind.COMMENT),
    ]
    (line,) = (block for block in document.blocks if block.text == "BIỂU 1. CHỈ TIÊU")
    assert [mark.key for mark in line.marks] == ["Biểu 1!A1"]
    calls = [[mark.key for c in b.cells for mark in c.marks] for b in document.blocks if b.cells]
    assert calls == [[], ["Biểu 1!B3"], ["Biểu 1!B4"]]
    assert any("4 lời bình" in told for told in document.warnings)


def test_a_comment_can_be_cited_beside_its_cell(tmp_path):
    document = build_document(read(commented(tmp_path / "a.xlsx")), "a.xlsx", "ab" * 32)
    by_label = {note.label: note for note in document.footnotes}
    note = by_label["ô B3"]
    assert note.how is Resolution.MARKED
    row = next(p for p in document.passages if note.number in p.footnotes)
    assert row.span.of(document.text) == "Tôm | 12 | 13"
    assert by_label["ô F90"].how is Resolution.UNRESOLVED
    bodies = [p.span.of(document.text) for p in document.passages if p.footnote is not None]
    assert "Ghi ngoài bảng" in bodies


def test_a_conversation_stands_once_with_all_its_answers(tmp_path):
    path = commented(tmp_path / "a.xlsx")
    talk = (
        "<ThreadedComments xmlns='http://schemas.microsoft.com/office/spreadsheetml/2018/"
        "threadedcomments'><threadedComment ref='B3'><text>Đúng chưa?</text></threadedComment>"
        "<threadedComment ref='B3'><text>Đúng.</text></threadedComment></ThreadedComments>"
    )
    relation = (
        "<Relationship Id='t1' Target='../threadedComments/t1.xml' Type='http://schemas."
        "microsoft.com/office/2017/10/relationships/threadedComment'/></Relationships>"
    )
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation.encode())
    parts["xl/threadedComments/t1.xml"] = talk.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    texts = {note.label: note.text for note in read(path).notes}
    assert texts["ô B3"] == "Đúng chưa?\nĐúng."
    assert texts["ô A1"] == "Theo Công văn 7"


def test_comments_of_old_workbooks_are_read(tmp_path):
    commented(tmp_path / "a.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    program = soffice()
    run([program, profile, "--headless", "--convert-to", "xls", tmp_path / "a.xlsx"], tmp_path)
    if not (tmp_path / "a.xls").is_file():
        pytest.skip("LibreOffice has no part for workbooks here")
    texts = [note.text for note in read(tmp_path / "a.xls").notes]
    assert texts[:3] == ["Theo Công văn 7", "Chưa gồm\ntôm giống", "Chưa có số"]


def test_plain_tables_of_old_encodings_tell_their_conversion(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        encode("Tên;Số\nTôm nuôi ở đầm phá;5\nCá nước lợ;7\n", Encoding.TCVN3).encode("latin-1")
    )
    document = read(path)
    assert rows(document)[1] == ["Tôm nuôi ở đầm phá", "5"]
    assert (document.encoding, document.format) == ("TCVN3", "csv")
    assert document.conversions[0].encoding == "TCVN3"
