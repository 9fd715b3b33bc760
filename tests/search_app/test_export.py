from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from indexer.errors import UsageError
from search_app import export
from search_app.export import Link, Row, table_csv, table_xlsx

DANGEROUS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", " =1+1", '=HYPERLINK("http://x")']
ROWS: list[Row] = [
    ("Chỉ tiêu", "Giá trị", "Từ ngày", "Liên kết"),
    (
        "Tỷ lệ hộ nghèo, thị xã",
        Decimal("-2.50"),
        date(2020, 12, 31),
        Link("http://127.0.0.1:8000/a#p1"),
    ),
    ('Lời "trong ngoặc"\nhai dòng', Decimal(1234567), None, Link("/a#p2")),
]
NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


class Book:
    """The parts of a workbook, read by another library than wrote them."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}
        self.sheet = etree.fromstring(self.parts["xl/worksheets/sheet1.xml"])
        shared = self.parts.get("xl/sharedStrings.xml", b"<sst/>")
        self.strings = ["".join(item.itertext()) for item in etree.fromstring(shared)]

    def cell(self, name: str) -> etree._Element:
        (found,) = self.sheet.xpath(f"//m:c[@r='{name}']", namespaces=NAMESPACE)
        return found

    def text(self, name: str) -> str:
        cell = self.cell(name)
        assert cell.get("t") == "s"
        return self.strings[int(cell[0].text)]

    def number(self, name: str) -> float:
        assert self.cell(name).get("t") is None
        return float(self.cell(name)[0].text)

    def number_format(self, name: str) -> str:
        styles = etree.fromstring(self.parts["xl/styles.xml"])
        (formats,) = styles.xpath("//m:cellXfs", namespaces=NAMESPACE)
        code = formats[int(self.cell(name).get("s"))].get("numFmtId")
        own = styles.xpath(f"//m:numFmt[@numFmtId='{code}']/@formatCode", namespaces=NAMESPACE)
        return own[0] if own else {"3": "#,##0", "4": "#,##0.00"}[code]


# --- CSV ----------------------------------------------------------------------------------------


def test_a_csv_file_begins_with_the_mark_that_excel_needs():
    assert table_csv(ROWS).startswith(b"\xef\xbb\xbfCh\xe1\xbb\x89 ti\xc3\xaau,")


def test_commas_quotes_and_lines_in_a_cell_come_back():
    rows = read_csv(table_csv(ROWS))
    assert rows[1] == [
        "Tỷ lệ hộ nghèo, thị xã",
        "-2.50",
        "2020-12-31",
        "http://127.0.0.1:8000/a#p1",
    ]
    assert rows[2] == ['Lời "trong ngoặc"\nhai dòng', "1234567", "", "/a#p2"]


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_text_of_a_csv_file_begins_as_a_formula(words):
    assert read_csv(table_csv([[words]])) == [["'" + words]]


@pytest.mark.parametrize("words", ["Tỷ lệ", "5%", "'đã có", "a=b", ""])
def test_other_text_is_left_alone(words):
    assert read_csv(table_csv([[words, "x"]])) == [[words, "x"]]


# --- XLSX ---------------------------------------------------------------------------------------


def test_numbers_dates_and_texts_have_their_types():
    book = Book(table_xlsx(ROWS))
    assert [book.text(f"{column}1") for column in "ABCD"] == list(ROWS[0])
    assert book.text("A2") == ROWS[1][0]
    assert (book.number("B2"), book.number("B3")) == (-2.5, 1234567)
    assert (book.number_format("B2"), book.number_format("B3")) == ("#,##0.00", "#,##0")
    assert book.number("C2") == (date(2020, 12, 31) - date(1899, 12, 30)).days
    assert book.number_format("C2") == "dd/mm/yyyy"


def test_an_address_leads_there_and_a_part_of_one_is_only_text():
    book = Book(table_xlsx(ROWS))
    links = b"".join(part for name, part in book.parts.items() if "_rels/sheet1" in name)
    assert b"http://127.0.0.1:8000/a" in links
    assert book.sheet.xpath("//m:hyperlink/@ref", namespaces=NAMESPACE) == ["D2"]
    assert book.text("D3") == "/a#p2"


def test_no_text_of_a_sheet_becomes_a_formula_or_a_number():
    book = Book(table_xlsx([["Cột"], *([words] for words in DANGEROUS), ["123"]]))
    assert book.sheet.xpath("//m:f", namespaces=NAMESPACE) == []
    assert book.text("A2") == "=1+1"
    assert book.text(f"A{len(DANGEROUS) + 2}") == "123"


def test_headings_stay_in_sight_and_can_be_filtered_by():
    book = Book(table_xlsx(ROWS))
    assert book.sheet.xpath("//m:pane/@state", namespaces=NAMESPACE) == ["frozen"]
    assert book.sheet.xpath("//m:autoFilter/@ref", namespaces=NAMESPACE) == ["A1:D3"]


def test_the_sheet_has_the_given_name():
    assert 'name="So sánh"'.encode() in Book(table_xlsx(ROWS, "So sánh")).parts["xl/workbook.xml"]


def test_what_no_sheet_can_hold_is_cut_or_replaced():
    book = Book(table_xlsx([["Cột"], ["a" * 40_000], ["tệp \udce1"]]))
    assert len(book.text("A2")) == 32_767
    assert book.text("A2").endswith("a…")
    assert book.text("A3") == "tệp ?"
    assert table_csv([["tệp \udce1"]]).decode("utf-8-sig") == "tệp ?\r\n"


def test_more_links_than_a_sheet_can_hold_are_written_as_text(monkeypatch):
    monkeypatch.setattr(export, "_MOST_LINKS", 1)
    book = Book(table_xlsx([["Cột"], [Link("http://x/1")], [Link("http://x/2")]]))
    assert book.sheet.xpath("//m:hyperlink/@ref", namespaces=NAMESPACE) == ["A2"]
    assert book.text("A3") == "http://x/2"


def test_more_rows_than_a_sheet_can_hold_are_refused(monkeypatch):
    monkeypatch.setattr(export, "_MOST_ROWS", 2)
    with pytest.raises(UsageError, match="CSV"):
        table_xlsx(ROWS)


def test_equal_rows_give_equal_bytes_whenever_they_are_written():
    for write in (table_csv, table_xlsx):
        assert write(iter(ROWS)) == write(ROWS) != write([ROWS[0]])
    content = table_xlsx(ROWS)
    assert b">2000-01-01T00:00:00Z</dcterms:created>" in Book(content).parts["docProps/core.xml"]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {item.date_time for item in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("write", [table_csv, table_xlsx])
def test_headings_alone_and_nothing_at_all_are_tables(write):
    assert write([ROWS[0]])
    assert write([])


@pytest.mark.parametrize("number", [Decimal("1E+400"), Decimal("NaN"), Decimal("sNaN"), 10**400])
def test_a_number_that_no_sheet_can_hold_is_written_as_text(number):
    book = Book(table_xlsx([("Giá trị",), (number,)]))
    assert book.text("A2") == str(number)
