"""The Word file of a pack: valid, opened by LibreOffice, and read again by our own reader."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest

from indexer.build import build_index
from indexer.config import load_settings
from indexer.evidence import linked
from search_app.opening import open_library
from search_app.packing.docx import pack_docx
from tests.factories.office import saved_as
from tests.search_app.packing.entries import QUOTES, make_entries, make_entry

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TITLE = "Giảm nghèo & <việc làm>"


@pytest.fixture(scope="module")
def file() -> bytes:
    return pack_docx(TITLE, make_entries())


def parts(file: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(BytesIO(file)) as package:
        assert package.testzip() is None
        return {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}


def words(element: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def test_every_part_is_declared_and_every_relation_leads_to_one(file):
    found = parts(file)
    declared = {one.get("PartName") for one in found["[Content_Types].xml"]} - {None}
    assert declared == {f"/{name}" for name in found if not name.endswith((".rels", "Types].xml"))}
    for name, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        targets = {f"{folder}{one.get('Target')}" for one in found[name]}
        assert targets <= set(found)


def test_each_quotation_has_its_own_footnote_with_source_and_link(file):
    found = parts(file)
    called = [one.get(f"{W}id") for one in found["word/document.xml"].iter(f"{W}footnoteReference")]
    notes = {one.get(f"{W}id"): one for one in found["word/footnotes.xml"]}
    assert called == ["1", "2", "3"]
    assert [notes[number].get(f"{W}type") for number in ("-1", "0")] == [
        "separator",
        "continuationSeparator",
    ]
    targets = {one.get("Id"): one for one in found["word/_rels/footnotes.xml.rels"]}
    for number, entry in zip(called, make_entries(), strict=True):
        note = notes[number]
        assert words(note) == f" {entry.record.source}. {entry.url}"
        hyperlink = note.find(f".//{W}hyperlink")
        target = targets[hyperlink.get(f"{R}id")]
        assert (target.get("Target"), target.get("TargetMode")) == (entry.url, "External")


def test_styles_that_are_used_are_defined_and_the_language_is_vietnamese(file):
    found = parts(file)
    defined = {one.get(f"{W}styleId") for one in found["word/styles.xml"]}
    tags = (f"{W}pStyle", f"{W}rStyle")
    used = {
        one.get(f"{W}val")
        for name in ("word/document.xml", "word/footnotes.xml")
        for one in found[name].iter()
        if one.tag in tags
    }
    assert used <= defined
    style = found["word/styles.xml"]
    assert style.find(f".//{W}lang").get(f"{W}val") == "vi-VN"
    assert style.find(f".//{W}rFonts").get(f"{W}ascii") == "Times New Roman"


def test_equal_packs_give_equal_files(file):
    assert pack_docx(TITLE, make_entries()) == file


def test_libreoffice_opens_it_and_counts_the_footnotes(file):
    opened = zipfile.ZipFile(BytesIO(saved_as(file, "odt"))).read("content.xml").decode()
    assert len(re.findall(r'<text:note [^>]*text:note-class="footnote"', opened)) == len(QUOTES)
    text = re.sub(r"<[^>]+>", "", opened)
    assert "“Tỷ lệ hộ nghèo của huyện giảm còn 2,5% vào cuối năm 2020.”" in text
    assert "Giảm nghèo &amp; &lt;việc làm&gt;" in text
    assert opened.count("/passages/p0001?v=00ff00ff&amp;part=0-9") >= 1


def test_indexed_again_the_same_quotations_are_found_with_their_footnotes(file, tmp_path):
    (tmp_path / "gio.docx").write_bytes(file)
    settings = load_settings({}, data=tmp_path / "var")
    build_index([tmp_path / "gio.docx"], settings)
    library = open_library(settings)
    try:
        document = library.document(library.catalogue.documents()[0].id)
        for entry in make_entries():
            quoting = next(
                p
                for p in document.passages
                if f"“{entry.record.quote}”" in p.span.of(document.text)
            )
            notes = [link.span.of(document.text) for link in linked(document, quoting)]
            assert notes == [f"{entry.record.source}. {entry.url}"]
    finally:
        library.close()


def test_a_pack_of_hostile_words_is_still_a_document():
    hostile = make_entry("]]> {{ 7*7 }} {% raw %} ]]&amp; ‘\ud800’", note="<w:p/>")
    found = parts(pack_docx("{{ title }}", [hostile]))
    assert "]]> {{ 7*7 }} {% raw %} ]]&amp;" in words(found["word/document.xml"])
    assert "<w:p/>" in words(found["word/document.xml"])
