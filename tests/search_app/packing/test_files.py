"""Packs as tables and lists of sources, read back with other programs' parsers."""

from __future__ import annotations

import csv
import io
import zipfile

import bibtexparser
import pytest
import rispy

from search_app.packing.files import FILES
from tests.search_app.packing.entries import QUOTES, make_entries, make_entry


def written(form: str) -> bytes:
    return FILES[form].write("Giảm nghèo", make_entries())


def test_csv_has_a_byte_order_mark_and_a_row_for_each_quotation():
    content = written("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["Lời trích"] for row in rows] == list(QUOTES)
    assert rows[1]["Ghi chú"] == "Dùng ở mục 2 <của bài>\nxem lại"
    assert rows[0]["Liên kết"] == make_entries()[0].url
    assert rows[0]["Nguồn"] == make_entries()[0].record.source
    assert rows[0]["Ngày"] == "2020-07-15"


def test_xlsx_holds_the_quotations():
    with zipfile.ZipFile(io.BytesIO(written("xlsx"))) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        assert QUOTES[0] in texts and "Thu &lt;ngân sách&gt; &amp; chi" in texts
        assert book.read("xl/worksheets/sheet1.xml").decode().count("<row ") == len(QUOTES) + 1


def test_lists_of_sources_hold_every_quotation():
    assert len(rispy.loads(written("ris").decode())) == len(QUOTES)
    found = bibtexparser.parse_string(written("bib").decode())
    assert len(found.entries) == len(QUOTES) and found.failed_blocks == []


@pytest.mark.parametrize("form", FILES)
def test_every_form_bears_half_a_character(form):
    assert FILES[form].write("\ud800", [make_entry("lời \ud800", note="ghi \ud800")])
